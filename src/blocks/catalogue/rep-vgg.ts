/** RepVGG: three branches while it trains, one convolution when it runs. */
import { block } from '../../audit/block.ts';

export const repVgg = block(
  'RepVGG',
  ({ x, conv, batchNorm, relu, add }) =>
    relu(add(batchNorm(conv(x, { kernel: 3 })), batchNorm(conv(x)), batchNorm(x))),
  { source: 'arXiv 2101.03697', sizes: { C: 64, H: 56, W: 56 } },
);
