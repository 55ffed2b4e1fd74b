/** RepMixer: x + s·(mix(x) − norm(x)). */
import { block } from '../../audit/block.ts';

export const repMixer = block(
  'RepMixer',
  ({ x, depthwise, batchNorm, scale, add, subtract }) =>
    add(x, scale(subtract(batchNorm(depthwise(x, { kernel: 'k' })), batchNorm(x)))),
  { source: 'arXiv 2303.14189', sizes: { C: 64, k: 3, H: 56, W: 56 } },
);
