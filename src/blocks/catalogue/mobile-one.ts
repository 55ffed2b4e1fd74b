/** MobileOne: n depthwise kernels, a 1×1 that scales, and the input, a batch norm each. */
import { block } from '../../audit/block.ts';

export const mobileOne = block(
  'MobileOne',
  ({ x, depthwise, batchNorm, relu, repeat, add }) => {
    const kernels = repeat('n', () => batchNorm(depthwise(x, { kernel: 'k' })));
    return relu(add(kernels, batchNorm(depthwise(x, { kernel: 1 })), batchNorm(x)));
  },
  { source: 'arXiv 2206.04040', sizes: { C: 64, n: 4, k: 3, H: 56, W: 56 } },
);
