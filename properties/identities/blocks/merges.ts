/**
 * Claim: a convolution of tensors side by side is the sum of their convolutions, and with Dirac columns or those of a
 * projection it adds what is reserved; Dirac rows carry on what is reserved. Source: arXiv 2111.00687.
 * Expected: holds. The theorems speak of tensors that need not be zero outside a domain; networks' are.
 */
import type fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Identity, Networks, Place } from '../identity.ts';
import {
  convolutionOf,
  filled,
  image,
  matrixOf,
  network,
  shapeOfImage,
} from '../layer-networks.ts';
import { between, outputsOf, zeroOutside } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import { atCentre, type Weight } from './branch.ts';
import { added, through, weightOf, windowOf, wholeOf } from './joined.ts';
import { kernelSizes } from './kernel-sizes.ts';
import { theorem } from './theorem.ts';

type Matrix = (o: number, c: number) => number;

const strides = (letters: Letters) => ({ y: letters.int('sy'), x: letters.int('sx') });

/** A convolution whose centre reads the pixel itself. */
function wide(letters: Letters, from: number, to: number, weight: Weight, groups = 1): LayerSpec {
  return convolutionOf({ from, to, groups }, windowOf(letters, wholeOf(letters), true), weight);
}

/** What a 1×1 convolution makes of the pixels that the centres read. */
function taken(letters: Letters, from: number, to: number, weight: Matrix): LayerSpec {
  return matrixOf(from, to, weight, null, strides(letters));
}

/** A matrix in the centre taps. */
function centred(letters: Letters, weight: Matrix): Weight {
  const { centre } = wholeOf(letters);
  return (o, c, i, j) => weight(o, c) * atCentre({ centre }, i, j);
}

const sizes: fc.Arbitrary<Sizes> = kernelSizes.chain((given) =>
  between(1, 2).chain((R) => between(1, 2).map((M) => ({ ...given, R, M }))),
);

/** Two inputs: what is reserved, and the branch's. */
function ofTwo(
  letters: Letters,
  of: {
    readonly reserved: number;
    readonly whole: LayerSpec;
    readonly join: 'add' | 'concat';
    readonly first: LayerSpec;
    readonly second: readonly LayerSpec[];
  },
): Networks {
  const { reserved, whole, join, first, second } = of;
  const shapes = [shapeOfImage(letters, reserved), shapeOfImage(letters, letters.int('M'))];
  const joined = { kind: join, name: join };
  return {
    original: network(shapes, (builder, inputs) => {
      const both = builder.add({ kind: 'concat', name: 'concat', inputs });
      return through(builder, both, [whole]);
    }),
    converted: network(shapes, (builder, [r, a]) => {
      const ends = [through(builder, r, [first]), through(builder, a, second)];
      return builder.add({ ...joined, inputs: ends });
    }),
    inputs: ['r', 'a'].map((name, k) => image(letters, name, shapes[k])),
  };
}

/** [reserved columns | s·V], and what the reserved columns come to. */
function merge(
  name: string,
  of: {
    readonly isSplit?: boolean;
    readonly isScaled?: boolean;
    /** Of the reserved columns: any kernel, or a matrix in the centre taps. */
    readonly columns: 'kernel' | ((letters: Letters) => Matrix);
    /** Outputs are the reserved channels. */
    readonly isIdentity?: boolean;
  },
): Identity {
  const { isSplit = false, isScaled = true, columns, isIdentity = false } = of;
  return {
    entry: theorem(name),
    sizes,
    images: ['r', 'a'],
    determined: (letters) => zeroOutside(letters, 'r', 'a'),
    networks: (letters) => {
      const reserved = isSplit ? 2 * letters.int('C') : letters.int('R');
      const M = letters.int('M');
      const identityOutputs = isSplit ? letters.int('C') : reserved;
      const to = isIdentity ? identityOutputs : outputsOf(letters);
      const s = isScaled ? letters.real('s') : 1;
      const V = weightOf(letters, 'V');
      const matrix = columns === 'kernel' ? null : columns(letters);
      const A = matrix === null ? weightOf(letters, 'A') : centred(letters, matrix);
      return ofTwo(letters, {
        reserved,
        whole: wide(letters, reserved + M, to, (o, c, i, j) =>
          c < reserved ? A(o, c, i, j) : s * V(o, c - reserved, i, j),
        ),
        join: 'add',
        first:
          matrix === null ? wide(letters, reserved, to, A) : taken(letters, reserved, to, matrix),
        second: [
          wide(letters, M, to, V),
          {
            kind: 'scale',
            name: 'scale',
            inputs: [0],
            operation: 'multiply',
            factor: filled([to], () => s),
          },
        ],
      });
    },
  };
}

const unit: Matrix = (o, c) => (o === c ? 1 : 0);
/** A matrix for the first half of the channels, its opposite for the second. */
const split =
  (letters: Letters, matrix: Matrix): Matrix =>
  (o, c) => {
    const C = letters.int('C');
    return c < C ? matrix(o, c) : -matrix(o, c - C);
  };
const projection =
  (letters: Letters): Matrix =>
  (o, c) =>
    letters.real('P', o, c);

const merges = [
  merge('merged-columns', { columns: 'kernel', isScaled: false }),
  merge('folded-merge', { columns: 'kernel' }),
  merge('final-merge', { columns: () => unit, isIdentity: true }),
  merge('merged-projection', { columns: projection }),
  merge('split-merge', {
    columns: (letters) => split(letters, unit),
    isSplit: true,
    isIdentity: true,
  }),
  merge('split-projection', {
    columns: (letters) => split(letters, projection(letters)),
    isSplit: true,
  }),
];

const halved: Identity = {
  entry: theorem('halved-columns'),
  sizes,
  images: ['r'],
  determined: (letters) => zeroOutside(letters, 'r'),
  networks: (letters) => {
    const [C, to] = [letters.int('C'), outputsOf(letters)];
    const [A, V] = [weightOf(letters, 'A'), weightOf(letters, 'V')];
    const shape = shapeOfImage(letters, 2 * C);
    const half = (from: number): LayerSpec => ({
      kind: 'select',
      name: 'select',
      inputs: [0],
      channels: Int32Array.from({ length: C }, (_, c) => from + c),
    });
    const whole = wide(letters, 2 * C, to, (o, c, i, j) =>
      c < C ? A(o, c, i, j) : V(o, c - C, i, j),
    );
    return {
      original: network([shape], (builder, [r]) => through(builder, r, [whole])),
      converted: network([shape], (builder, [r]) =>
        added(builder, [
          through(builder, r, [half(0), wide(letters, C, to, A)]),
          through(builder, r, [half(C), wide(letters, C, to, V)]),
        ]),
      ),
      inputs: [image(letters, 'r', shape)],
    };
  },
};

/** The output channel is k there. */
const placed = ({ o }: Place): Sizes => ({ k: o });

const rows: Identity = {
  entry: theorem('reserved-rows'),
  sizes: sizes.map((given) => ({ ...given, src: given['M'] % given['C'] })),
  images: ['t'],
  placed,
  determined: (letters) => zeroOutside(letters, 't'),
  networks: (letters) => {
    const [C, R, src] = ['C', 'R', 'src'].map((name) => letters.int(name));
    const own = outputsOf(letters);
    const V = weightOf(letters, 'V');
    const entry: Matrix = (_, c) => (c === src ? letters.real('factor') : 0);
    const dirac = centred(letters, entry);
    const shape = shapeOfImage(letters);
    const whole = wide(letters, C, R + own, (k, ...at) =>
      k < R ? dirac(k, ...at) : V(k - R, ...at),
    );
    return {
      original: network([shape], (builder, [t]) => through(builder, t, [whole])),
      converted: network([shape], (builder, [t]) => {
        const ends = [taken(letters, C, R, entry), wide(letters, C, own, V)];
        const inputs = ends.map((end) => through(builder, t, [end]));
        return builder.add({ kind: 'concat', name: 'concat', inputs });
      }),
      inputs: [image(letters, 't', shape)],
    };
  },
};

function carried(name: string, isDepthwise: boolean): Identity {
  return {
    entry: theorem(name),
    sizes,
    images: ['r', 'a'],
    placed,
    determined: (letters) => zeroOutside(letters, 'r', 'a'),
    networks: (letters) => {
      const [R, M] = [letters.int('R'), letters.int('M')];
      const own = isDepthwise ? M : outputsOf(letters);
      const V = weightOf(letters, 'V');
      const dirac = centred(letters, (k, c) => (c === (isDepthwise ? 0 : k) ? 1 : 0));
      const whole: Weight = (k, c, i, j) => {
        if (k < R) return dirac(k, c, i, j);
        if (isDepthwise) return V(k - R, c, i, j);
        return c < R ? 0 : V(k - R, c - R, i, j);
      };
      return ofTwo(letters, {
        reserved: R,
        whole: wide(letters, R + M, R + own, whole, isDepthwise ? R + M : 1),
        join: 'concat',
        first: taken(letters, R, R, unit),
        second: [wide(letters, M, own, V, isDepthwise ? M : 1)],
      });
    },
  };
}

export const mergeIdentities: readonly Identity[] = [
  ...merges,
  halved,
  rows,
  carried('reserved-block', false),
  carried('reserved-depthwise', true),
];
