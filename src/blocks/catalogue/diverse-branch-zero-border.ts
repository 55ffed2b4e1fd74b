/** Not one convolution: with zeros around it, the first batch norm's shift is no constant at the border. */
import { block } from '../../audit/block.ts';

export const diverseBranchZeroBorder = block(
  'Diverse Branch Block padded with zeros',
  ({ x, conv, batchNorm, relu, add }) => {
    const plain = batchNorm(conv(x, { kernel: 3, channels: 'M' }));
    const before = batchNorm(conv(x, { channels: 'C' }));
    return relu(add(plain, batchNorm(conv(before, { kernel: 3, channels: 'M' }))));
  },
  { source: 'DingXiaoH/DiverseBranchBlock issue 9', sizes: { C: 64, M: 64, H: 56, W: 56 } },
);
