/**
 * Claim: convolutions in a row, one of them 1×1, are one; channels in another order read by weights in the same
 * order come to the same; what agrees on its domain is read alike. Source: the theorems' own.
 * Expected: holds, and not where a channel is taken twice, or a pixel differs.
 */
import { noPadding } from '../../../src/model/shape.ts';
import {
  biasedComposition,
  paddedComposition,
} from '../../../src/theorems/layers/biased-composition.ts';
import { channelPermutation } from '../../../src/theorems/layers/channel-permutation.ts';
import {
  convolutionAfterPointwise,
  pointwiseAfterConvolution,
} from '../../../src/theorems/layers/composition.ts';
import { naming } from '../../../src/theorems/layers/naming.ts';
import { rescaledChannels } from '../../../src/theorems/layers/rescaled-channels.ts';
import type { Identity } from '../identity.ts';
import {
  convolutionOf,
  filled,
  image,
  matrixOf,
  network,
  sequence,
  shapeOfImage,
  windowOf,
} from '../layer-networks.ts';
import type { Letters } from '../letters.ts';
import { between, outputsOf, windowSizes, zeroOutside } from './sizes.ts';

const letter =
  (letters: Letters, name: string) =>
  (...at: readonly number[]): number =>
    letters.real(name, ...at);

/** Σ over the channels in between. */
function overMiddle(letters: Letters, term: (m: number) => number): number {
  return Array.from({ length: letters.int('M') }, (_, m) => term(m)).reduce((a, b) => a + b, 0);
}

/** How many rows, or columns, a convolution writes. */
function written(extent: number, padded: number, kernel: number, stride: number): number {
  return Math.floor((extent + padded - kernel) / stride) + 1;
}

const after: Identity = {
  entry: pointwiseAfterConvolution,
  sizes: windowSizes({ M: between(1, 3), ty: between(1, 2), tx: between(1, 2) }).map((sizes) => {
    const extent = (of: 'H' | 'W', k: string, d: string, s: string, p: string): number => {
      const kernel = (sizes[k] - 1) * sizes[d] + 1;
      const needed = Math.max(kernel - sizes[p] - sizes[of], sizes[p], 0);
      return written(sizes[of], sizes[p] + needed, kernel, sizes[s]);
    };
    return {
      ...sizes,
      P: extent('H', 'kh', 'dy', 'sy', 'py'),
      Q: extent('W', 'kw', 'dx', 'sx', 'px'),
    };
  }),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [from, M, to] = [shape.channels, letters.int('M'), outputsOf(letters)];
    const [K, V, b, d] = ['K', 'V', 'b', 'd'].map((name) => letter(letters, name));
    const [ty, tx] = [letters.int('ty'), letters.int('tx')];
    const window = windowOf(letters);
    const strides = { y: ty * window.strides.y, x: tx * window.strides.x };
    return {
      original: sequence(shape, [
        convolutionOf({ from, to: M }, window, K, b),
        matrixOf(M, to, V, d, { y: ty, x: tx }),
      ]),
      converted: sequence(shape, [
        convolutionOf(
          { from, to },
          { ...window, strides },
          (o, ...at) => overMiddle(letters, (m) => V(o, m) * K(m, ...at)),
          (o) => overMiddle(letters, (m) => V(o, m) * b(m)) + d(o),
        ),
      ]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const before: Identity = {
  entry: convolutionAfterPointwise,
  sizes: windowSizes({ M: between(1, 3) }),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [from, M, to] = [shape.channels, letters.int('M'), outputsOf(letters)];
    const [K, V] = ['K', 'V'].map((name) => letter(letters, name));
    const window = windowOf(letters);
    return {
      original: sequence(shape, [matrixOf(from, M, V), convolutionOf({ from: M, to }, window, K)]),
      converted: sequence(shape, [
        convolutionOf({ from, to }, window, (o, c, i, j) =>
          overMiddle(letters, (m) => K(o, m, i, j) * V(m, c)),
        ),
      ]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

/** The one convolution that a 1×1 with bias and a k×k come to. */
function fused(letters: Letters) {
  const [K, V, b] = ['K', 'V', 'b'].map((name) => letter(letters, name));
  const window = windowOf(letters);
  const taps = (o: number, m: number): number =>
    filled([window.kernel.y, window.kernel.x], (i, j) => K(o, m, i, j)).reduce((x, y) => x + y, 0);
  return convolutionOf(
    { from: letters.int('C'), to: outputsOf(letters) },
    window,
    (o, c, i, j) => overMiddle(letters, (m) => K(o, m, i, j) * V(m, c)),
    (o) => overMiddle(letters, (m) => taps(o, m) * b(m)),
  );
}

const biased: Identity = {
  entry: biasedComposition,
  sizes: windowSizes({ M: between(1, 3) }),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [from, M, to] = [shape.channels, letters.int('M'), outputsOf(letters)];
    const [K, V, b] = ['K', 'V', 'b'].map((name) => letter(letters, name));
    return {
      original: sequence(shape, [
        matrixOf(from, M, V, b),
        convolutionOf({ from: M, to }, windowOf(letters), K),
      ]),
      converted: sequence(shape, [fused(letters)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const padded: Identity = {
  entry: paddedComposition,
  sizes: windowSizes({ M: between(1, 3) }),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [from, M, to] = [shape.channels, letters.int('M'), outputsOf(letters)];
    const [K, V, b] = ['K', 'V', 'b'].map((name) => letter(letters, name));
    const window = windowOf(letters);
    return {
      original: sequence(shape, [
        // Zeros around the image become the bias.
        { kind: 'pad', name: 'pad', inputs: [0], pads: window.pads, value: 0 },
        matrixOf(from, M, V, b),
        convolutionOf({ from: M, to }, { ...window, pads: noPadding }, K),
      ]),
      converted: sequence(shape, [fused(letters)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const rescaled: Identity = {
  entry: rescaledChannels,
  sizes: windowSizes(),
  images: ['x'],
  determined: (letters) => {
    // A power of two, of either sign, so that its inverse is exact.
    const factor = (c: number): number => {
      const value = letters.real('a', c);
      return (value < 0 ? -1 : 1) * 2 ** Math.round(value);
    };
    return { ...zeroOutside(letters, 'x'), a: factor, back: (c) => 1 / factor(c) };
  },
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const [K, a, back] = ['K', 'a', 'back'].map((name) => letter(letters, name));
    const factor = filled([shape.channels], (c) => a(c));
    const window = windowOf(letters);
    return {
      original: sequence(shape, [
        { kind: 'scale', name: 'scale', inputs: [0], operation: 'multiply', factor },
        convolutionOf(channels, window, (o, c, i, j) => K(o, c, i, j) * back(c)),
      ]),
      converted: sequence(shape, [convolutionOf(channels, window, K)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

/** A permutation of C channels: their order by numbers drawn for them. */
function permutation(letters: Letters): readonly number[] {
  const channels = Array.from({ length: letters.int('C') }, (_, c) => c);
  return channels.toSorted((a, b) => letters.real('pi', a) - letters.real('pi', b));
}

const permuted: Identity = {
  entry: channelPermutation,
  sizes: windowSizes({ C: between(1, 5) }),
  images: ['x'],
  determined: (letters) => {
    const order = permutation(letters);
    return { ...zeroOutside(letters, 'x'), pi: (c) => order[c] };
  },
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [K, pi] = [letter(letters, 'K'), letter(letters, 'pi')];
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const order = Int32Array.from({ length: shape.channels }, (_, c) => pi(c));
    const select = { kind: 'select', name: 'select', inputs: [0], channels: order } as const;
    const window = windowOf(letters);
    return {
      original: sequence(shape, [
        select,
        convolutionOf(channels, window, (o, c, i, j) => K(o, pi(c), i, j)),
      ]),
      converted: sequence(shape, [convolutionOf(channels, window, K)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

/** y is x; or, as a solver has it, another tensor. */
const named: Identity = {
  entry: naming,
  sizes: windowSizes(),
  images: ['x'],
  determined: (letters) => ({ y: letter(letters, 'x') }),
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const layer = convolutionOf(channels, windowOf(letters), letter(letters, 'K'));
    const reading = (k: 0 | 1) =>
      network([shape, shape], (builder, inputs) => builder.add({ ...layer, inputs: [inputs[k]] }));
    return {
      original: reading(0),
      converted: reading(1),
      inputs: [image(letters, 'x', shape), image(letters, 'y', shape)],
    };
  },
};

export const compositionIdentities = [after, before, biased, padded, rescaled, permuted, named];
