/** The block of ResNet-50 and deeper. */
import { block } from '../../audit/block.ts';

export const bottleneck = block(
  'Bottleneck',
  ({ x, conv, batchNorm, relu, add }) => {
    const narrow = relu(batchNorm(conv(x, { channels: 'C/4' })));
    const mixed = relu(batchNorm(conv(narrow, { kernel: 3 })));
    return relu(add(x, batchNorm(conv(mixed, { channels: 'C' }))));
  },
  { source: 'arXiv 1512.03385, figure 5', sizes: { C: 256, H: 56, W: 56 } },
);
