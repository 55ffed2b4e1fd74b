/**
 * Claim: a projection of any kernel, within one window beside the branch's own, is added in the columns of a merge, or
 * made in rows of its own. Source: arXiv 2111.00687, of any kernel. Expected: holds.
 * The theorems speak of tensors that need not be zero outside a domain; networks' are.
 */
import type { LayerSpec } from '../../../src/model/layer.ts';
import type { Identity, Networks, Place } from '../identity.ts';
import { convolutionOf, filled, image, network, shapeOfImage } from '../layer-networks.ts';
import { between, outputsOf, zeroOutside } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Weight } from './branch.ts';
import { added, embedded, through, weightOf, windowOf, wholeOf, type Sized } from './joined.ts';
import { theorem } from './theorem.ts';
import { projected, sizedBy, twoKernels, type Names } from './wide-sizes.ts';
import fc from 'fast-check';

const own: Names = ['eh', 'ew', 'ei', 'ej'];

const sizes: fc.Arbitrary<Sizes> = fc
  .tuple(
    fc.record({ C: between(1, 2), R: between(1, 2), M: between(1, 2) }),
    fc.record({ H: between(1, 4), W: between(1, 3) }),
    fc.record({ dy: between(1, 2), dx: between(1, 2), sy: between(1, 2), sx: between(1, 2) }),
    twoKernels(own),
  )
  .map((all) => Object.assign({}, ...all));

interface Kernels {
  readonly P: Weight;
  readonly V: Weight;
  readonly taken: Sized;
  readonly mine: Sized;
}

function kernelsOf(letters: Letters): Kernels {
  return {
    P: weightOf(letters, 'P'),
    V: weightOf(letters, 'V'),
    taken: sizedBy(letters, projected),
    mine: sizedBy(letters, own),
  };
}

function layer(
  letters: Letters,
  channels: { readonly from: number; readonly to: number },
  of: { readonly sized: Sized; readonly weights: Weight },
): LayerSpec {
  return convolutionOf(channels, windowOf(letters, of.sized, true), of.weights);
}

function scaled(letters: Letters, to: number): LayerSpec {
  const factor = filled([to], () => letters.real('s'));
  return { kind: 'scale', name: 'scale', inputs: [0], operation: 'multiply', factor };
}

/** [P | s·V] over what is reserved and the branch's, and what they are one by one. */
function merged(letters: Letters, isSplit: boolean): Networks {
  const [C, M, to] = [letters.int('C'), letters.int('M'), outputsOf(letters)];
  const reserved = isSplit ? 2 * C : letters.int('R');
  const { P, V, taken, mine } = kernelsOf(letters);
  const [wideP, wideV] = [embedded(letters, taken, P), embedded(letters, mine, V)];
  const s = letters.real('s');
  const column: Weight = (o, c, ...at) =>
    isSplit && c >= C ? -wideP(o, c - C, ...at) : wideP(o, c, ...at);
  const shapes = [shapeOfImage(letters, reserved), shapeOfImage(letters, M)];
  const whole: Weight = (o, c, ...at) =>
    c < reserved ? column(o, c, ...at) : s * wideV(o, c - reserved, ...at);
  const select = (from: number): LayerSpec => ({
    kind: 'select',
    name: 'select',
    inputs: [0],
    channels: Int32Array.from({ length: C }, (_, c) => from + c),
  });
  return {
    original: network(shapes, (builder, inputs) => {
      const both = builder.add({ kind: 'concat', name: 'concat', inputs });
      const channels = { from: reserved + M, to };
      return through(builder, both, [
        layer(letters, channels, { sized: wholeOf(letters), weights: whole }),
      ]);
    }),
    converted: network(shapes, (builder, [r, a]) => {
      const halves = [0, C].map((from) => through(builder, r, isSplit ? [select(from)] : []));
      const held = isSplit
        ? builder.add({ kind: 'subtract', name: 'subtract', inputs: halves })
        : r;
      const project = { sized: taken, weights: P };
      const branch = layer(letters, { from: M, to }, { sized: mine, weights: V });
      return added(builder, [
        through(builder, held, [layer(letters, { from: isSplit ? C : reserved, to }, project)]),
        through(builder, a, [branch, scaled(letters, to)]),
      ]);
    }),
    inputs: ['r', 'a'].map((name, k) => image(letters, name, shapes[k])),
  };
}

function merge(name: string, isSplit: boolean): Identity {
  return {
    entry: theorem(name),
    sizes,
    images: ['r', 'a'],
    determined: (letters) => zeroOutside(letters, 'r', 'a'),
    networks: (letters) => merged(letters, isSplit),
  };
}

/** The output channel is k there. */
const placed = ({ o }: Place): Sizes => ({ k: o });

const rows: Identity = {
  entry: theorem('reserved-wide-rows'),
  sizes,
  images: ['t'],
  placed,
  determined: (letters) => zeroOutside(letters, 't'),
  networks: (letters) => {
    const [C, R, to] = [letters.int('C'), letters.int('R'), outputsOf(letters)];
    const { P, V, taken, mine } = kernelsOf(letters);
    const [wideP, wideV] = [embedded(letters, taken, P), embedded(letters, mine, V)];
    const shape = shapeOfImage(letters);
    const weights: Weight = (k, ...at) => (k < R ? wideP(k, ...at) : wideV(k - R, ...at));
    return {
      original: network([shape], (builder, [t]) =>
        through(builder, t, [
          layer(letters, { from: C, to: R + to }, { sized: wholeOf(letters), weights }),
        ]),
      ),
      converted: network([shape], (builder, [t]) => {
        const ends = [
          layer(letters, { from: C, to: R }, { sized: taken, weights: P }),
          layer(letters, { from: C, to }, { sized: mine, weights: V }),
        ];
        const inputs = ends.map((end) => through(builder, t, [end]));
        return builder.add({ kind: 'concat', name: 'concat', inputs });
      }),
      inputs: [image(letters, 't', shape)],
    };
  },
};

export const wideMergeIdentities: readonly Identity[] = [
  merge('merged-wide-projection', false),
  merge('split-wide-projection', true),
  rows,
];
