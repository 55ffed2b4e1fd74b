/** What changed since the last release, case by case. */
import { expect, test } from 'vitest';
import { changesSince, type ChangedCase } from '../../src/gate/baseline.ts';
import { gateText } from '../../src/report/gate/terminal.ts';
import { drawnCase, outcomes, resultOf } from './results.ts';

const { exact, rounded, refuted, undecided, crashed, lost, remembered } = outcomes;

const indices = (cases: readonly ChangedCase[]): readonly number[] =>
  cases.map(({ now }) => now.index);

test('each change is told once, under its name', () => {
  const before = [exact, exact, refuted, undecided, exact, rounded, refuted, exact];
  const after = [exact, refuted, refuted, exact, rounded, exact, undecided, lost];
  const changes = changesSince(
    resultOf(before.map((outcome, k) => drawnCase(k, outcome))),
    resultOf(after.map((outcome, k) => drawnCase(k, outcome))),
  );
  expect(changes).toMatchObject({ common: 8, added: 0, dropped: 0 });
  expect(indices(changes.newlyFailing)).toEqual([1]);
  expect(indices(changes.newlyProved)).toEqual([3]);
  expect(indices(changes.moreRounding)).toEqual([4]);
  expect(indices(changes.newlyOpen)).toEqual([6, 7]);
});

test('cases are told apart by converter and network, whatever their index', () => {
  const baseline = resultOf([drawnCase(0, exact), drawnCase(1, refuted, 'other')]);
  const moved = { ...drawnCase(0, crashed), index: 5 };
  const result = resultOf([moved, drawnCase(1, refuted)]);
  const changes = changesSince(baseline, result);
  expect(changes).toMatchObject({ common: 1, added: 1, dropped: 1 });
  // The second is a failure of a converter that the baseline did not have.
  expect(indices(changes.newlyFailing)).toEqual([5, 1]);
  expect(changes.newlyFailing.map(({ before }) => before?.index ?? null)).toEqual([0, null]);
});

test('slower is twice as long and a second more; what was remembered has no time', () => {
  const timed = (seconds: readonly number[], outcome: typeof exact | typeof remembered = exact) =>
    resultOf(seconds.map((s, k) => ({ ...drawnCase(k, outcome), seconds: s })));
  const changes = changesSince(timed([0.1, 2, 2, 10]), timed([1.05, 3.9, 4, 12]));
  expect(indices(changes.slower)).toEqual([2]);
  expect(changes.seconds.before).toBeCloseTo(14.1);
  expect(changes.seconds.now).toBeCloseTo(20.95);
  const cached = changesSince(timed([0.1, 2], remembered), timed([5, 9]));
  expect(cached).toMatchObject({ slower: [], seconds: { now: 0, before: 0 } });
});

test('the text lists what changed, the worst first', () => {
  const baseline = resultOf([drawnCase(0, exact), drawnCase(1, exact), drawnCase(2, refuted)]);
  const result = resultOf([drawnCase(0, refuted), drawnCase(1, rounded), drawnCase(2, exact)]);
  const text = gateText(result, changesSince(baseline, result));
  const lines = text.slice(text.indexOf('Since the baseline')).trimEnd().split('\n');
  expect(lines).toEqual([
    'Since the baseline (plainproof 0.1.0): 3 cases in both; 0.75 s for those judged in both, was 0.75 s.',
    '  1 newly refuted or failing',
    '    ours, network 0 (basic, repVgg; seed 1000): another function: a ReLU cuts off what is negative at block1.conv2, channel 2; outputs differ by 0.25 (was proved, exact)',
    '  1 with more rounding',
    '    ours, network 1 (basic, repVgg; seed 1001): proved, 0.513 ulps (was proved, exact)',
    '  1 newly proved',
    '    ours, network 2 (basic, repVgg; seed 1002): proved, exact (was another function: a ReLU cuts off what is negative at block1.conv2, channel 2; outputs differ by 0.25)',
  ]);
});
