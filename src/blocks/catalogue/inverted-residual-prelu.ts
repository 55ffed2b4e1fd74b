/** The block of MobileNetV2 with learned slopes, which spare reserved channels without more ado. */
import { block } from '../../audit/block.ts';

export const invertedResidualPrelu = block(
  'InvertedResidual with PReLU',
  ({ x, conv, depthwise, batchNorm, prelu, add }) => {
    const wide = prelu(batchNorm(conv(x, { channels: 't*C' })));
    const mixed = prelu(batchNorm(depthwise(wide, { kernel: 3 })));
    return add(x, batchNorm(conv(mixed, { channels: 'C' })));
  },
  { source: 'arXiv 2111.00687', sizes: { C: 32, t: 6, H: 28, W: 28 } },
);
