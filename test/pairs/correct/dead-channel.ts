/**
 * Pruned channels that never change: γ = 0 and β ≤ 0 before a ReLU is zero; γ = 0 and β > 0 is a
 * constant, which the next layer's bias takes over where nothing is padded.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import {
  biasOf,
  filterFrom,
  permuteColumns,
  permuteRows,
  tap,
  type Filter,
} from '../../../src/networks/filter.ts';
import { permuteNorm, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

export interface Prunable {
  readonly first: Filter;
  readonly norm: Norm;
  readonly second: Filter;
  readonly head: Filter;
}

const width = 6;

/** Channels 1 and 4 of six have γ = 0 and the offsets given. */
export function drawPrunable(random: Random, offsets: readonly number[], kernel: number): Prunable {
  const norm = random.norm(width);
  const set = (values: readonly number[], at: (k: number) => number): number[] =>
    values.map((v, c) => (c === 1 ? at(0) : c === 4 ? at(1) : v));
  return {
    first: random.filter(3, width, 3, { bias: true }),
    norm: { ...norm, scale: set(norm.scale, () => 0), offset: set(norm.offset, (k) => offsets[k]) },
    second: random.filter(width, 4, kernel, { bias: true }),
    head: random.filter(4, 3, 1, { bias: true }),
  };
}

export function prunable(s: Sketch, n: Prunable): TensorId {
  const x = s.norm('bn', s.conv('conv1', s.input(3, 5, 7), n.first), n.norm);
  return s.relu('relu2', s.conv('conv2', s.relu('relu', x), n.second));
}

export function pruned(n: Prunable, constants: readonly number[]): Prunable {
  const kept = [0, 2, 3, 5];
  const gone = [1, 4];
  const bias = Array.from({ length: n.second.outChannels }, (_, o) => {
    let total = biasOf(n.second, o);
    gone.forEach((c, k) => {
      for (let y = 0; y < n.second.height; y++) {
        for (let x = 0; x < n.second.width; x++) total += tap(n.second, o, c, y, x) * constants[k];
      }
    });
    return total;
  });
  return {
    ...n,
    first: permuteRows(n.first, kept),
    norm: permuteNorm(n.norm, kept),
    second: { ...permuteColumns(n.second, kept), bias },
  };
}

export function deadChannelPairs(): Pair[] {
  const pair = (
    name: string,
    grain: Grain,
    offsets: readonly number[],
    kernel: number,
    note: string,
  ): Pair => {
    const n = drawPrunable(new Random(1300, grain), offsets, kernel);
    const constants = offsets.map((b) => Math.max(b, 0));
    return sketchedPair({
      name,
      expected: grain === 'coarse' || constants.every((c) => c === 0) ? 'exact' : 'rounded',
      note,
      original: (s) => s.head(prunable(s, n), n.head),
      converted: (s) => {
        const less = pruned(n, constants);
        return s.head(prunable(s, less), less.head);
      },
    });
  };
  const random = new Random(1310);
  const zeroWeights = random.filter(4, 4, 3, { bias: true });
  const unread = filterFrom(
    zeroWeights,
    (o, i, y, x) => (i === 2 ? 0 : tap(zeroWeights, o, i, y, x)),
    zeroWeights.bias,
  );
  const first = random.filter(3, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  const draw = (a: Filter, b: Filter) => (s: Sketch) =>
    s.head(s.conv('conv2', s.relu('relu', s.conv('conv1', s.input(3, 5, 7), a)), b), head);
  return [
    pair('dead-channels', 'fine', [-0.5, 0], 3, 'γ = 0 and β ≤ 0: zero behind the ReLU'),
    pair('constant-channels', 'coarse', [0.5, 1.25], 1, 'γ = 0, β > 0: into the next bias'),
    pair('constant-channels-fine', 'fine', [Math.fround(0.3), -1], 1, 'the same, rounded once'),
    sketchedPair({
      name: 'unread-channel',
      expected: 'exact',
      note: 'a channel that the next layer multiplies by zero everywhere',
      original: draw(first, unread),
      converted: draw(permuteRows(first, [0, 1, 3]), permuteColumns(unread, [0, 1, 3])),
    }),
  ];
}
