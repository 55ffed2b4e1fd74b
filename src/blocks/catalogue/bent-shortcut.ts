/** Not removable by the strategies here: both sides of the addition bend their values. */
import { block } from '../../audit/block.ts';

export const bentShortcut = block(
  'Block with a ReLU on its shortcut',
  ({ x, conv, batchNorm, relu, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3 })));
    const branch = batchNorm(conv(hidden, { kernel: 3 }));
    return add(relu(batchNorm(conv(x))), branch);
  },
  { sizes: { C: 64, H: 56, W: 56 } },
);
