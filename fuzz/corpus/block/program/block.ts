import { block } from 'plainproof';
export default block(
  'wide and back',
  ({ x, conv, batchNorm, relu6, prelu, add }) => {
    const wide = relu6(batchNorm(conv(x, { channels: '2*C' })));
    const mixed = prelu(batchNorm(conv(wide, { kernel: 'k', groups: 'g' })));
    return batchNorm(add(x, conv(mixed, { channels: 'C' })));
  },
  { sizes: { C: 64, g: 8, k: 5, H: 28, W: 28 } },
);
