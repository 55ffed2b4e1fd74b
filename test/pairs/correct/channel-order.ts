/**
 * Concatenations and selections in another order, groups as parallel branches, and squeeze-and-excite
 * gates that stay while the layers around them are folded and permuted.
 */
import {
  biasOf,
  filterFrom,
  fold,
  permuteColumns,
  permuteRows,
  tap,
  type Filter,
} from '../../../src/networks/filter.ts';
import type { Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

/** One group of a grouped filter. */
function group(f: Filter, index: number): Filter {
  const outChannels = f.outChannels / f.groups;
  const size = { ...f, groups: 1, inChannels: f.inChannels / f.groups, outChannels };
  const from = index * outChannels;
  return filterFrom(
    size,
    (o, i, y, x) => tap(f, from + o, i, y, x),
    f.bias === null ? null : Array.from({ length: outChannels }, (_, o) => biasOf(f, from + o)),
  );
}

function reordered(): Pair[] {
  const random = new Random(1400);
  const a = random.filter(3, 4, 3, { bias: true });
  const b = random.filter(3, 2, 1, { bias: true });
  const last = random.filter(6, 4, 3, { bias: true });
  const grouped = random.filter(6, 4, 3, { groups: 2, bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  const branches = (s: Sketch): [number, number] => {
    const x = s.input(3, 6, 5);
    return [s.relu('relu-a', s.conv('a', x, a)), s.relu('relu-b', s.conv('b', x, b))];
  };
  const swapped = [4, 5, 0, 1, 2, 3];
  const concatSwapped = sketchedPair({
    name: 'concat-swapped',
    expected: 'exact',
    note: 'the two inputs of a concatenation change places, and the columns behind it',
    original: (s) => s.head(s.conv('last', s.concat('concat', branches(s)), last), head),
    converted: (s) => {
      const [p, q] = branches(s);
      return s.head(
        s.conv('last', s.concat('concat', [q, p]), permuteColumns(last, swapped)),
        head,
      );
    },
  });
  const concatFirst = sketchedPair({
    name: 'concat-before-relu',
    expected: 'exact',
    note: 'one convolution and one ReLU instead of two and a concatenation',
    original: (s) => s.head(s.conv('last', s.concat('concat', branches(s)), last), head),
    converted: (s) => {
      const both = filterFrom(
        { inChannels: 3, outChannels: 6, height: 3, width: 3 },
        (o, i, y, x) => (o < 4 ? tap(a, o, i, y, x) : tap(b, o - 4, i, y - 1, x - 1)),
        [...(a.bias ?? []), ...(b.bias ?? [])],
      );
      const x = s.relu('relu', s.conv('both', s.input(3, 6, 5), both));
      return s.head(s.conv('last', x, last), head);
    },
  });
  const groupsAsBranches = sketchedPair({
    name: 'groups-as-branches',
    expected: 'exact',
    note: 'a grouped convolution as split, two convolutions, concatenation',
    original: (s) => s.head(s.conv('grouped', s.concat('concat', branches(s)), grouped), head),
    converted: (s) => {
      const x = s.concat('concat', branches(s));
      const halves = [0, 1].map((g) => {
        const part = s.select(
          `split${g}`,
          x,
          [0, 1, 2].map((c) => 3 * g + c),
        );
        return s.conv(`conv${g}`, part, group(grouped, g));
      });
      return s.head(s.concat('join', halves), head);
    },
  });
  const addAsConcat = sketchedPair({
    name: 'add-as-concat',
    expected: 'exact',
    note: 'a sum of channels as a concatenation under a kernel of ones',
    original: (s) => {
      const [p, q] = branches(s);
      const sum = s.add('add', s.select('low', p, [0, 1]), q);
      return s.head(s.relu('relu', s.concat('all', [sum, s.select('high', p, [2, 3])])), head);
    },
    converted: (s) => {
      const x = s.concat('concat', branches(s));
      const ones = filterFrom({ inChannels: 6, outChannels: 4, height: 1, width: 1 }, (o, i) =>
        o === i || (o < 2 && i === o + 4) ? 1 : 0,
      );
      return s.head(s.relu('relu', s.conv('ones', x, ones)), head);
    },
  });
  return [concatSwapped, concatFirst, groupsAsBranches, addAsConcat];
}

export interface Excited {
  readonly conv: Filter;
  readonly norm: Norm;
  readonly squeeze: Filter;
  readonly excite: Filter;
  readonly last: Filter;
  readonly lastNorm: Norm;
  readonly head: Filter;
}

export function drawExcited(random: Random): Excited {
  return {
    conv: random.filter(3, 4, 3),
    norm: random.norm(4),
    squeeze: random.filter(4, 3, 1, { bias: true }),
    excite: random.filter(3, 4, 1, { bias: true }),
    last: random.filter(4, 4, 3, { bias: true }),
    lastNorm: random.norm(4),
    head: random.filter(4, 3, 1, { bias: true }),
  };
}

/** conv–BN–ReLU, a gate, conv–BN–ReLU; `order` permutes the channels the gate acts on. */
export function excited(
  n: Excited,
  folded: boolean,
  order: readonly number[] = [0, 1, 2, 3],
  inner: readonly number[] = [0, 1, 2],
) {
  return (s: Sketch) => {
    const unit = (name: string, x: number, filter: Filter, norm: Norm): number =>
      folded ? s.conv(name, x, filter) : s.norm(`${name}.bn`, s.conv(name, x, filter), norm);
    const conv = folded ? permuteRows(fold(n.conv, n.norm), order) : n.conv;
    const last = folded ? permuteColumns(fold(n.last, n.lastNorm), order) : n.last;
    const squeeze = permuteRows(permuteColumns(n.squeeze, order), inner);
    const excite = permuteRows(permuteColumns(n.excite, inner), order);
    const x = s.relu('relu1', unit('conv1', s.input(3, 5, 7), conv, n.norm));
    let gate = s.conv('squeeze', s.globalAveragePool('mean', x), squeeze);
    gate = s.conv('excite', s.relu('squeeze.relu', gate), excite);
    const gated = s.multiply('gated', x, s.opaque('gate', gate, 'sigmoid'));
    return s.head(s.relu('relu2', unit('conv2', gated, last, n.lastNorm)), n.head);
  };
}

function squeezeAndExcite(): Pair[] {
  const pair = (name: string, grain: Grain, note: string, ...orders: number[][]): Pair => {
    const n = drawExcited(new Random(1450, grain));
    return sketchedPair({
      name,
      expected: grain === 'coarse' ? 'exact' : 'rounded',
      note,
      original: excited(n, false),
      converted: excited(n, true, ...orders),
    });
  };
  return [
    pair('squeeze-excite-folded', 'coarse', 'batch norms around the gate folded'),
    pair('squeeze-excite-folded-fine', 'fine', 'the same: the gate reads rounded values'),
    pair(
      'squeeze-excite-shuffled',
      'coarse',
      'gate and features permuted',
      [2, 0, 3, 1],
      [1, 2, 0],
    ),
  ];
}

export function channelOrderPairs(): Pair[] {
  return [...reordered(), ...squeezeAndExcite()];
}
