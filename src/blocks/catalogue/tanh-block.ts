/** Not removable by the strategies here: tanh is the identity nowhere, and its halves do not differ by x. */
import { block } from '../../audit/block.ts';

export const tanhBlock = block(
  'BasicBlock with tanh',
  ({ x, conv, batchNorm, tanh, add }) => {
    const hidden = tanh(batchNorm(conv(x, { kernel: 3 })));
    return add(x, batchNorm(conv(hidden, { kernel: 3 })));
  },
  { sizes: { C: 64, H: 56, W: 56 } },
);
