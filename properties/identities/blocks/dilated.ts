/**
 * Claim: a kernel of a larger dilation is one of a smaller, with zeros between its taps, and two such kernels, a batch
 * norm each, are one when they are added. Source: arXiv 2311.15599. Expected: holds.
 * The lemma speaks of tensors that need not be zero outside a domain; networks' are.
 */
import fc from 'fast-check';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Identity } from '../identity.ts';
import { convolutionOf, image, sequence, shapeOfImage } from '../layer-networks.ts';
import { between, outputsOf, zeroOutside } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import { centredWindow, type Weight, type Window } from './branch.ts';
import {
  channelsOf,
  convolutionPart,
  joined,
  normed,
  weightOf,
  wholeOf,
  windowOf,
  type Part,
} from './joined.ts';
import { grouped } from './kernel-sizes.ts';
import { theorem } from './theorem.ts';
import { sizedBy, type Names } from './wide-sizes.ts';

const [near, far]: readonly [Names, Names] = [
  ['eh', 'ew', 'ei', 'ej'],
  ['gh', 'gw', 'gi', 'gj'],
];

/** Taps of a kernel ahead of its own pixel and behind it, and how far they are from one another. */
interface Extent {
  readonly before: number;
  readonly after: number;
  readonly spacing: number;
}

function extent(spacing: fc.Arbitrary<number>): fc.Arbitrary<Extent> {
  return fc.record({ before: between(0, 1), after: between(0, 1), spacing });
}

/** Kernels by their names, and the one around the same pixel that holds them, or is larger yet. */
function kernelsAround(named: readonly (readonly [Names, fc.Arbitrary<number>])[]) {
  const axis = fc.tuple(...named.map(([, spacing]) => extent(spacing)));
  const more = fc.record({ before: between(0, 1), after: between(0, 1) });
  return fc.tuple(axis, axis, more).map(([y, x, { before, after }]): Sizes => {
    const sizes: Record<string, number> = {};
    named.forEach(([[rows, columns, row, column]], k) => {
      sizes[rows] = y[k].before + 1 + y[k].after;
      sizes[columns] = x[k].before + 1 + x[k].after;
      Object.assign(sizes, { [row]: y[k].before, [column]: x[k].before });
    });
    const reach = (along: readonly Extent[], side: 'before' | 'after'): number =>
      Math.max(...along.map((one) => one.spacing * one[side]));
    const [ci, cj] = [reach(y, 'before') + before, reach(x, 'before')];
    const [kh, kw] = [ci + 1 + reach(y, 'after'), cj + 1 + reach(x, 'after') + after];
    const [fy, fx] = [y, x].map((along) => along[along.length - 1].spacing);
    return { ...sizes, ...{ ci, cj, kh, kw, fy, fx } };
  });
}

/** The sizes of all but the kernels, and the last of these with taps apart. */
function around(names: readonly Names[]): fc.Arbitrary<Sizes> {
  const rest = fc.record({
    ...{ C: between(1, 2), g: between(1, 2), H: between(1, 5), W: between(1, 4) },
    ...{ dy: between(1, 2), dx: between(1, 2), sy: between(1, 2), sx: between(1, 2) },
  });
  const kernels = names.map((name, k) => {
    return [name, k === names.length - 1 ? between(1, 3) : fc.constant(1)] as const;
  });
  return fc.tuple(rest, kernelsAround(kernels)).map(([few, all]) => ({ ...few, ...all }));
}

/** The kernel's own window. */
function windowApart(letters: Letters, names: Names): Window {
  const { size, centre } = sizedBy(letters, names);
  return centredWindow(size, centre, {
    strides: { y: letters.int('sy'), x: letters.int('sx') },
    dilations: {
      y: letters.int('fy') * letters.int('dy'),
      x: letters.int('fx') * letters.int('dx'),
    },
  });
}

/** The kernel in the largest window, by division: its taps are where the distance to the centre is a multiple. */
function spread(letters: Letters, names: Names, weights: Weight): Weight {
  const { size, centre } = sizedBy(letters, names);
  const whole = wholeOf(letters).centre;
  const [fy, fx] = [letters.int('fy'), letters.int('fx')];
  return (o, c, i, j) => {
    const [row, column] = [(i - whole.y) / fy + centre.y, (j - whole.x) / fx + centre.x];
    const isTap = Number.isInteger(row) && Number.isInteger(column);
    const isInside = row >= 0 && row < size.y && column >= 0 && column < size.x;
    return isTap && isInside ? weights(o, c, row, column) : 0;
  };
}

const alone: Identity = {
  entry: theorem('dilated-kernel-in-a-kernel'),
  sizes: around([near]),
  images: ['t'],
  determined: (letters) => zeroOutside(letters, 't'),
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: letters.int('C'), to: outputsOf(letters) };
    const V = weightOf(letters, 'V');
    const whole = windowOf(letters, wholeOf(letters), true);
    return {
      original: sequence(shape, [convolutionOf(channels, whole, spread(letters, near, V))]),
      converted: sequence(shape, [convolutionOf(channels, windowApart(letters, near), V)]),
      inputs: [image(letters, 't', shape)],
    };
  },
};

const both: Identity = {
  entry: theorem('dilated-branches'),
  ...grouped(false),
  sizes: around([near, far]),
  networks: (letters) => {
    const channels = channelsOf(letters, false);
    const V = ['V1', 'V2'].map((name) => weightOf(letters, name));
    const sized = sizedBy(letters, near);
    const parts: readonly Part[] = [
      convolutionPart(letters, channels, { sized, weights: V[0], isStrided: true }),
      {
        layers: [convolutionOf(channels, windowApart(letters, far), V[1])],
        kernel: spread(letters, far, V[1]),
      },
    ];
    const branches = parts.map((part, k) => normed(letters, part, [`s${k + 1}`, `b${k + 1}`]));
    return joined(letters, channels, { branches, isStrided: true });
  },
};

export const dilatedIdentities: readonly Identity[] = [alone, both];
