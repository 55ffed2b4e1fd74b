/**
 * Signs that intervals do not see: proved by z3, used in a second numbering, and named in the verdict.
 *
 * The argument is relu(x) + relu(z) − relu(x + z), which lies in [0, min(|x|, |z|)].
 */
import { describe, expect, test } from 'vitest';
import { prove } from '../../src/equivalence/prove.ts';
import { everything } from '../../src/equivalence/interval.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { verify } from '../../src/verify.ts';
import { filterFrom, type Filter } from '../../src/networks/filter.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';

const random = new Random(20);
const stem = random.filter(2, 2, 3, { bias: true });
const head = random.filter(1, 2, 3, { bias: true });

/** A 1×1 convolution from its matrix. */
function matrix(
  rows: readonly (readonly number[])[],
  bias: readonly number[] | null = null,
): Filter {
  const size = { inChannels: rows[0].length, outChannels: rows.length, height: 1, width: 1 };
  return filterFrom(size, (o, i) => rows[o][i], bias);
}

const branches = matrix([
  [1, 0],
  [0, 1],
  [1, 1],
]);

/** weights · (relu(x), relu(z), relu(x + z)) of the two channels of a tensor. */
function threeBranches(s: Sketch, x: TensorId, weights: readonly number[]): TensorId {
  const rectified = s.relu('branches.relu', s.conv('branches', x, branches));
  return s.conv('merge', rectified, matrix([weights]));
}

const subadditive = [1, 1, -1];

type Step = (s: Sketch, x: TensorId) => TensorId;

const identity: Step = (_, x) => x;
const relu: Step = (s, x) => s.relu('relu', x);

function network(step: Step, weights = subadditive, first: Step | null = null): Model {
  const s = new Sketch();
  const x = (first ?? ((t, y) => t.conv('stem', y, stem)))(s, s.input(2, 5, 6));
  return s.finish(s.conv('head', step(s, threeBranches(s, x, weights)), head));
}

function outcome(verdict: Verdict): string {
  return verdict.verdict === 'proved' ? verdict.grade : verdict.verdict;
}

const options = { inputRange: everything, maxUlps: 16 };

describe('a ReLU behind what is never negative is the identity', () => {
  test('intervals do not see it', () => {
    expect(prove(network(relu), network(identity), options).kind).toBe('unmatched');
  });

  test('z3 does, in the original model', async () => {
    const verdict = await verify(network(relu), network(identity));
    expect(verdict).toMatchObject({ verdict: 'proved', grade: 'exact', maxUlps: 0 });
    if (verdict.verdict !== 'proved') return;
    expect(verdict.facts).toHaveLength(1);
    expect(verdict.facts?.[0]).toMatch(
      /^relu of the original model, channel 0: its argument is never below 0, by z3 \(\d+ units\)$/,
    );
    // A proved fact is no assumption.
    expect(verdict.assumptions.join()).not.toMatch(/z3/);
  });

  test('and in the converted one', async () => {
    const verdict = await verify(network(identity), network(relu));
    expect(outcome(verdict)).toBe('exact');
    if (verdict.verdict === 'proved') expect(verdict.facts?.[0]).toMatch(/^relu of the converted/);
  });

  test('behind a batch norm whose factor is irrational', async () => {
    const norm = { scale: [3], offset: [0], mean: [0], variance: [2], epsilon: 2 ** -10 };
    const normed: Step = (s, x) => s.norm('bn', x, norm);
    const both: Step = (s, x) => relu(s, normed(s, x));
    expect(outcome(await verify(network(normed), network(both)))).toBe('exact');
    // 2⁻²⁰ below zero is below zero.
    const lower = { ...norm, offset: [-(2 ** -20)] };
    const shifted: Step = (s, x) => s.norm('bn', x, lower);
    const verdict = await verify(
      network(shifted),
      network((s, x) => relu(s, shifted(s, x))),
    );
    expect(verdict.verdict).not.toBe('proved');
  });

  test('no solver is asked where the models match without', async () => {
    const verdict = await verify(network(relu), network(relu));
    expect(outcome(verdict)).toBe('exact');
    expect(verdict).not.toHaveProperty('facts');
  });
});

test('a ReLU behind what is never positive is zero', async () => {
  const negative = subadditive.map((w) => -w);
  const zero = (): Model => {
    const s = new Sketch();
    const x = s.conv('stem', s.input(2, 5, 6), stem);
    return s.finish(s.conv('head', s.scale('zero', s.select('first', x, [0]), [0]), head));
  };
  const verdict = await verify(zero(), network(relu, negative));
  expect(outcome(verdict)).toBe('exact');
  if (verdict.verdict === 'proved') expect(verdict.facts?.[0]).toMatch(/never above 0, by z3/);
});

test('both ends of a clip, with a range of the input', async () => {
  // Each is at most 1, so the sum less relu(x + z) is; intervals say 2.
  const clip: Step = (s, x) => s.clip('clip', x, 0, 1);
  const inputRange = { lower: -1, upper: 1 };
  const plain = network(identity, subadditive, identity);
  const clipped = network(clip, subadditive, identity);
  const verdict = await verify(plain, clipped, { inputRange });
  expect(outcome(verdict)).toBe('exact');
  if (verdict.verdict === 'proved') {
    const facts = verdict.facts ?? [];
    expect(facts.map((f) => / never (.*), by z3/.exec(f)?.[1])).toEqual(['below 0', 'above 1']);
  }
  const wider = { lower: -1.5, upper: 1.5 };
  expect((await verify(plain, clipped, { inputRange: wider })).verdict).toBe('refuted');
});

describe('what is not so is not proved', () => {
  test('too much is subtracted', async () => {
    const weights = [1, 1, -1.0625];
    expect((await verify(network(identity, weights), network(relu, weights))).verdict).toBe(
      'refuted',
    );
  });

  test('at the border a neighbour is zero, not what its definition says of zero', async () => {
    // relu(x + 1) − x ≥ 1 holds at every pixel of the image; beside it both are zero.
    const left = filterFrom(
      { inChannels: 2, outChannels: 1, height: 1, width: 3 },
      (_, i, __, x) => (x > 0 ? 0 : i === 0 ? 1 : -1),
    );
    const build = (pads: number, step: Step): Model => {
      const s = new Sketch();
      const x = s.conv('copy', s.input(1, 5, 6), matrix([[1], [1]]));
      const y = s.relu('bent', s.translate('plus', s.select('first', x, [0]), [1]));
      const pair = s.concat('pair', [y, s.select('second', x, [1])]);
      const pads4 = { top: 0, bottom: 0, left: pads, right: 0 };
      const z = s.conv('left', pair, { ...left, bias: [-1] }, { pads: pads4 });
      return s.finish(step(s, z));
    };
    expect((await verify(build(1, identity), build(1, relu))).verdict).toBe('refuted');
  });
});

test('a solver that gives up proves nothing', async () => {
  const verdict = await verify(network(identity), network(relu), { rlimit: 1 });
  expect(verdict.verdict).toBe('undecided');
});

test('later layers know what a fact has shown of a channel', async () => {
  // The last ReLU is behind the first one plus something that is never negative.
  const deep: Step = (s, x) => {
    const y = relu(s, x);
    const z = s.relu('other', s.scale('twice', x, [2]));
    return s.relu('last', s.add('sum', y, z));
  };
  const bare: Step = (s, x) => s.scale('triple', x, [3]);
  const verdict = await verify(network(deep), network(bare));
  expect(outcome(verdict)).toBe('exact');
  if (verdict.verdict === 'proved') expect(verdict.facts).toHaveLength(1);
});
