/** The block of ResNet-18 and -34 that starts a stage: stride 2, more channels, a projection. */
import { block } from '../../audit/block.ts';

export const basicBlockProjection = block(
  'BasicBlock with projection',
  ({ x, conv, batchNorm, relu, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3, channels: 'M', stride: 's' })));
    const branch = batchNorm(conv(hidden, { kernel: 3, channels: 'M' }));
    return relu(add(batchNorm(conv(x, { channels: 'M', stride: 's' })), branch));
  },
  { source: 'arXiv 1512.03385, figure 5', sizes: { C: 64, M: 128, s: 2, H: 56, W: 56 } },
);
