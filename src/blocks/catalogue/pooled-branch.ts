/** Not removable by the strategies here: a max pool on the branch pools the reserved channels too. */
import { block } from '../../audit/block.ts';

export const pooledBranch = block(
  'Block with a max pool inside',
  ({ x, conv, batchNorm, relu, maxPool, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3 })));
    const pooled = maxPool(hidden, { kernel: 3 });
    return relu(add(x, batchNorm(conv(pooled, { kernel: 3 }))));
  },
  { sizes: { C: 64, H: 56, W: 56 } },
);
