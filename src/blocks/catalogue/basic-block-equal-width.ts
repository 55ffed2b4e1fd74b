/** Stride 2 at equal width: that channel counts agree does not make the learned projection an identity. */
import { block } from '../../audit/block.ts';

export const basicBlockEqualWidth = block(
  'BasicBlock with stride 2 at equal width',
  ({ x, conv, batchNorm, relu, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3, stride: 2 })));
    const branch = batchNorm(conv(hidden, { kernel: 3 }));
    return relu(add(batchNorm(conv(x, { stride: 2 })), branch));
  },
  { source: 'fxmeng/RMNet issue 24', sizes: { C: 64, H: 56, W: 56 } },
);
