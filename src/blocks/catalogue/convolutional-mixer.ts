/**
 * A ConvNeXt block with a batch norm: GELU is the identity nowhere, but gelu(x) − gelu(−x) = x, so one GELU lets both
 * halves through.
 */
import { block } from '../../audit/block.ts';

export const convolutionalMixer = block(
  'ConvNeXt with batch norm',
  ({ x, depthwise, conv, batchNorm, gelu, scale, add }) => {
    const mixed = batchNorm(depthwise(x, { kernel: 7 }));
    const wide = gelu(conv(mixed, { channels: '4*C' }));
    return add(x, scale(conv(wide, { channels: 'C' })));
  },
  { source: 'arXiv 2201.03545', sizes: { C: 96, H: 56, W: 56 } },
);
