/** Not removable by the strategies here: the branch is multiplied with a gate that depends on all of it. */
import { block } from '../../audit/block.ts';

export const squeezeAndExcite = block(
  'SE BasicBlock',
  ({ x, conv, batchNorm, relu, globalAveragePool, sigmoid, multiply, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3 })));
    const branch = batchNorm(conv(hidden, { kernel: 3 }));
    const squeezed = relu(conv(globalAveragePool(branch), { channels: 'S' }));
    return relu(add(x, multiply(branch, sigmoid(conv(squeezed, { channels: 'C' })))));
  },
  { source: 'arXiv 1709.01507', sizes: { C: 64, S: 4, H: 56, W: 56 } },
);
