/** Not removable by the strategies here: the shortcut of ResNet-D takes the mean of pixels of which the branch has kept one. */
import { block } from '../../audit/block.ts';

export const pooledShortcut = block(
  'ResNet-D block',
  ({ x, conv, batchNorm, relu, averagePool, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3, channels: 'M', stride: 2 })));
    const branch = batchNorm(conv(hidden, { kernel: 3, channels: 'M' }));
    const mean = averagePool(x, { kernel: 2, stride: 2 });
    return relu(add(batchNorm(conv(mean, { channels: 'M' })), branch));
  },
  { source: 'arXiv 1812.01187, figure 2 (c)', sizes: { C: 64, M: 128, H: 56, W: 56 } },
);
