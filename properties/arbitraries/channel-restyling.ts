/**
 * What a converter may do to the channels between two units without changing the function: another order,
 * positive factors, channels written twice, channels nobody reads.
 */
import {
  biasOf,
  filterFrom,
  permuteColumns,
  permuteRows,
  scaleRows,
  tap,
  type Filter,
} from '../../src/networks/filter.ts';
import { joinNorms, permuteNorm, type Norm } from '../../src/networks/norm.ts';
import type { Random } from '../../src/networks/random.ts';
import { repeated } from '../../src/networks/block.ts';
import { atBoundaries, type Chain } from './chain.ts';
import type { Style } from './style.ts';
import type { Unit } from '../../src/networks/unit.ts';

/** The unit with output k of the result being its output order[k]; an order may repeat and leave out. */
function reorderOutputs(unit: Unit, order: readonly number[]): Unit {
  return {
    ...unit,
    filter: permuteRows(unit.filter, order),
    norm: unit.norm && permuteNorm(unit.norm, order),
    bends: order.map((c) => unit.bends[c]),
  };
}

/** Whether outputs can be permuted freely: a grouped filter's rows belong to their groups. */
function isFree({ filter }: Unit): boolean {
  return filter.groups === 1;
}

function isDepthwise({ filter }: Unit): boolean {
  return filter.groups === filter.inChannels;
}

/**
 * Another order of the first unit's outputs. A depthwise second passes the order on to its own outputs,
 * whose readers are permuted at the next boundary; so depthwise outputs arrive here in a pending order.
 */
export function reorder(chain: Chain, order: Style['order'], random: Random): Chain {
  if (order === 'first') return chain;
  const links = [...chain];
  for (let k = 0; k < links.length; k++) {
    const first = links[k];
    if (first.kind !== 'unit' || !isFree(first)) continue;
    // The units up to the next reader that mixes channels: depthwise ones in between take the order on.
    let end = k + 1;
    const follows: Unit[] = [];
    for (; end < links.length; end++) {
      const link = links[end];
      if (link.kind !== 'unit' || isFree(link) || !isDepthwise(link)) break;
      follows.push(link);
    }
    const reader = links[end];
    if (reader === undefined || reader.kind !== 'unit' || !isFree(reader)) continue;
    let places = orderOf(first, order, random);
    links[k] = reorderOutputs(first, places);
    for (const [n, unit] of follows.entries()) {
      const { filter } = unit;
      const multiplier = filter.outChannels / filter.inChannels;
      places = places.flatMap((c) => repeated(0, multiplier).map((_, m) => c * multiplier + m));
      links[k + 1 + n] = reorderOutputs(unit, places);
    }
    links[end] = { ...reader, filter: permuteColumns(reader.filter, places) };
  }
  return links;
}

function orderOf({ filter, reserved }: Unit, order: Style['order'], random: Random): number[] {
  const count = filter.outChannels;
  if (order === 'shuffled') return random.permutation(count);
  return Array.from({ length: count }, (_, k) => (k + reserved) % count);
}

function scaleInputs(f: Filter, by: readonly number[]): Filter {
  const [inGroup, outGroup] = [f.inChannels / f.groups, f.outChannels / f.groups];
  return filterFrom(
    f,
    (o, i, y, x) => tap(f, o, i, y, x) * by[Math.floor(o / outGroup) * inGroup + i],
    f.bias,
  );
}

/** Multiplies a unit's outputs, ahead of the activation: in the batch norm, or in what stands before it. */
function scaleOutputs(unit: Unit, by: readonly number[], random: Random): Unit {
  const times = (values: readonly number[]): number[] => values.map((v, c) => v * by[c]);
  const { norm, filter } = unit;
  if (norm === null) return { ...unit, filter: scaleRows(filter, by) };
  const { scale, offset, mean } = norm;
  if (random.integer(2) === 0) {
    return { ...unit, norm: { ...norm, scale: times(scale), offset: times(offset) } };
  }
  const scaled: Norm = { ...norm, mean: times(mean), offset: times(offset) };
  return { ...unit, filter: scaleRows(filter, by), norm: scaled };
}

/** Positive factors pass ReLU, max pool and mean; ReLU6 lets only 1 pass. */
export function rescale(chain: Chain, scale: Style['scale'], random: Random): Chain {
  if (scale === 'none') return chain;
  const draw = (): number =>
    scale === 'powers-of-two'
      ? 2 ** (random.integer(13) - 6)
      : [3, 0.7, 1, 11, 1 / 3, 0.01][random.integer(6)];
  return atBoundaries(chain, (first, second) => {
    const up = first.bends.map((bend) => (bend === 'relu6' ? 1 : draw()));
    const down = up.map((factor) => 1 / factor);
    return [
      scaleOutputs(first, up, random),
      { ...second, filter: scaleInputs(second.filter, down) },
    ];
  });
}

/** Some channels twice, their columns sharing what the one column was. */
export function splitChannels(chain: Chain, split: Style['split'], random: Random): Chain {
  if (split === 'none') return chain;
  return atBoundaries(chain, (first, second) => {
    if (!isFree(first) || !isFree(second)) return null;
    const count = first.filter.outChannels;
    const copied = Array.from({ length: count }, () => random.integer(3) === 0);
    const copies = Array.from({ length: count }, (_, c) => c).filter((c) => copied[c]);
    const order = [...Array.from({ length: count }, (_, c) => c), ...copies];
    const { filter } = second;
    const share = split === 'halves' ? 0.5 : 0.3;
    const shared = filterFrom(
      { ...filter, inChannels: order.length },
      (o, i, y, x) => {
        const weight = tap(filter, o, order[i], y, x);
        if (!copied[order[i]]) return weight;
        return i < count ? weight * share : weight * (1 - share);
      },
      filter.bias,
    );
    return [reorderOutputs(first, order), { ...second, filter: shared }];
  });
}

/** One more channel of random weights, which the second unit reads with weight zero. */
export function addDeadChannels(chain: Chain, random: Random): Chain {
  return atBoundaries(chain, (first, second) => {
    if (!isFree(first) || !isFree(second)) return null;
    const { filter, norm, bends } = first;
    const count = filter.outChannels;
    const dead = random.filter(filter.inChannels, 1, [filter.height, filter.width], { bias: true });
    const extended = filterFrom(
      { ...filter, outChannels: count + 1 },
      (o, i, y, x) => (o < count ? tap(filter, o, i, y, x) : tap(dead, 0, i, y, x)),
      Array.from({ length: count + 1 }, (_, o) =>
        o < count ? biasOf(filter, o) : biasOf(dead, 0),
      ),
    );
    const widened = filterFrom(
      { ...second.filter, inChannels: count + 1 },
      (o, i, y, x) => (i < count ? tap(second.filter, o, i, y, x) : 0),
      second.filter.bias,
    );
    const more = norm && joinNorms(norm, { ...random.norm(1), epsilon: norm.epsilon });
    return [
      { ...first, filter: extended, norm: more, bends: [...bends, bends[0]] },
      { ...second, filter: widened },
    ];
  });
}
