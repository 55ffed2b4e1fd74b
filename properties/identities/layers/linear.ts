/**
 * Claim: convolutions are linear in what they read and in their weights, parallel ones add up, and one over
 * concatenated channels is a sum over the parts. Source: the theorems' own. Expected: holds.
 */
import type { ModelBuilder } from '../../../src/model/builder.ts';
import type { LayerSpec } from '../../../src/model/layer.ts';
import {
  convolutionLinear,
  convolutionLinearInWeights,
  parallelConvolutions,
} from '../../../src/theorems/layers/convolution-linear.ts';
import { convolutionSplits } from '../../../src/theorems/layers/convolution-splits.ts';
import type { Identity } from '../identity.ts';
import {
  convolutionOf,
  image,
  network,
  sequence,
  shapeOfImage,
  windowOf,
} from '../layer-networks.ts';
import type { Letters } from '../letters.ts';
import { between, outputsOf, perGroup, sourceOf, windowSizes, zeroOutside } from './sizes.ts';

type Weight = (o: number, c: number, i: number, j: number) => number;

const weightOf =
  (letters: Letters, name: string): Weight =>
  (...at) =>
    letters.real(name, ...at);

/** A convolution of g groups that read C channels each. */
function grouped(
  letters: Letters,
  weight: Weight,
  bias: ((o: number) => number) | null = null,
): LayerSpec {
  const groups = letters.int('g');
  const channels = { from: groups * letters.int('C'), to: groups * perGroup, groups };
  return convolutionOf(channels, windowOf(letters), weight, bias);
}

function scaled(builder: ModelBuilder, x: number, factor: number): number {
  const scale = Float32Array.of(factor);
  const layer = { kind: 'scale', name: 'scale', operation: 'multiply', factor: scale } as const;
  return builder.add({ ...layer, inputs: [x] });
}

function added(builder: ModelBuilder, x: number, y: number): number {
  return builder.add({ kind: 'add', name: 'add', inputs: [x, y] });
}

const shapeOf = (letters: Letters) => shapeOfImage(letters, letters.int('g') * letters.int('C'));
const sizes = windowSizes({ g: between(1, 2) });

const inInput: Identity = {
  entry: convolutionLinear,
  sizes,
  images: ['x', 'y'],
  determined: (letters) => ({ ...sourceOf(letters), ...zeroOutside(letters, 'x', 'y') }),
  networks: (letters) => {
    const shape = shapeOf(letters);
    const [alpha, beta] = [letters.real('alpha'), letters.real('beta')];
    const layer = grouped(letters, weightOf(letters, 'K'));
    return {
      original: network([shape, shape], (builder, [x, y]) => {
        const mixed = added(builder, scaled(builder, x, alpha), scaled(builder, y, beta));
        return builder.add({ ...layer, inputs: [mixed] });
      }),
      converted: network([shape, shape], (builder, [x, y]) =>
        added(
          builder,
          scaled(builder, builder.add({ ...layer, inputs: [x] }), alpha),
          scaled(builder, builder.add({ ...layer, inputs: [y] }), beta),
        ),
      ),
      inputs: [image(letters, 'x', shape), image(letters, 'y', shape)],
    };
  },
};

const inWeights: Identity = {
  entry: convolutionLinearInWeights,
  sizes,
  images: ['x'],
  determined: (letters) => ({ ...sourceOf(letters), ...zeroOutside(letters, 'x') }),
  networks: (letters) => {
    const shape = shapeOf(letters);
    const [alpha, beta] = [letters.real('alpha'), letters.real('beta')];
    const [K, L] = [weightOf(letters, 'K'), weightOf(letters, 'L')];
    const mixed = grouped(letters, (...at) => alpha * K(...at) + beta * L(...at));
    const [first, second] = [grouped(letters, K), grouped(letters, L)];
    return {
      original: sequence(shape, [mixed]),
      converted: network([shape], (builder, [x]) =>
        added(
          builder,
          scaled(builder, builder.add({ ...first, inputs: [x] }), alpha),
          scaled(builder, builder.add({ ...second, inputs: [x] }), beta),
        ),
      ),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const parallel: Identity = {
  entry: parallelConvolutions,
  sizes,
  images: ['x'],
  determined: (letters) => ({ ...sourceOf(letters), ...zeroOutside(letters, 'x') }),
  networks: (letters) => {
    const shape = shapeOf(letters);
    const [K, L] = [weightOf(letters, 'K'), weightOf(letters, 'L')];
    const [b, d] = ['b', 'd'].map((name) => (o: number) => letters.real(name, o));
    const [first, second] = [grouped(letters, K, b), grouped(letters, L, d)];
    const both = grouped(
      letters,
      (...at) => K(...at) + L(...at),
      (o) => b(o) + d(o),
    );
    return {
      original: network([shape], (builder, [x]) =>
        added(
          builder,
          builder.add({ ...first, inputs: [x] }),
          builder.add({ ...second, inputs: [x] }),
        ),
      ),
      converted: sequence(shape, [both]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const split: Identity = {
  entry: convolutionSplits,
  sizes: windowSizes({ a: between(1, 3) }),
  images: ['x', 'y'],
  determined: (letters) => zeroOutside(letters, 'x', 'y'),
  networks: (letters) => {
    const [a, rest] = [letters.int('a'), letters.int('C')];
    const [left, right] = [shapeOfImage(letters, a), shapeOfImage(letters, rest)];
    const [to, window, K] = [outputsOf(letters), windowOf(letters), weightOf(letters, 'K')];
    const whole = convolutionOf({ from: a + rest, to }, window, K);
    const first = convolutionOf({ from: a, to }, window, K);
    const second = convolutionOf({ from: rest, to }, window, (o, c, i, j) => K(o, a + c, i, j));
    return {
      original: network([left, right], (builder, [x, y]) => {
        const both = builder.add({ kind: 'concat', name: 'concat', inputs: [x, y] });
        return builder.add({ ...whole, inputs: [both] });
      }),
      converted: network([left, right], (builder, [x, y]) =>
        added(
          builder,
          builder.add({ ...first, inputs: [x] }),
          builder.add({ ...second, inputs: [y] }),
        ),
      ),
      inputs: [image(letters, 'x', left), image(letters, 'y', right)],
    };
  },
};

export const linearIdentities = [inInput, inWeights, parallel, split];
