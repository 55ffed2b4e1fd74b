/** A BasicBlock whose shortcut looks at the neighbourhood too: a 3×3 convolution in the place of a 1×1. */
import { block } from '../../audit/block.ts';

export const wideShortcut = block(
  'BasicBlock with a 3×3 shortcut',
  ({ x, conv, batchNorm, relu, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3, channels: 'M' })));
    const branch = batchNorm(conv(hidden, { kernel: 3, channels: 'N' }));
    return relu(add(batchNorm(conv(x, { kernel: 3, channels: 'N' })), branch));
  },
  { source: 'arXiv 1512.03385, with another shortcut', sizes: { C: 64, M: 64, N: 128 } },
);
