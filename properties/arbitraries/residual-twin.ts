/**
 * The Reserve-and-Merge twins of blocks with a shortcut around a branch (arXiv 2111.00687).
 *
 * Reserved channels carry the block's input through every layer of the branch but the last, which adds them
 * onto its own result through Dirac columns, or through the projection of the shortcut.
 */
import { repeated, type Known } from '../../src/networks/block.ts';
import {
  besideGroups,
  centred,
  columns,
  compose,
  diagonal,
  dirac,
  filterFrom,
  fold,
  rows,
  scaleRows,
  sum,
  ungrouped,
  type Filter,
} from '../../src/networks/filter.ts';
import {
  factors,
  joinNorms,
  unitNorm,
  unitNormAround,
  type Norm,
} from '../../src/networks/norm.ts';
import type { Random } from '../../src/networks/random.ts';
import type { Part, Residual } from '../../src/networks/residual.ts';
import type { Bend, Unit } from '../../src/networks/unit.ts';
import type { Style } from './style.ts';

/** Where a block stands, and how its twin is to be written. */
export interface Setting {
  readonly name: string;
  readonly entering: Known;
  readonly style: Style;
  readonly random: Random;
}

/** A reserved channel's activation in a layer whose own channels bend like `own`. */
function reservedBend(own: Bend, split: boolean, { entering, style }: Setting): Bend {
  if (own === 'none') return 'none';
  if (split) return 'relu';
  if (style.reserve === 'slopes' || entering === 'any') return 'none';
  return entering === 'upToSix' ? own : 'relu';
}

function reservedNorm(count: number, own: Norm, { style, random }: Setting): Norm {
  if (style.unit === 'variance') return unitNorm(count, own.epsilon);
  const probe = (lower: number, upper: number): number[] =>
    random.values(count, lower, upper).map(Math.fround);
  return unitNormAround(probe(-1, 2), probe(0.125, 3), own.epsilon);
}

const filterOf = (part: Part, channels: number): Filter => part.filter ?? dirac(channels, 1);

function linear(part: Part): Filter {
  const filter = ungrouped(filterOf(part, 0));
  return part.norm === null ? filter : fold(filter, part.norm);
}

export function residualTwin(r: Residual, setting: Setting): readonly Unit[] {
  const { name, style } = setting;
  const unit = (k: number, rest: Pick<Unit, 'filter' | 'norm' | 'bends' | 'reserved'>): Unit => ({
    kind: 'unit',
    name: `${name}.conv${k + 1}`,
    before: 'nothing',
    stride: r.branch[k].stride,
    ...rest,
  });
  const last = r.branch.length - 1;
  let channels = r.inChannels;
  if (r.shortcut === 'none') {
    return r.branch.map((part, k) => {
      const filter = filterOf(part, channels);
      channels = filter.outChannels;
      const bends = repeated(k === last ? r.after : part.bend, channels);
      return unit(k, { filter, norm: part.norm, bends, reserved: 0 });
    });
  }
  const bent = r.branch.slice(0, last).some((part) => part.bend !== 'none');
  const split = style.reserve === 'split' && bent;
  const one = dirac(r.inChannels, 1);
  const minus = scaleRows(one, repeated(-1, r.inChannels));
  const spread = split ? rows(one, minus) : one;
  const recover = split ? columns(one, minus) : one;
  const count = spread.outChannels;
  const units: Unit[] = [];
  for (let k = 0; k < last; k++) {
    const part = r.branch[k];
    const own = filterOf(part, channels);
    const filter = widened(own, k === 0 ? spread : null, count);
    const norm = part.norm && joinNorms(reservedNorm(count, part.norm, setting), part.norm);
    const reserved = repeated(reservedBend(part.bend, split, setting), count);
    const bends = [...reserved, ...repeated(part.bend, own.outChannels)];
    units.push(unit(k, { filter, norm, bends, reserved: count }));
    channels = own.outChannels;
  }
  const part = r.branch[last];
  const own = ungrouped(filterOf(part, channels));
  const passed = r.shortcut === 'identity' ? one : linear(r.shortcut);
  const through = last === 0 ? passed : compose(passed, recover);
  const merging = { shortcut: centred(through, own.height, own.width), own, norm: part.norm };
  const merged = last === 0 ? { filter: added(merging), norm: null } : merge(merging, style);
  const bends = repeated(r.after, r.outChannels);
  if (merged !== null) return [...units, unit(last, { ...merged, bends, reserved: 0 })];
  return [...units, ...mergedApart(merging, { unit: (rest) => unit(last, rest), bends, setting })];
}

/** The layer with the reserved channels' rows first; `spread` makes them, else they are there already. */
function widened(own: Filter, spread: Filter | null, count: number): Filter {
  if (spread !== null) return rows(centred(spread, own.height, own.width), ungrouped(own));
  const inGroup = own.inChannels / own.groups;
  const fits = own.outChannels / own.groups === inGroup && count % inGroup === 0;
  return own.groups > 1 && fits
    ? besideGroups(dirac(count, own.height, count / inGroup), own)
    : diagonal(dirac(count, own.height), own);
}

interface Merging {
  readonly shortcut: Filter;
  readonly own: Filter;
  readonly norm: Norm | null;
}

/** A branch of one convolution reads what the shortcut reads: one kernel. */
function added({ shortcut, own, norm }: Merging): Filter {
  return sum(shortcut, norm === null ? own : fold(own, norm));
}

/** The last convolution with the shortcut's columns; null where the style wants two. */
function merge(
  { shortcut, own, norm }: Merging,
  style: Style,
): { readonly filter: Filter; readonly norm: Norm | null } | null {
  if (norm === null) return { filter: columns(shortcut, own), norm: null };
  if (style.merge === 'apart') return null;
  const scales = factors(norm);
  // Divided by a factor close to nothing, the columns would leave float32's range.
  if (style.merge === 'folded' || scales.some((s) => !(Math.abs(s) > 1e-3))) {
    return { filter: columns(shortcut, fold(own, norm)), norm: null };
  }
  const divided = scaleRows(
    shortcut,
    scales.map((s) => 1 / s),
  );
  return { filter: columns(divided, own), norm };
}

/** Shortcut and branch side by side under one batch norm, added by a 1×1 convolution behind it. */
function mergedApart(
  { shortcut, own, norm }: Merging,
  rest: {
    readonly unit: (rest: Pick<Unit, 'filter' | 'norm' | 'bends' | 'reserved'>) => Unit;
    readonly bends: readonly Bend[];
    readonly setting: Setting;
  },
): readonly Unit[] {
  const count = own.outChannels;
  const empty = (f: Filter): Filter => filterFrom({ ...f, outChannels: count }, () => 0);
  const filter = rows(columns(shortcut, empty(own)), columns(empty(shortcut), own));
  const joined = norm && joinNorms(reservedNorm(count, norm, rest.setting), norm);
  const none = repeated<Bend>('none', 2 * count);
  const beside = rest.unit({ filter, norm: joined, bends: none, reserved: count });
  const both = columns(dirac(count, 1), dirac(count, 1));
  const adding = rest.unit({ filter: both, norm: null, bends: rest.bends, reserved: 0 });
  return [beside, { ...adding, name: `${beside.name}.merge`, stride: 1 }];
}
