/**
 * Claim: kernels with zeros around them, padding layers, 1×1 convolutions as matrices and groups as blocks compute
 * what they stand for. Source: the theorems' own. Expected: holds, and not with the padding as it was, or a
 * padding layer that writes something else.
 */
import fc from 'fast-check';
import { noPadding } from '../../../src/model/shape.ts';
import { embeddedKernel } from '../../../src/theorems/layers/embedded-kernel.ts';
import { explicitPadding } from '../../../src/theorems/layers/explicit-padding.ts';
import { groupedConvolution } from '../../../src/theorems/layers/grouped-convolution.ts';
import { pointwiseConvolution } from '../../../src/theorems/layers/pointwise-convolution.ts';
import type { Identity } from '../identity.ts';
import { convolutionOf, image, sequence, shapeOfImage, windowOf } from '../layer-networks.ts';
import { between, outputsOf, perGroup, sourceOf, windowSizes, zeroOutside } from './sizes.ts';

const embedded: Identity = {
  entry: embeddedKernel,
  sizes: fc
    .tuple(windowSizes(), between(0, 2), between(0, 2), between(0, 1), between(0, 1))
    .map(([sizes, a, b, below, right]) => ({
      ...sizes,
      a,
      b,
      Kh: a + sizes['kh'] + below,
      Kw: b + sizes['kw'] + right,
      ey: sizes['py'] + a * sizes['dy'],
      ex: sizes['px'] + b * sizes['dx'],
    })),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const [a, b] = [letters.int('a'), letters.int('b')];
    const { kernel } = windowOf(letters);
    const size = { y: letters.int('Kh'), x: letters.int('Kw') };
    const padding = { y: letters.int('ey'), x: letters.int('ex') };
    const inKernel = (i: number, j: number): boolean =>
      i >= 0 && i < kernel.y && j >= 0 && j < kernel.x;
    const weight = (o: number, c: number, i: number, j: number): number =>
      inKernel(i, j) ? letters.real('K', o, c, i, j) : 0;
    const larger = convolutionOf(channels, windowOf(letters, size, padding), (o, c, i, j) =>
      weight(o, c, i - a, j - b),
    );
    return {
      original: sequence(shape, [larger]),
      converted: sequence(shape, [convolutionOf(channels, windowOf(letters), weight)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const padded: Identity = {
  entry: explicitPadding,
  sizes: windowSizes({
    above: between(0, 2),
    below: between(0, 2),
    left: between(0, 2),
    right: between(0, 2),
  }),
  images: ['x'],
  determined: () => ({ v: 0 }),
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const [top, left] = [letters.int('above'), letters.int('left')];
    const pads = { top, left, bottom: letters.int('below'), right: letters.int('right') };
    const weight = (o: number, c: number, i: number, j: number): number =>
      letters.real('K', o, c, i, j);
    const window = windowOf(letters);
    const more = {
      top: window.pads.top + top,
      left: window.pads.left + left,
      bottom: window.pads.bottom + pads.bottom,
      right: window.pads.right + pads.right,
    };
    return {
      original: sequence(shape, [
        { kind: 'pad', name: 'pad', inputs: [0], pads, value: letters.real('v') },
        convolutionOf(channels, window, weight),
      ]),
      converted: sequence(shape, [convolutionOf(channels, { ...window, pads: more }, weight)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const pointwise: Identity = {
  entry: pointwiseConvolution,
  sizes: windowSizes({ g: between(1, 2) }),
  images: ['x'],
  determined: (letters) => ({ ...sourceOf(letters), ...zeroOutside(letters, 'x') }),
  networks: (letters) => {
    const [groups, own] = [letters.int('g'), letters.int('C')];
    const shape = shapeOfImage(letters, groups * own);
    const one = { y: 1, x: 1 };
    const window = { ...windowOf(letters, one), pads: noPadding };
    const weight = (o: number, c: number): number => letters.real('V', o, c);
    const grouped = convolutionOf(
      { from: shape.channels, to: groups * perGroup, groups },
      window,
      weight,
    );
    // Pixel by pixel: the strided image first, then a dense matrix of its channels.
    const subsampled = convolutionOf(
      { from: shape.channels, to: shape.channels, groups: shape.channels },
      window,
      () => 1,
    );
    const dense = convolutionOf(
      { from: shape.channels, to: groups * perGroup },
      { kernel: one, strides: one, dilations: one, pads: noPadding },
      (o, c) => {
        const first = Math.floor(o / perGroup) * own;
        return c >= first && c < first + own ? weight(o, c - first) : 0;
      },
    );
    return {
      original: sequence(shape, [grouped]),
      converted: sequence(shape, [subsampled, dense]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const blocks: Identity = {
  entry: groupedConvolution,
  sizes: windowSizes({ g: between(1, 3), w: between(1, 3) }),
  images: ['x'],
  determined: (letters) => zeroOutside(letters, 'x'),
  placed: ({ o }) => ({ a: Math.floor(o / perGroup) }),
  networks: (letters) => {
    const [groups, w] = [letters.int('g'), letters.int('w')];
    const shape = shapeOfImage(letters, groups * w);
    const channels = { from: groups * w, to: groups * perGroup };
    const weight = (o: number, c: number, i: number, j: number): number =>
      letters.real('K', o, c, i, j);
    const isOwn = (o: number, c: number): boolean => Math.floor(o / perGroup) === Math.floor(c / w);
    const dense = convolutionOf(channels, windowOf(letters), (o, c, i, j) =>
      isOwn(o, c) ? weight(o, c % w, i, j) : 0,
    );
    return {
      original: sequence(shape, [dense]),
      converted: sequence(shape, [
        convolutionOf({ ...channels, groups }, windowOf(letters), weight),
      ]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const kernelIdentities = [embedded, padded, pointwise, blocks];
