/**
 * A residual block and its plain twin as an entry of the library: the statement about the two layer models, and
 * the one proof that all such blocks share.
 */
import { int, type Term } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import { add, atMost, equal, one, times, within } from '../notation.ts';
import type { Kernel } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import {
  applied,
  centreAt,
  layerOf,
  nextHidden,
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
import { onlyGrouped, sizesOf, wholeGroups } from './block-sizes.ts';
import { demandsOf } from './demands.ts';
import { readsOf } from './reads.ts';
import type { Bend, Strategy } from './strategy.ts';
import {
  aheadInputs,
  aheadRows,
  besideWide,
  widened,
  wideFacts,
  withinWide,
} from './wide-shortcut.ts';

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

const [H, W] = ['H', 'W'].map(integer);

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
  /** The plain twin's; its window may be wider. */
  readonly merge: Layer;
  /** The plain twin's last kernel, for which no batch norm is left, and its bias. */
  readonly folded: Kernel;
  readonly bias: (output: Term) => Term;
}

/** The layers of the branch, those beside a shortcut's kernel with the dilation of both. */
function layersOf({ layers: specs, shortcut }: Pick<TwinSpec, 'layers' | 'shortcut'>) {
  const layers: Layer[] = [];
  const from = shortcut === 'ahead' ? aheadInputs : C;
  for (const [k, spec] of specs.entries()) {
    const layer = layerOf(spec, layers, layers.at(-1)?.width ?? from);
    const isBeside = shortcut === 'wide' ? k === specs.length - 1 : shortcut === 'ahead' && k === 0;
    const own = isBeside ? besideWide(layer) : layer;
    // Where all that is reserved is read, it is there wherever the block's input is.
    layers.push(shortcut === 'wide' ? { ...own, domain: [H, W] } : own);
  }
  return layers;
}

export function twinOf(spec: TwinSpec): Twin {
  const { strategy, bend, shortcut } = spec;
  const layers = layersOf(spec);
  const [first] = layers;
  const last = layers[layers.length - 1];
  const rows = shortcut === 'ahead' ? aheadRows(first, strategy) : null;
  const hiddens: Hidden[] = [];
  for (const layer of layers.slice(0, -1)) {
    hiddens.push(nextHidden(layer, hiddens.at(-1) ?? null, { strategy, bend, rows }));
  }
  const merge = shortcut === 'wide' ? widened(last) : last;
  const own = shortcut === 'wide' ? withinWide(last, last.weights) : last.weights;
  const reserved = columnsOf(shortcut, strategy, last.centre);
  const folded = columns(strategy.count, reserved, (out, ...at) =>
    times(last.scale(out), own(out, ...at)),
  );
  const bias = (output: Term): Term =>
    biasOf(shortcut, strategy, { own: last.shift(output), output });
  return { layers, hiddens, last, merge, folded, bias };
}

export function block(spec: BlockSpec): Entry {
  const { strategy, bend, shortcut } = spec;
  const { layers, hiddens, last, merge: merged, folded, bias } = twinOf(spec);
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
  const isAhead = shortcut === 'ahead';
  const isEach = isAhead || shortcut === 'identity';
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
    shortcutOf(shortcut, stride, { first: layers[0], last }),
    add(times(scale, branch(o, p, q)), last.shift(o)),
  );
  const plain = applied(merged, {
    weights: folded,
    input: hidden.converted,
    channels: hidden.channels,
  });
  const converted = add(plain(o, p, q), bias(o));

  const grouped = layers.some(({ kind }) => kind === 'grouped');
  const split = strategy.name === 'split';
  const wide = shortcut === 'wide' || shortcut === 'ahead' ? shortcut : null;
  const widths = grouped ? 2 : 1;
  const sizes = sizesOf(layers, {
    widths,
    shortcut: grouped && !split ? 2 : 1,
    single: false,
    split,
    wide,
  });
  const few = { shortcut: 1, single: true, split, wide };
  const breaksAt = sizesOf(layers, { widths: 1, ...few });
  const soon = strategy.name === 'nonnegative' || strategy.name === 'prelu';
  const ungrouped = !soon ? null : sizesOf(layers, { widths, ...few });
  const demands = demandsOf(strategy, {
    bends: hiddens.map(({ layer }) => layer.bend ?? bend),
    reads: readsOf(shortcut, { stride, layers }),
    breaksAt,
  });
  const counts = isAhead ? [C, aheadInputs] : [C];
  const sizeFacts = [...counts, ...layers.slice(0, -1).map(({ width }) => width)].map(notNegative);
  const beside = shortcut === 'wide' ? last : isAhead ? layers[0] : null;
  const centres = layers.flatMap((layer) => {
    const { kernel, centre, window } = layer;
    if (layer === beside) return wideFacts(layer);
    return kernel === 'any'
      ? [within(centre[0], window.size[0]), within(centre[1], window.size[1])]
      : [];
  });
  const inside = (shortcut === 'wide' ? [] : hiddens).flatMap(({ layer: { level, domain } }) => {
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
        ...(isEach ? [typing(within(o, C))] : []),
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
        carried = await carry(context, next, carried, { strategy, facts, isAhead });
      if (carried === null) throw new Error(`${spec.name} has no hidden layer`);
      const sums = await unfolded(context, {
        carried,
        layer: merged,
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
        pixel: (c) => demands.reads.value(c),
        last,
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
