/**
 * Claim: kernels with one entry or one tap, small kernels in large ones, scaled, summed and composed kernels are what
 * they are called. Source: the theorems' own.
 * Expected: holds. The theorems speak of tensors that need not be zero outside a domain; networks' are.
 */
import type { LayerSpec } from '../../../src/model/layer.ts';
import { noPadding } from '../../../src/model/shape.ts';
import type { Identity } from '../identity.ts';
import {
  convolutionOf,
  filled,
  image,
  matrixOf,
  network,
  sequence,
  shapeOfImage,
} from '../layer-networks.ts';
import { between, outputsOf, zeroOutside } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import type { Weight } from './branch.ts';
import {
  added,
  embedded,
  pointwise,
  through,
  total,
  weightOf,
  windowOf,
  wholeOf,
  type Sized,
} from './joined.ts';
import { kernelSizes, smaller } from './kernel-sizes.ts';
import { theorem } from './theorem.ts';

/** A convolution of all channels with a centre of its own. */
function centredOf(letters: Letters, sized: Sized, weight: Weight, from: number): LayerSpec {
  return convolutionOf({ from, to: outputsOf(letters) }, windowOf(letters, sized, true), weight);
}

/** Both sides as layers in a row, on t. */
function inRows(
  name: string,
  sides: (letters: Letters) => readonly [readonly LayerSpec[], readonly LayerSpec[]],
): Identity {
  return {
    entry: theorem(name),
    sizes: kernelSizes.chain((sizes) =>
      between(1, 2).map((M) => ({ ...sizes, M, src: M % sizes['C'] })),
    ),
    images: ['t'],
    determined: (letters) => zeroOutside(letters, 't'),
    networks: (letters) => {
      const shape = shapeOfImage(letters);
      const [original, converted] = sides(letters).map((layers) => sequence(shape, layers));
      return { original, converted, inputs: [image(letters, 't', shape)] };
    },
  };
}

/** A 1×1 kernel in the centre tap, and as it is. */
function tapped(letters: Letters, weight: Weight): readonly [LayerSpec[], LayerSpec[]] {
  const C = letters.int('C');
  return [
    [centredOf(letters, wholeOf(letters), embedded(letters, pointwise, weight), C)],
    [centredOf(letters, pointwise, weight, C)],
  ];
}

function scale(letters: Letters): LayerSpec {
  const factor = filled([outputsOf(letters)], () => letters.real('s'));
  return { kind: 'scale', name: 'scale', inputs: [0], operation: 'multiply', factor };
}

/** The weights of V behind the 1×1 weights U. */
function composed(letters: Letters): Weight {
  const middle = Array.from({ length: letters.int('M') }, (_, m) => m);
  return (o, c, i, j) =>
    total(middle.map((m) => letters.real('V', o, m, i, j) * letters.real('U', m, c)));
}

function throughPointwise(name: string, hasBias: boolean): Identity {
  return inRows(name, (letters) => {
    const [C, M] = [letters.int('C'), letters.int('M')];
    const V = weightOf(letters, 'V');
    const e = (m: number): number => (hasBias ? letters.real('e', m) : 0);
    const { pads, ...window } = windowOf(letters, wholeOf(letters), true);
    const channels = { from: C, to: outputsOf(letters) };
    const constant = (o: number): number => {
      const { y, x } = window.kernel;
      return total([...filled([M, y, x], (m, i, j) => V(o, m, i, j) * e(m))]);
    };
    return [
      [
        // Zeros around the image become the bias.
        { kind: 'pad', name: 'pad', inputs: [0], pads, value: 0 },
        matrixOf(C, M, (m, c) => letters.real('U', m, c), e),
        convolutionOf({ ...channels, from: M }, { ...window, pads: noPadding }, V),
      ],
      [convolutionOf(channels, { ...window, pads }, composed(letters), constant)],
    ];
  });
}

const summed: Identity = {
  ...inRows('summed-kernels', () => [[], []]),
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const layer = (weight: Weight): LayerSpec =>
      centredOf(letters, wholeOf(letters), weight, shape.channels);
    const kernels = Array.from(
      { length: letters.int('n') },
      (_, b): Weight =>
        (...at) =>
          letters.real('V', b, ...at),
    );
    return {
      original: sequence(shape, [layer((...at) => total(kernels.map((kernel) => kernel(...at))))]),
      converted: network([shape], (builder, [t]) =>
        added(
          builder,
          kernels.map((kernel) => through(builder, t, [layer(kernel)])),
        ),
      ),
      inputs: [image(letters, 't', shape)],
    };
  },
};

export const blockKernelIdentities: readonly Identity[] = [
  inRows('reserved-channel', (letters) =>
    tapped(letters, (_, c) => (c === letters.int('src') ? letters.real('factor') : 0)),
  ),
  inRows('centre-tap', (letters) => tapped(letters, (_, c) => letters.real('P', c))),
  inRows('kernel-in-a-kernel', (letters) => {
    const [C, V, sized] = [letters.int('C'), weightOf(letters, 'V'), smaller(letters)];
    return [
      [centredOf(letters, wholeOf(letters), embedded(letters, sized, V), C)],
      [centredOf(letters, sized, V, C)],
    ];
  }),
  inRows('scaled-kernel', (letters) => {
    const [C, V, s] = [letters.int('C'), weightOf(letters, 'V'), letters.real('s')];
    const whole = wholeOf(letters);
    return [
      [centredOf(letters, whole, (...at) => s * V(...at), C)],
      [centredOf(letters, whole, V, C), scale(letters)],
    ];
  }),
  summed,
  throughPointwise('through-pointwise', false),
  throughPointwise('through-biased-pointwise', true),
];
