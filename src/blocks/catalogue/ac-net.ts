/** ACNet: a square kernel and the two lines through its centre. */
import { block } from '../../audit/block.ts';

export const acNet = block(
  'ACNet',
  ({ x, conv, batchNorm, relu, add }) => {
    const square = batchNorm(conv(x, { kernel: 'k', channels: 'M', stride: 's' }));
    const column = batchNorm(conv(x, { kernel: ['k', 1], channels: 'M', stride: 's' }));
    const row = batchNorm(conv(x, { kernel: [1, 'k'], channels: 'M', stride: 's' }));
    return relu(add(square, column, row));
  },
  { source: 'arXiv 1908.03930', sizes: { C: 64, M: 64, k: 3, s: 1, H: 56, W: 56 } },
);
