/** The Diverse Branch Block: its padding between two layers holds what the first batch norm makes of zero. */
import { block } from '../../audit/block.ts';

export const diverseBranch = block(
  'Diverse Branch Block',
  ({ x, conv, batchNorm, averagePool, relu, add }) => {
    const window = { kernel: 'k', stride: 's', border: 'shift' } as const;
    const plain = batchNorm(conv(x, { kernel: 'k', channels: 'M', stride: 's' }));
    const small = batchNorm(conv(x, { channels: 'M', stride: 's' }));
    const before = batchNorm(conv(x, { channels: 'C' }));
    const pair = batchNorm(conv(before, { ...window, channels: 'M' }));
    const mean = batchNorm(averagePool(batchNorm(conv(x, { channels: 'M' })), window));
    return relu(add(plain, small, pair, mean));
  },
  { source: 'arXiv 2103.13425', sizes: { C: 64, M: 64, k: 3, s: 1, H: 56, W: 56 } },
);
