/** A grouped bottleneck: w channels in a group, and C a multiple of w. */
import { block } from '../../audit/block.ts';

export const rmNext = block(
  'RMNeXt',
  ({ x, conv, batchNorm, relu, add }) => {
    const narrow = relu(batchNorm(conv(x, { channels: '(T - 1)*C' })));
    const mixed = relu(batchNorm(conv(narrow, { kernel: 3, groups: 'G' })));
    return relu(add(x, batchNorm(conv(mixed, { channels: 'C' }))));
  },
  { source: 'arXiv 2111.00687', sizes: { C: 64, T: 3, G: 8, H: 56, W: 56 } },
);
