/** The block of MobileNetV2 as published, with ReLU6. */
import { block } from '../../audit/block.ts';

export const invertedResidualRelu6 = block(
  'InvertedResidual with ReLU6',
  ({ x, conv, depthwise, batchNorm, relu6, add }) => {
    const wide = relu6(batchNorm(conv(x, { channels: 't*C' })));
    const mixed = relu6(batchNorm(depthwise(wide, { kernel: 3 })));
    return add(x, batchNorm(conv(mixed, { channels: 'C' })));
  },
  { source: 'arXiv 1801.04381', sizes: { C: 32, t: 6, H: 28, W: 28 } },
);
