/**
 * f(−t) = f(t) − t for GELU, SiLU and hard swish: halves of a channel are put together again, whichever sign the
 * original has, and nothing else is.
 */
import { describe, expect, test } from 'vitest';
import { convert } from '../../src/convert/convert.ts';
import { everything } from '../../src/equivalence/interval.ts';
import { prove, type Attempt } from '../../src/equivalence/prove.ts';
import type { OpaqueFunction, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import {
  columns,
  dirac,
  filterFrom,
  rows,
  scaleColumns,
  scaleRows,
  type Filter,
} from '../../src/networks/filter.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';
import { verify } from '../../src/verify.ts';
import { built, Sketch as Blocks } from '../convert/support.ts';
import { throughFile } from '../convert/through-file.ts';

type Step = (s: Sketch, x: TensorId) => TensorId;

interface Smooth {
  readonly of: OpaqueFunction;
  readonly alpha?: number;
  readonly beta?: number;
}

const gelu: Smooth = { of: 'gelu' };
const hardSwish: Smooth = { of: 'hardSwish', alpha: 1 / 6, beta: 1 / 2 };
const reflected: readonly Smooth[] = [gelu, { of: 'geluTanh' }, { of: 'silu' }, hardSwish];

/** Of none of these do values at t and −t differ by t. */
const others: readonly Smooth[] = [
  { of: 'sigmoid' },
  { of: 'tanh' },
  { of: 'elu', alpha: 1 },
  { of: 'hardSwish', alpha: 1 / 6, beta: 0.25 },
  { of: 'hardSwish', alpha: 1 / 2, beta: 1 },
  { of: 'hardSwish', alpha: 1 / 6, beta: 1 / 2 + 2 ** -40 },
];

const channels = 3;
const shape = [channels, 5, 4] as const;

const act =
  ({ of, alpha = 0, beta = 0 }: Smooth, name = 'act'): Step =>
  (s, x) =>
    s.opaque(name, x, of, alpha, beta);

const conv =
  (name: string, filter: Filter): Step =>
  (s, x) =>
    s.conv(name, x, filter);

function network(...steps: readonly Step[]): Model {
  const s = new Sketch();
  return s.finish(steps.reduce((x, step) => step(s, x), s.input(...shape)));
}

function attempt(original: Model, converted: Model): Attempt {
  return prove(original, converted, { inputRange: everything, maxUlps: 16 });
}

function kindOf(original: Model, converted: Model): string {
  return attempt(original, converted).kind;
}

const random = new Random(77);
const branch = random.filter(channels, 4, 1, { bias: true });
const out = random.filter(4, channels, 3, { bias: true });

/** Every channel times a factor, at the middle of a kernel. */
function times(factor: number, kernel = 1): Filter {
  const one = dirac(channels, kernel);
  return { ...scaleRows(one, new Array<number>(channels).fill(factor)), bias: null };
}

/** x + out(f(branch(x))) */
function block(smooth: Smooth): Model {
  const s = new Sketch();
  const x = s.input(...shape);
  const bent = act(smooth)(s, s.conv('branch', x, branch));
  return s.finish(s.add('add', x, s.conv('out', bent, out)));
}

interface Halves {
  /** What the reserved channels hold, as multiples of x. */
  readonly gains?: readonly [number, number];
  /** What they are merged with. */
  readonly merged?: readonly [number, number];
}

/** The same without the shortcut: reserved channels ahead of the branch's. */
function twin(smooth: Smooth, { gains = [1, -1], merged = [1, -1] }: Halves = {}): Model {
  const first = rows(times(gains[0]), times(gains[1]), branch);
  const last = columns(columns(times(merged[0], 3), times(merged[1], 3)), out);
  return network(conv('branch', first), act(smooth), conv('out', last));
}

/** first · f(gains[0]·x) + second · f(gains[1]·x) and no other channel. */
function alone(
  smooth: Smooth,
  { gains = [1, -1], merged = [1, -1] }: Halves = {},
  kernel = 1,
): Model {
  return network(
    conv('reserve', rows(times(gains[0]), times(gains[1]))),
    act(smooth),
    conv('merge', columns(times(merged[0], kernel), times(merged[1], kernel))),
  );
}

describe.each(reflected)('$of', (smooth) => {
  test('the halves of a shortcut beside a branch', () => {
    const made = attempt(block(smooth), twin(smooth));
    expect(made).toMatchObject({ kind: 'equal', exact: true });
    const cited = smooth.of === 'hardSwish' ? 'hard-swish-negated' : 'gated-negated';
    if (made.kind === 'equal') expect(made.theorems).toContain(cited);
    expect(kindOf(twin(smooth), block(smooth))).toBe('equal');
  });

  test.each([1, 3])('the halves alone, merged by a kernel of %i', (kernel) => {
    const identity = network(conv('same', times(1, kernel)));
    expect(attempt(identity, alone(smooth, {}, kernel))).toMatchObject({
      kind: 'equal',
      exact: true,
    });
    const swapped = { gains: [-1, 1], merged: [-1, 1] } as const;
    expect(kindOf(identity, alone(smooth, swapped, kernel))).toBe('equal');
    expect(kindOf(identity, alone(smooth, { merged: [-1, 1] }, kernel))).toBe('unmatched');
  });

  test('halves of a multiple are that multiple of the channel', () => {
    const halves = alone(smooth, { gains: [3, -3] });
    expect(kindOf(network(conv('triple', times(3))), halves)).toBe('equal');
    expect(kindOf(network(conv('same', times(1))), halves)).toBe('unmatched');
  });

  test('halves of different multiples are nothing simple', () => {
    expect(kindOf(block(smooth), twin(smooth, { gains: [1, -2] }))).toBe('unmatched');
    expect(kindOf(block(smooth), twin(smooth, { gains: [2, -2] }))).toBe('unmatched');
    expect(kindOf(block(smooth), twin(smooth, { gains: [1, -1 - 2 ** -12] }))).toBe('unmatched');
  });

  test.each([
    ['both added', [1, 1]],
    ['one alone', [1, 0]],
    ['taken away', [-1, 1]],
    ['off by a thousandth', [1, -1.001]],
  ] as const)('merged wrongly: %s', (_, merged) => {
    expect(kindOf(block(smooth), twin(smooth, { merged }))).toBe('unmatched');
  });

  test('both halves with the same sign', () => {
    expect(kindOf(block(smooth), twin(smooth, { gains: [1, 1] }))).toBe('unmatched');
    expect(kindOf(block(smooth), twin(smooth, { gains: [-1, -1] }))).toBe('unmatched');
  });

  test('of another function half and half', () => {
    const other = smooth.of === 'silu' ? gelu : { of: 'silu' as const };
    const s = new Sketch();
    const x = s.input(...shape);
    const positive = act(smooth, 'one')(s, x);
    const negative = act(other, 'other')(s, s.conv('negated', x, times(-1)));
    const mixed = s.finish(s.subtract('merge', positive, negative));
    expect(kindOf(network(conv('same', times(1))), mixed)).toBe('unmatched');
  });

  test('f(−t) + t is f(t), whichever of the two the original has', () => {
    // t = −conv(x) with biases: slope and constant of the argument change their signs together.
    const inner = random.filter(channels, channels, 3, { bias: true });
    const plain = network(conv('inner', inner), act(smooth), conv('last', times(2, 3)));
    const falling = (back: 1 | -1): Model => {
      const s = new Sketch();
      const t = s.conv('inner', s.input(...shape), inner);
      const bent = act(smooth)(s, s.conv('negated', t, times(-1)));
      const sum = back === 1 ? s.add('add', bent, t) : s.subtract('subtract', bent, t);
      return s.finish(s.conv('last', sum, times(2, 3)));
    };
    expect(kindOf(plain, falling(1))).toBe('equal');
    expect(kindOf(falling(1), plain)).toBe('equal');
    expect(kindOf(falling(1), falling(1))).toBe('equal');
    expect(kindOf(plain, falling(-1))).toBe('unmatched');
    expect(kindOf(falling(-1), plain)).toBe('unmatched');
  });

  test('f(−x) is not f(x), and neither is −f(x)', () => {
    const negated = conv('negated', times(-1));
    expect(kindOf(network(act(smooth)), network(negated, act(smooth)))).toBe('unmatched');
    expect(kindOf(network(negated, act(smooth)), network(act(smooth)))).toBe('unmatched');
    expect(kindOf(network(negated, act(smooth)), network(act(smooth), negated))).toBe('unmatched');
  });

  test('of a number either sign is the same number', () => {
    const level = (value: number, add: number): Model =>
      network(
        conv(
          'number',
          filterFrom({ inChannels: 3, outChannels: 1, height: 1, width: 1 }, () => 0, [value]),
        ),
        act(smooth),
        (s, x) => s.translate('plus', x, [add]),
      );
    expect(kindOf(level(0.75, 0), level(-0.75, 0.75))).toBe('equal');
    expect(kindOf(level(-0.75, 0.75), level(0.75, 0))).toBe('equal');
    expect(kindOf(level(0.75, 0), level(-0.75, 0))).toBe('unmatched');
    expect(kindOf(level(0.75, 0), level(-0.75, -0.75))).toBe('unmatched');
  });

  test('a channel turned around ahead of it and behind it', () => {
    const signs = [1, -1, 1, -1];
    const model = block(smooth);
    // Wrong: f is not odd.
    const s = new Sketch();
    const x = s.input(...shape);
    const bent = act(smooth)(s, s.conv('branch', x, scaleRows(branch, signs)));
    const odd = s.finish(s.add('add', x, s.conv('out', bent, scaleColumns(out, signs))));
    expect(kindOf(model, odd)).toBe('unmatched');
  });

  test.each([false, true])('what the converter makes of a block, fused %s', (fuse) => {
    const s = new Blocks(5);
    const { of, alpha = 0, beta = 0 } = smooth;
    let x = s.input({ channels: 4, height: 6, width: 5 });
    for (const name of ['a', 'b']) {
      const mixed = s.batchNorm(
        `${name}.bn`,
        s.conv(`${name}.dw`, x, 4, { kernel: 3, groups: 4, bias: true }),
      );
      const wide = s.batchNorm(`${name}.bn1`, s.conv(`${name}.pw`, mixed, 9));
      const bent = s.builder.add({
        ...{ kind: 'opaque', name: `${name}.act`, inputs: [wide], function: of, alpha, beta },
      });
      const narrow = s.batchNorm(`${name}.bn2`, s.conv(`${name}.out`, bent, 4));
      x = s.add(`${name}.add`, x, narrow);
    }
    const model = s.done(
      s.dense(
        'head',
        s.builder.add({ kind: 'flatten', name: 'flat', inputs: [x], order: 'chw' }),
        3,
      ),
    );
    for (const strategy of ['auto', 'split'] as const) {
      const options = { strategy, inputRange: null, foldBatchNorm: fuse, fuse };
      const conversion = built(convert(model, options));
      expect(conversion.removed).toHaveLength(2);
      const converted = throughFile(conversion.model);
      expect(kindOf(model, converted)).toBe('equal');
      expect(kindOf(converted, model)).toBe('equal');
    }
  });

  test('a converter that forgets a sign is refuted', async () => {
    const [original, correct] = [block(smooth), twin(smooth)];
    expect(await verify(original, correct)).toMatchObject({ verdict: 'proved' });
    for (const wrong of [{ merged: [1, 1] }, { gains: [1, 1] }, { gains: [1, 0] }] as const) {
      const verdict = await verify(original, twin(smooth, wrong));
      expect(verdict).toMatchObject({ verdict: 'refuted' });
    }
  });

  test('what is wrong behind the halves is named where it is', async () => {
    const sign = await verify(block(smooth), twin(smooth, { merged: [1, 1] }));
    expect(sign).toMatchObject({ firstDifference: { layer: 'out', channel: 0 } });
    const weight = out.weight.map((w, i) => (i === 41 ? w * 1.001 : w));
    const merged = columns(columns(times(1, 3), times(-1, 3)), { ...out, weight });
    const first = rows(times(1), times(-1), branch);
    const off = network(conv('branch', first), act(smooth), conv('out', merged));
    expect(await verify(block(smooth), off)).toMatchObject({
      verdict: 'refuted',
      firstDifference: {
        layer: 'out',
        channel: 1,
        cause: expect.stringMatching(/one coefficient/),
      },
    });
  });
});

describe.each(others)('$of with $alpha and $beta', (smooth) => {
  test('has no halves', () => {
    expect(kindOf(block(smooth), twin(smooth))).toBe('unmatched');
    expect(kindOf(network(conv('same', times(1))), alone(smooth))).toBe('unmatched');
    expect(kindOf(block(smooth), block(smooth))).toBe('equal');
    expect(kindOf(twin(smooth), twin(smooth))).toBe('equal');
  });
});

test('hard swish of any steepness has halves, and two of different ones have none', () => {
  const steep = { ...hardSwish, alpha: 0.4 };
  expect(kindOf(block(steep), twin(steep))).toBe('equal');
  expect(kindOf(block(steep), twin(hardSwish))).toBe('unmatched');
});
