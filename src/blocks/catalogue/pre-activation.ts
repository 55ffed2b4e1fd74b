/** A pre-activation block: what the shortcut carries is bent by nothing at all. */
import { block } from '../../audit/block.ts';

export const preActivation = block(
  'Pre-activation block',
  ({ x, conv, batchNorm, relu, add }) => {
    const hidden = conv(relu(batchNorm(x)), { kernel: 3 });
    return add(x, conv(relu(batchNorm(hidden)), { kernel: 3 }));
  },
  { source: 'arXiv 1603.05027', sizes: { C: 64, H: 32, W: 32 } },
);
