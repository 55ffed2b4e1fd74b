/** Facts about signs and products that a proof needs: what a ReLU passes, cancels or lets through. */
import type { TensorId } from '../../../src/model/layer.ts';
import {
  filterFrom,
  permuteColumns,
  permuteRows,
  scaleColumns,
  scaleRows,
} from '../../../src/networks/filter.ts';
import { edit, largest, replaced } from '../edit.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import { markRounded, Sketch } from '../../../src/networks/sketch.ts';

type Step = (s: Sketch, x: TensorId) => TensorId;

const minus: Step = (s, x) => s.scale('minus', x, [-1]);

export function signPairs(): Pair[] {
  const random = new Random(1700);
  const first = random.filter(3, 4, 3, { bias: true });
  const second = random.filter(4, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  const network =
    (between: Step, to = second, from = first) =>
    (s: Sketch) => {
      const x = between(s, s.conv('conv1', s.input(3, 5, 7), from));
      return s.head(s.relu('relu2', s.conv('conv2', x, to)), head);
    };
  const relu: Step = (s, x) => s.relu('relu', x);
  const pair = (
    name: string,
    note: string,
    original: Pick<Parameters<typeof sketchedPair>[0], 'original' | 'converted'>,
    expected: Pair['expected'] = 'exact',
  ): Pair => sketchedPair({ name, note, expected, ...original });

  const order = [2, 0, 3, 1];
  const powers = [4, 0.5, 1, 16];
  const inverse = powers.map((f) => 1 / f);
  const pooled: Step = (s, x) => s.maxPool('max', s.relu('relu', x), 2, 2);
  const pooledOnly: Step = (s, x) => s.maxPool('max', x, 3, 1, 1);
  const single = edit(network(relu)(new Sketch()), 'conv2', (l) => {
    if (l.kind !== 'conv') throw new Error('conv2 is a convolution');
    const at = largest(l.weight);
    const ulp = 2 ** (Math.floor(Math.log2(Math.abs(l.weight[at]))) - 23);
    return { ...l, weight: replaced(l.weight, at, (w) => w + ulp) };
  });
  markRounded(single);
  return [
    pair('relu-difference-is-linear', 'relu(x) − relu(−x) = x', {
      original: network((_, x) => x),
      converted: network((s, x) => s.subtract('both', s.relu('p', x), s.relu('n', minus(s, x)))),
    }),
    pair('relu-of-minus-relu', 'relu(−relu(x)) is zero', {
      original: network(relu),
      converted: network((s, x) => {
        const y = relu(s, x);
        return s.add('with-nothing', y, s.relu('none', minus(s, y)));
      }),
    }),
    pair('sum-of-non-negatives', 'a sum of non-negative values passes a ReLU', {
      original: network((s, x) =>
        s.add('twice', relu(s, x), s.maxPool('max', relu(s, x), 3, 1, 1)),
      ),
      converted: network((s, x) =>
        s.relu('again', s.add('twice', relu(s, x), s.maxPool('max', relu(s, x), 3, 1, 1))),
      ),
    }),
    pair('clip-inside-clip', 'ReLU6 of a quarter of a ReLU6 clips nothing', {
      original: network((s, x) => s.scale('quarter', s.clip('act', x, 0, 6), [0.25])),
      converted: network((s, x) =>
        s.clip('again', s.scale('quarter', s.clip('act', x, 0, 6), [0.25]), 0, 6),
      ),
    }),
    pair('branch-that-cancels', 'a branch added and subtracted again', {
      original: network(relu),
      converted: network((s, x) => {
        const y = relu(s, x);
        const z = s.conv('detour', y, second);
        return s.subtract('away', s.add('onto', y, z), z);
      }),
    }),
    pair('permuted-across-max-pool', 'channels permuted across a pool', {
      original: network(pooled),
      converted: network(pooled, permuteColumns(second, order), permuteRows(first, order)),
    }),
    pair('rescaled-across-max-pool', 'positive factors pass a maximum', {
      original: network(pooledOnly),
      converted: network(pooledOnly, scaleColumns(second, inverse), scaleRows(first, powers)),
    }),
    pair('product-commuted', 'x·y and y·x, one factor scaled by two and the product by a half', {
      original: network((s, x) =>
        s.multiply('product', relu(s, x), s.opaque('gate', x, 'sigmoid')),
      ),
      converted: network((s, x) => {
        const gate = s.scale('two', s.opaque('gate', x, 'sigmoid'), [2]);
        return s.scale('half', s.multiply('product', gate, relu(s, x)), [0.5]);
      }),
    }),
    {
      name: 'weight-off-by-an-ulp',
      original: network(relu)(new Sketch()),
      converted: single,
      inputRange: null,
      expected: 'rounded',
      note: 'the largest weight of conv2 is its neighbour in float32',
    },
    twoOutputs('two-outputs', false),
  ];
}

/** Two inputs, two outputs; the converted model shares one convolution between them. */
function twoOutputs(name: string, exchanged: boolean): Pair {
  const random = new Random(1710);
  const a = random.filter(2, 3, 3, { bias: true });
  const b = random.filter(3, 3, 1, { bias: true });
  const both = filterFrom({ inChannels: 5, outChannels: 6, height: 3, width: 3 }, (o, i, y, x) => {
    if (o < 3) return i < 2 ? a.weight[((o * 2 + i) * 3 + y) * 3 + x] : 0;
    return i >= 2 && y === 1 && x === 1 ? b.weight[(o - 3) * 3 + i - 2] : 0;
  });
  const bias = [...(a.bias ?? []), ...(b.bias ?? [])];
  return sketchedPair({
    name,
    expected: exchanged ? 'different' : 'exact',
    note: exchanged
      ? 'the outputs in each other’s place'
      : 'two inputs, two outputs, one convolution',
    original: (s) => {
      const [x, y] = [s.input(2, 5, 7, 'left'), s.input(3, 5, 7, 'right')];
      return s.finish(s.relu('a.relu', s.conv('a', x, a)), s.relu('b.relu', s.conv('b', y, b)));
    },
    converted: (s) => {
      const inputs = [s.input(2, 5, 7, 'left'), s.input(3, 5, 7, 'right')];
      const joined = s.conv('both', s.concat('inputs', inputs), { ...both, bias });
      const out = s.relu('relu', joined);
      const parts = [s.select('first', out, [0, 1, 2]), s.select('second', out, [3, 4, 5])];
      return s.finish(...(exchanged ? parts.reverse() : parts));
    },
  });
}

export function exchangedOutputs(): Pair {
  return twoOutputs('wrong-outputs-exchanged', true);
}
