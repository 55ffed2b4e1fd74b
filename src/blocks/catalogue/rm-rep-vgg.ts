/** RM-RepVGG: the first R channels pass, the others are RepVGG's; with R = 0 it is RepVGG. */
import { block } from '../../audit/block.ts';

export const rmRepVgg = block(
  'RM-RepVGG',
  ({ x, conv, batchNorm, relu, add, concat, first, rest }) => {
    const large = batchNorm(conv(x, { kernel: 3, channels: 'C - R' }));
    const small = batchNorm(conv(x, { channels: 'C - R' }));
    return relu(concat(first(x, 'R'), add(large, small, batchNorm(rest(x, 'R')))));
  },
  { source: 'arXiv 2111.00687', sizes: { C: 64, R: 48, H: 56, W: 56 } },
);
