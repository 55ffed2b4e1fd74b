/** UniRepLKNet's Dilated Reparam Block: kernels of several dilations beside a large one. */
import { block } from '../../audit/block.ts';

export const dilatedBranches = block(
  'Dilated Reparam Block',
  ({ x, depthwise, batchNorm, add }) => {
    const branch = (kernel: number, dilation: number) =>
      batchNorm(depthwise(x, { kernel, dilation }));
    const [first, ...others] = [
      branch(5, 1),
      branch(7, 2),
      branch(3, 3),
      branch(3, 4),
      branch(3, 5),
    ];
    return add(branch(13, 1), first, ...others);
  },
  { source: 'arXiv 2311.15599', sizes: { C: 128, H: 28, W: 28 } },
);
