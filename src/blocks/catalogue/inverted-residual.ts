/** The block of MobileNetV2, with ReLU. */
import { block } from '../../audit/block.ts';

export const invertedResidual = block(
  'InvertedResidual with ReLU',
  ({ x, conv, depthwise, batchNorm, relu, add }) => {
    const wide = relu(batchNorm(conv(x, { channels: 't*C' })));
    const mixed = relu(batchNorm(depthwise(wide, { kernel: 3 })));
    return add(x, batchNorm(conv(mixed, { channels: 'C' })));
  },
  { source: 'arXiv 1801.04381', sizes: { C: 32, t: 6, H: 28, W: 28 } },
);
