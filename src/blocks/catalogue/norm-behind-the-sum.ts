/** A batch norm behind the merge: it acts on the sum, whatever that is made of. */
import { block } from '../../audit/block.ts';

export const normBehindTheSum = block(
  'BasicBlock with a batch norm behind the sum',
  ({ x, conv, batchNorm, relu, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3 })));
    return relu(batchNorm(add(x, conv(hidden, { kernel: 3 }))));
  },
  { source: 'arXiv 1603.05027, figure 4 (b)', sizes: { C: 64, H: 32, W: 32 } },
);
