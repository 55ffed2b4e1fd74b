/** DiracNet: ReLU first, then a multiple of the input and a scaled convolution (its norm is part of the scale). */
import { block } from '../../audit/block.ts';

export const diracNet = block(
  'DiracNet',
  ({ x, conv, relu, scale, add }) => {
    const bent = relu(x);
    return add(scale(bent), scale(conv(bent, { kernel: 3 })));
  },
  { source: 'arXiv 1706.00388', sizes: { C: 64, H: 32, W: 32 } },
);
