/** Two kernels of one size whose taps are not equally far apart: neither holds the other. */
import { block } from '../../audit/block.ts';

export const twoDilations = block(
  'Two dilations',
  ({ x, conv, batchNorm, relu, add }) =>
    relu(add(batchNorm(conv(x, { kernel: 3 })), batchNorm(conv(x, { kernel: 3, dilation: 2 })))),
  { source: 'arXiv 1511.07122, beside a convolution as it is', sizes: { C: 64, H: 56, W: 56 } },
);
