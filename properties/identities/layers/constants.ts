/**
 * Claim: a scale and a constant before a convolution fold into it away from the border, and at the border too
 * where the padding holds the constant; a constant channel goes into the bias. Source: the theorems' own.
 * Expected: holds, and not at a border of zeros.
 */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import {
  affineBeforeConvolution,
  paddingWithTheBias,
} from '../../../src/theorems/layers/affine-before-convolution.ts';
import { constantChannel } from '../../../src/theorems/layers/constant-channel.ts';
import type { Identity } from '../identity.ts';
import {
  convolutionOf,
  filled,
  image,
  network,
  sequence,
  shapeOfImage,
  windowOf,
} from '../layer-networks.ts';
import type { Letters } from '../letters.ts';
import { noPadding } from '../../../src/model/shape.ts';
import { outputsOf, windowSizes } from './sizes.ts';

const K = (letters: Letters, ...at: readonly number[]): number => letters.real('K', ...at);

/** s·x + e, channel by channel. */
function affine(letters: Letters): readonly LayerSpec[] {
  const each = (name: string) => filled([letters.int('C')], (c) => letters.real(name, c));
  return [
    { kind: 'scale', name: 'scale', inputs: [0], operation: 'multiply', factor: each('s') },
    { kind: 'translate', name: 'translate', inputs: [0], addend: each('e') },
  ];
}

/** The convolution with both folded in. */
function folded(letters: Letters): LayerSpec {
  const window = windowOf(letters);
  const { kernel } = window;
  const from = letters.int('C');
  return convolutionOf(
    { from, to: outputsOf(letters) },
    window,
    (o, c, i, j) => K(letters, o, c, i, j) * letters.real('s', c),
    (o) =>
      filled(
        [from, kernel.y, kernel.x],
        (c, i, j) => K(letters, o, c, i, j) * letters.real('e', c),
      ).reduce((sum, term) => sum + term, 0),
  );
}

const inside: Identity = {
  entry: affineBeforeConvolution,
  sizes: windowSizes(),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const plain = convolutionOf(channels, windowOf(letters), (...at) => K(letters, ...at));
    return {
      original: sequence(shape, [...affine(letters), plain]),
      converted: sequence(shape, [folded(letters)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const continued: Identity = {
  entry: paddingWithTheBias,
  sizes: windowSizes(),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const window = windowOf(letters);
    const unpadded = { ...window, pads: noPadding };
    // Zeros around the image become the constant.
    const padding = { kind: 'pad', name: 'pad', inputs: [0], pads: window.pads, value: 0 } as const;
    const plain = convolutionOf(channels, unpadded, (...at) => K(letters, ...at));
    return {
      original: sequence(shape, [padding, ...affine(letters), plain]),
      converted: sequence(shape, [folded(letters)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const channel: Identity = {
  entry: constantChannel,
  sizes: fc.tuple(windowSizes(), fc.nat()).map(([sizes, d]) => ({ ...sizes, d: d % sizes['C'] })),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const [d, k] = [letters.int('d'), letters.real('k')];
    const window = windowOf(letters);
    const { kernel } = window;
    // The channel becomes what it is: 0·x + k.
    const mask = filled([shape.channels], (c) => (c === d ? 0 : 1));
    const addend = filled([shape.channels], (c) => (c === d ? k : 0));
    const plain = convolutionOf(channels, window, (...at) => K(letters, ...at));
    const without = convolutionOf(
      channels,
      window,
      (o, c, i, j) => (c === d ? 0 : K(letters, o, c, i, j)),
      (o) =>
        filled([kernel.y, kernel.x], (i, j) => K(letters, o, d, i, j) * k).reduce(
          (sum, term) => sum + term,
          0,
        ),
    );
    return {
      original: network([shape], (builder, [x]) => {
        const scale = { kind: 'scale', name: 'scale', operation: 'multiply' } as const;
        const masked = builder.add({ ...scale, inputs: [x], factor: mask });
        const constant = { kind: 'translate', name: 'constant', inputs: [masked], addend } as const;
        return builder.add({ ...plain, inputs: [builder.add(constant)] });
      }),
      converted: sequence(shape, [without]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const constantIdentities = [inside, continued, channel];
