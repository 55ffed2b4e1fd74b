/** A residual block whose convolutions are RepVGG's: first its branches add up, then its shortcut goes. */
import { block } from '../../audit/block.ts';

export const residualRepVgg = block(
  'BasicBlock of RepVGG layers',
  ({ x, conv, batchNorm, relu, add }) => {
    const first = add(batchNorm(conv(x, { kernel: 3 })), batchNorm(conv(x)), batchNorm(x));
    const hidden = relu(first);
    const wide = batchNorm(conv(hidden, { kernel: 3 }));
    return relu(add(x, add(wide, batchNorm(conv(hidden)), batchNorm(hidden))));
  },
  { source: 'arXiv 2101.03697 and 1512.03385', sizes: { C: 64, H: 56, W: 56 } },
);
