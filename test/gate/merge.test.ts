/** Shards become the whole run, or it is said why they do not; files of results are not believed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countOutcomes,
  type GateFailure,
  type GateResult,
  type Outcome,
} from '../../src/gate/case.ts';
import { mergeShards, type ShardFile } from '../../src/gate/merge.ts';
import { parseResult } from '../../src/gate/read-result.ts';
import { gateJsonText } from '../../src/report/gate/json.ts';
import { drawnCase, everything, outcomes, resultOf } from './results.ts';

const kinds: readonly Outcome[] = Object.values(outcomes);

function failureAt(index: number): GateFailure {
  const { failure } = everything;
  if (failure === null) throw new Error('no failure to copy');
  return { ...failure, index };
}

/** The shards that a run of these cases is cut into by index, each with its own first failure. */
function shardsOf(whole: GateResult, count: number): readonly ShardFile[] {
  return Array.from({ length: count }, (_, k) => {
    const cases = whole.cases.filter(({ index }) => index % count === k);
    const first = cases.find(
      ({ outcome }) => outcome.kind === 'refuted' || outcome.kind === 'converterFailed',
    );
    const result = {
      ...whole,
      shard: { index: k + 1, count },
      cases,
      counts: countOutcomes(cases),
      failure: first === undefined ? null : failureAt(first.index),
      seconds: 1,
    };
    return { file: `${k + 1}.json`, result };
  });
}

function changed(files: readonly ShardFile[], k: number, change: Partial<GateResult>): ShardFile[] {
  return files.map((one, at) =>
    at === k ? { ...one, result: { ...one.result, ...change } } : one,
  );
}

function reason(files: readonly ShardFile[]): string {
  const merged = mergeShards(files);
  return merged.ok ? 'merged' : `${merged.failure.node}: ${merged.failure.reason}`;
}

const whole = resultOf(kinds.map((outcome, index) => drawnCase(index, outcome)));
const four = shardsOf(whole, 4);

test('however a run is cut and in whatever order shards come, merging gives the run', () => {
  const run = fc.record({
    kinds: fc.array(fc.constantFrom(...kinds), { maxLength: 30 }),
    count: fc.integer({ min: 1, max: 6 }),
    order: fc.nat(),
  });
  fc.assert(
    fc.property(run, ({ kinds: drawn, count, order }) => {
      const cases = drawn.map((outcome, index) => drawnCase(index, outcome));
      const [{ result: alone }] = shardsOf(resultOf(cases), 1);
      const shards = shardsOf(resultOf(cases), count);
      const turned = shards.map((_, k) => shards[(k + order) % count]);
      const merged = mergeShards(turned);
      expect(merged).toEqual({ ok: true, value: { ...alone, shard: null, seconds: count } });
    }),
    { seed: 1 },
  );
});

describe('does not merge', () => {
  test('a run without one of its shards', () => {
    for (let k = 0; k < 4; k++) {
      const rest = four.filter((_, at) => at !== k);
      expect(reason(rest)).toBe(`: shard ${k + 1} of 4 is missing`);
    }
  });

  test('a shard twice', () => {
    expect(reason([...four, four[1]])).toBe('2.json: shard 2 again, after 2.json');
  });

  test.each([
    ['seed', { seed: 8 }],
    ['plainproof version', { version: '0.2.0' }],
    ['configuration', { configDigest: 'cd'.repeat(32) }],
    ['share of undecided allowed', { undecidedAllowed: 0.5 }],
    ['number of cases', { planned: 5 }],
  ])('a shard with another %s', (words, change) => {
    expect(reason(changed(four, 2, change))).toContain(`3.json: another ${words} than 1.json`);
  });

  test('shards of different cuts, or a whole run', () => {
    expect(reason(changed(four, 3, { shard: { index: 4, count: 5 } }))).toContain(
      '4.json: shard 4',
    );
    expect(reason([{ file: 'a.json', result: whole }])).toContain('a.json: the result of a whole');
    expect(reason([])).toContain('nothing to merge');
  });

  test('a shard that lost a case, or has one of another shard', () => {
    const [, second] = four;
    const cases = second.result.cases.slice(1);
    expect(reason(changed(four, 1, { cases }))).toBe(': case 1 of 11 is in no shard');
    const more = [...second.result.cases, whole.cases[0]];
    expect(reason(changed(four, 1, { cases: more }))).toBe(': case 0 is in more than one shard');
  });
});

test('an interrupted shard makes the whole run interrupted', () => {
  const cases = four[1].result.cases.slice(1);
  const merged = mergeShards(changed(four, 1, { cases, interrupted: true }));
  expect(merged).toMatchObject({ ok: true, value: { interrupted: true, planned: 11 } });
});

describe('a file that is no result', () => {
  const text = gateJsonText(everything);

  test.each([
    ['cut off', text.slice(0, text.length / 2)],
    ['another JSON', '{"verdict": "proved"}'],
    ['a list', '[]'],
    ['empty', ''],
  ])('%s', (_, json) => {
    expect(parseResult(json)).toMatchObject({ ok: false, failure: { code: 'bad-value' } });
  });

  test.each([
    ['"seed": 7', '"seed": -7', 'seed: -7, not a whole number ≥ 0'],
    ['"kind": "undecided"', '"kind": "passed"', 'cases[2].outcome.kind: "passed", not'],
    ['"failure": "timedOut"', '"failure": "slow"', 'cases[4].outcome.failure: "slow", not crashed'],
    ['"grade": "exact"', '"rank": "exact"', 'cases[0].outcome.grade: missing, not exact'],
    ['"shard": null', '"shard": {"index": 3, "count": 2}', 'shard: an object, not a shard'],
  ])('with %s as %s', (from, to, said) => {
    const result = parseResult(text.replace(from, to));
    expect(result.ok ? 'read' : result.failure.reason).toContain(said);
  });

  test('counts are counted, not believed', () => {
    const result = parseResult(text.replace('"refuted": 3', '"refuted": 0'));
    expect(result.ok && result.value.counts.refuted).toBe(3);
  });
});
