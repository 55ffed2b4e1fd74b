/** The block of ResNet-18 and -34, where neither width nor size changes. */
import { block } from '../../audit/block.ts';

export const basicBlock = block(
  'BasicBlock',
  ({ x, conv, batchNorm, relu, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3 })));
    return relu(add(x, batchNorm(conv(hidden, { kernel: 3 }))));
  },
  { source: 'arXiv 1512.03385, figure 5', sizes: { C: 64, H: 56, W: 56 } },
);
