/**
 * A residual block and its plain twin as an entry of the library: the statement about the two layer models, and
 * the one proof that all such blocks share.
 */
import { int, type Term } from '../../logic/term.ts';
import type { Entry, Hypothesis, Sizes } from '../entry.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import { add, atMost, equal, one, times, within } from '../notation.ts';
import { type Kernel } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import {
  applied,
  centreAt,
  layerOf,
  nextHidden,
  x,
  type Hidden,
  type Layer,
  type LayerSpec,
} from './branch.ts';
import { diracChannel } from './core.ts';
import {
  C,
  integer,
  kernelOf,
  lettersOf,
  notNegative,
  p,
  q,
  terms,
  typing,
  type Context,
} from './frame.ts';
import { carry, unfolded, type Carried } from './reserve.ts';
import { biasOf, columnsOf, shortcutLemmas, shortcutOf, type ShortcutKind } from './shortcut.ts';
import { columns } from './stacking.ts';
import { demandsOf, type Bend, type Strategy } from './strategy.ts';

export interface BlockSpec {
  readonly name: string;
  readonly says: string;
  readonly source: string;
  /** The branch, its last convolution included. */
  readonly layers: readonly LayerSpec[];
  readonly shortcut: ShortcutKind;
  readonly strategy: Strategy;
  /** Between the branch's convolutions. */
  readonly bend: Bend;
  /** Behind the sum; null for nothing. */
  readonly end: Bend | null;
}

export type TwinSpec = Pick<BlockSpec, 'layers' | 'shortcut' | 'strategy' | 'bend'>;

type Position = readonly [Term, Term];

/** Every letter of the block at a small size: kernels of one row or one column; or single taps and pixels. */
function sizesOf(
  layers: readonly Layer[],
  of: {
    readonly widths: number;
    readonly shortcut: number;
    readonly single: boolean;
    readonly split: boolean;
  },
): Sizes {
  const { widths, shortcut, single, split } = of;
  const size = single ? 1 : 2;
  const sizes: Record<string, number> = { C: shortcut, H: size, W: size, o: 0, p: 0, q: 0 };
  for (const { groups } of layers) {
    if (groups === null) continue;
    const reserved = split ? 2 * shortcut : shortcut;
    const [width, carried, own] = groups.letters;
    Object.assign(sizes, { [carried]: Math.max(1, reserved / widths), [own]: 1, [width]: widths });
  }
  for (const { level, kernel, strided } of layers) {
    Object.assign(sizes, { [`M${level}`]: widths, [`H${level}`]: size, [`W${level}`]: size });
    if (kernel === 'any') {
      const tall = level !== 2 && !single;
      const wide = level === 2 && !single;
      const taps = { kh: tall ? 2 : 1, kw: wide ? 2 : 1, ci: tall ? 1 : 0, cj: 0, dy: 1, dx: 1 };
      for (const [name, value] of Object.entries(taps)) sizes[`${name}${level}`] = value;
    }
    if (strided) Object.assign(sizes, { [`sy${level}`]: size, [`sx${level}`]: 1 });
  }
  return sizes;
}

/**
 * That it is needed is said of `reserved-groups`, and here where a counterexample is soon found: that of a split
 * has groups of three. The first grouped layer's label has no number, as its letters have none.
 */
function wholeGroups(layer: Layer, count: Term, breaksAt: Sizes | null): readonly Hypothesis[] {
  const { groups, level } = layer;
  if (groups === null) return [];
  const term = equal(count, times(groups.reserved, groups.width));
  if (breaksAt === null) return [typing(term)];
  const isFirst = groups.letters[0] === 'w';
  return [
    {
      kind: 'assumption',
      label: isFirst ? 'whole-groups' : `whole-groups-${level}`,
      meaning: `the reserved channels are a multiple of the channels of a group${isFirst ? '' : ` of layer ${level}`}`,
      term,
      breaksAt,
    },
  ];
}

/** The sizes with groups of single channels in all grouped layers but this one. */
function onlyGrouped(sizes: Sizes, layers: readonly Layer[], layer: Layer): Sizes {
  const all: Record<string, number> = { ...sizes };
  for (const { groups, level } of layers) {
    if (groups === null || level === layer.level) continue;
    const [width, reserved, own] = groups.letters;
    Object.assign(all, { [width]: 1, [reserved]: sizes['C'], [own]: sizes[`M${level}`] });
  }
  return all;
}

/** Where the branch ends without a convolution of its own, the one that stands for none copies. */
async function copyOf({ library }: Context, { own, layer }: Hidden, last: Layer): Promise<Theorem> {
  const o = integer('o');
  const channel = { C: layer.width, src: o, factor: one, t: ofTriple(own), o };
  const copying = await library.theorem(diracChannel.name);
  return instance(copying, { ...lettersOf(last, [p, q]), ...channel });
}

/** A block's branch and the layers of its plain twin. */
export interface Twin {
  readonly layers: readonly Layer[];
  /** All layers but the last; the converted ones have their kernels. */
  readonly hiddens: readonly Hidden[];
  readonly last: Layer;
  /** The plain twin's last kernel, for which no batch norm is left, and its bias. */
  readonly folded: Kernel;
  readonly bias: (output: Term) => Term;
}

export function twinOf({ layers: specs, strategy, bend, shortcut }: TwinSpec): Twin {
  const layers: Layer[] = [];
  for (const layer of specs) {
    layers.push(layerOf(layer, layers, layers.at(-1)?.width ?? C));
  }
  const last = layers[layers.length - 1];
  const hiddens: Hidden[] = [];
  for (const layer of layers.slice(0, -1)) {
    hiddens.push(nextHidden(layer, hiddens.at(-1) ?? null, { strategy, bend }));
  }
  const folded = columns(strategy.count, columnsOf(shortcut, strategy, last.centre), (out, ...at) =>
    times(last.scale(out), last.weights(out, ...at)),
  );
  const bias = (output: Term): Term =>
    biasOf(shortcut, strategy, { own: last.shift(output), output });
  return { layers, hiddens, last, folded, bias };
}

export function block(spec: BlockSpec): Entry {
  const { strategy, bend, shortcut } = spec;
  const { layers, hiddens, last, folded, bias } = twinOf(spec);
  const hidden = hiddens[hiddens.length - 1];
  // Where the centres read, from the output back to the block's input.
  const read: Position[] = [[p, q]];
  for (const layer of [...layers].reverse()) read.push(centreAt(layer, read[read.length - 1]));
  const source = read[read.length - 1];
  const strided = layers.filter((layer) => layer.strided).map(({ window }) => window.stride);
  const stride =
    strided.length === 0
      ? last.window.stride
      : strided.reduce(([y0, x0], [y1, x1]) => [times(y1, y0), times(x1, x0)]);

  const o = integer('o');
  const end = (t: Term): Term => (spec.end === null ? t : spec.end.of(t, o));
  const scale = last.scale(o);
  const branch =
    last.kind === 'identity'
      ? hidden.own
      : applied(last, {
          weights: last.weights,
          input: hidden.own,
          channels: hidden.layer.width,
        });
  const original = add(
    shortcutOf(shortcut, stride),
    add(times(scale, branch(o, p, q)), last.shift(o)),
  );
  const plain = applied(last, {
    weights: folded,
    input: hidden.converted,
    channels: hidden.channels,
  });
  const converted = add(plain(o, p, q), bias(o));

  const pixel: Position =
    shortcut === 'identity' ? [p, q] : [times(p, stride[0]), times(q, stride[1])];
  const grouped = layers.some(({ kind }) => kind === 'grouped');
  const split = strategy.name === 'split';
  const widths = grouped ? 2 : 1;
  const sizes = sizesOf(layers, {
    widths,
    shortcut: grouped && !split ? 2 : 1,
    single: false,
    split,
  });
  const breaksAt = sizesOf(layers, { widths: 1, shortcut: 1, single: true, split });
  const soon = strategy.name === 'nonnegative' || strategy.name === 'prelu';
  const ungrouped = !soon ? null : sizesOf(layers, { widths, shortcut: 1, single: true, split });
  const demands = demandsOf(strategy, {
    bends: hiddens.map(({ layer }) => layer.bend ?? bend),
    input: (c) => x(c, ...pixel),
    channel: shortcut === 'identity' ? o : null,
    breaksAt,
  });
  const sizeFacts = [C, ...layers.slice(0, -1).map(({ width }) => width)].map(notNegative);
  const centres = layers.flatMap(({ kernel, centre, window }) =>
    kernel === 'any' ? [within(centre[0], window.size[0]), within(centre[1], window.size[1])] : [],
  );
  const inside = hiddens.flatMap(({ layer: { level, domain } }) => {
    const [row, column] = read[layers.length - level];
    return [within(row, domain[0]), within(column, domain[1])];
  });
  const groups = layers.flatMap(({ groups: of, width }) =>
    of === null ? [] : [atMost(int(1), of.width), equal(width, times(of.own, of.width))],
  );
  const divisible = layers.flatMap((layer) =>
    wholeGroups(
      layer,
      strategy.count,
      ungrouped === null ? null : onlyGrouped(ungrouped, layers, layer),
    ),
  );
  const facts = [...sizeFacts, ...centres, ...groups, ...divisible.map(({ term }) => term)];
  const entry: Entry = {
    name: spec.name,
    says: spec.says,
    source: spec.source,
    statement: {
      hypotheses: [
        ...(shortcut === 'identity' ? [typing(within(o, C))] : []),
        ...(last.kind === 'identity' ? [typing(within(o, hidden.layer.width))] : []),
        ...[...sizeFacts, ...centres, ...groups, ...inside].map(typing),
        ...divisible,
        ...demands.hypotheses,
      ],
      conclusion: equal(end(original), end(converted)),
    },
    prove: async (proof, library) => {
      const context = { proof, library };
      let carried: Carried | null = null;
      for (const next of hiddens)
        carried = await carry(context, next, carried, { strategy, facts });
      if (carried === null) throw new Error(`${spec.name} has no hidden layer`);
      const sums = await unfolded(context, {
        carried,
        layer: last,
        strategy,
        kernel: (...at) => folded(o, ...at),
        output: o,
        position: [p, q],
        facts,
      });
      const merge = await shortcutLemmas(context, {
        kind: shortcut,
        strategy,
        demands,
        stride,
        letters: {
          ...lettersOf(last, [p, q]),
          M: hidden.layer.width,
          V: kernelOf(last.weights),
          a: ofTriple(hidden.own),
          s: scale,
        },
        centre: last.centre,
        reserved: hidden.reserved,
        read: read[1],
        source,
        facts: terms(entry),
      });
      const { conclusion } = entry.statement;
      const copied = last.kind === 'identity' ? [await copyOf(context, hidden, last)] : [];
      return proof.show('merge', { hypotheses: terms(entry), conclusion }, [
        sums,
        ...merge,
        ...copied,
      ]);
    },
    sizes: [sizes],
  };
  return entry;
}
