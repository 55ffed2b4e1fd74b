/** RepLKNet: a small kernel beside a large one. */
import { block } from '../../audit/block.ts';

export const repLkNet = block(
  'RepLKNet',
  ({ x, depthwise, batchNorm, add }) =>
    add(batchNorm(depthwise(x, { kernel: 31 })), batchNorm(depthwise(x, { kernel: 5 }))),
  { source: 'arXiv 2203.06717', sizes: { C: 128, H: 56, W: 56 } },
);
