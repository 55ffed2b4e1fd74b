/** Not removable by the strategies here: the halves of a first SiLU do not pass a second one. */
import { block } from '../../audit/block.ts';

export const invertedResidualSilu = block(
  'InvertedResidual with SiLU',
  ({ x, conv, depthwise, batchNorm, silu, add }) => {
    const wide = silu(batchNorm(conv(x, { channels: 't*C' })));
    const mixed = silu(batchNorm(depthwise(wide, { kernel: 3 })));
    return add(x, batchNorm(conv(mixed, { channels: 'C' })));
  },
  { source: 'arXiv 1905.11946, without squeeze-and-excite', sizes: { C: 32, t: 6, H: 28, W: 28 } },
);
