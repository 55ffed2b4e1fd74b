/**
 * Claim: Dirac kernels, dense, grouped and depthwise, pass what their centre reads; a kernel with nothing but its
 * centre is a 1×1 convolution. Source: the theorems' own. Expected: holds, and not with the centre off its
 * padding, or with the Dirac off its output's place in the group.
 */
import fc from 'fast-check';
import { noPadding } from '../../../src/model/shape.ts';
import { diracConvolution } from '../../../src/theorems/layers/dirac-convolution.ts';
import { depthwiseDirac, groupedDirac } from '../../../src/theorems/layers/dirac-in-groups.ts';
import { centreTap } from '../../../src/theorems/layers/embedded-kernel.ts';
import type { Identity, Networks } from '../identity.ts';
import {
  convolutionOf,
  image,
  matrixOf,
  sequence,
  shapeOfImage,
  windowOf,
} from '../layer-networks.ts';
import type { Letters } from '../letters.ts';
import { between, centred, windowSizes } from './sizes.ts';

const isCentre = (letters: Letters, i: number, j: number): boolean =>
  i === letters.int('ci') && j === letters.int('cj');

/** The stride by itself: a depthwise 1×1 convolution with weight one. */
function subsampled(letters: Letters, channels: number) {
  const one = { y: 1, x: 1 };
  const strides = { y: letters.int('sy'), x: letters.int('sx') };
  const window = { kernel: one, strides, dilations: one, pads: noPadding };
  return convolutionOf({ from: channels, to: channels, groups: channels }, window, () => 1);
}

function passing(
  letters: Letters,
  of: { readonly channels: number; readonly to: number; readonly groups: number },
  isDirac: (o: number, c: number) => boolean,
): Networks {
  const { channels, to, groups } = of;
  const shape = shapeOfImage(letters, channels);
  const weight = (o: number, c: number, i: number, j: number): number =>
    isDirac(o, c) && isCentre(letters, i, j) ? 1 : 0;
  const convolution = convolutionOf({ from: channels, to, groups }, windowOf(letters), weight);
  return {
    original: sequence(shape, [convolution]),
    converted: sequence(shape, [subsampled(letters, channels)]),
    inputs: [image(letters, 'x', shape)],
  };
}

const dense: Identity = {
  entry: diracConvolution,
  sizes: centred(windowSizes()),
  images: ['x'],
  networks: (letters) => {
    const channels = letters.int('C');
    return passing(letters, { channels, to: channels, groups: 1 }, (o, c) => o === c);
  },
};

/** As many groups as there have to be for the output that is looked at. */
function groupsOf(letters: Letters): number {
  const { a = 0, o = 0, v, w } = letters.sizes;
  return letters.sizes['g'] ?? Math.max(a + 1, Math.ceil((o + 1) / w), Math.ceil((o + 1) / v));
}

const grouped: Identity = {
  entry: groupedDirac,
  sizes: centred(
    fc
      .tuple(windowSizes(), between(1, 3), between(1, 3))
      .map(([sizes, g, w]) => ({ ...sizes, g, w, v: w })),
  ),
  images: ['x'],
  placed: ({ o }, letters) => {
    const w = letters.int('w');
    return { a: Math.floor(o / w), s: o % w, d: o % w };
  },
  networks: (letters) => {
    const [v, w] = [letters.int('v'), letters.int('w')];
    const groups = groupsOf(letters);
    // Where the solver has put the Dirac elsewhere, it is there in every group and output.
    const place = (o: number): number => letters.sizes['d'] ?? o % v;
    return passing(letters, { channels: groups * w, to: groups * v, groups }, (o, c) => {
      return c === place(o);
    });
  },
};

const depthwise: Identity = {
  entry: depthwiseDirac,
  sizes: centred(windowSizes()),
  images: ['x'],
  networks: (letters) => {
    const channels = letters.sizes['C'] ?? letters.int('o') + 1;
    return passing(letters, { channels, to: channels, groups: channels }, () => true);
  },
};

const projection: Identity = {
  entry: centreTap,
  sizes: centred(windowSizes()),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const from = shape.channels;
    const to = Math.max(2, (letters.sizes['o'] ?? 0) + 1);
    const strides = { y: letters.int('sy'), x: letters.int('sx') };
    const centre = convolutionOf({ from, to }, windowOf(letters), (o, c, i, j) =>
      isCentre(letters, i, j) ? letters.real('V', o, c) : 0,
    );
    const matrix = matrixOf(from, to, (o, c) => letters.real('V', o, c), null, strides);
    return {
      original: sequence(shape, [centre]),
      converted: sequence(shape, [matrix]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const diracIdentities = [dense, grouped, depthwise, projection];
