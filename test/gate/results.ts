/** Results of gates with an outcome of every kind, for tests of how results are written and compared. */
import {
  countOutcomes,
  type CaseResult,
  type GateResult,
  type Outcome,
} from '../../src/gate/case.ts';

/** Everything that a format might take for its own syntax. */
const nasty = 'line 1\nline 2, <a href="x">&amp; ]]> `|` \u0000\u001b[31m 50% \ud800 \u202e é';

const assumptions = ['every input value is a finite real number'];

export const outcomes = {
  exact: { kind: 'proved', grade: 'exact', maxUlps: 0, assumptions, remembered: false },
  rounded: { kind: 'proved', grade: 'rounded', maxUlps: 0.5123, assumptions, remembered: false },
  remembered: { kind: 'proved', grade: 'exact', maxUlps: 0, assumptions, remembered: true },
  refuted: {
    kind: 'refuted',
    cause: 'a ReLU cuts off what is negative',
    layer: 'block1.conv2',
    channel: 2,
    gap: 0.25,
    replays: [{ kernel: 'wasm', gap: 0.25 }],
  },
  refutedSomewhere: {
    kind: 'refuted',
    cause: nasty,
    layer: null,
    channel: null,
    gap: 12,
    replays: [],
  },
  undecided: { kind: 'undecided', reason: 'an operator that is not known' },
  crashed: { kind: 'converterFailed', failure: 'crashed', message: nasty },
  timedOut: { kind: 'converterFailed', failure: 'timedOut', message: 'after 60 s' },
  wroteNothing: { kind: 'converterFailed', failure: 'wroteNothing', message: '' },
  wroteBroken: { kind: 'converterFailed', failure: 'wroteBroken', message: 'no ONNX model' },
  lost: { kind: 'workerFailed', message: 'the process was killed by SIGKILL' },
} as const satisfies Readonly<Record<string, Outcome>>;

export function drawnCase(index: number, outcome: Outcome, converter = 'ours'): CaseResult {
  const source = { kind: 'network', families: ['basic', 'repVgg'], seed: 1000 + index } as const;
  return { index, converter, source, outcome, seconds: 0.25 };
}

function modelCase(index: number, file: string, outcome: Outcome): CaseResult {
  return { index, converter: 'ours', source: { kind: 'model', file }, outcome, seconds: 2 };
}

export function resultOf(cases: readonly CaseResult[], rest: Partial<GateResult> = {}): GateResult {
  return {
    version: '0.1.0',
    configDigest: 'ab'.repeat(32),
    seed: 7,
    undecidedAllowed: 0,
    shard: null,
    planned: cases.length,
    cases,
    counts: countOutcomes(cases),
    failure: null,
    interrupted: false,
    seconds: 3.5,
    ...rest,
  };
}

export const allProved = resultOf([
  drawnCase(0, outcomes.exact),
  drawnCase(1, outcomes.rounded),
  modelCase(2, '../models/net.onnx', outcomes.remembered),
]);

export const everything = resultOf(
  [
    drawnCase(0, outcomes.exact),
    drawnCase(1, outcomes.refuted, 'another'),
    drawnCase(2, outcomes.undecided),
    drawnCase(3, outcomes.crashed),
    drawnCase(4, outcomes.timedOut),
    drawnCase(5, outcomes.wroteNothing),
    drawnCase(6, outcomes.wroteBroken),
    drawnCase(7, outcomes.lost),
    drawnCase(8, outcomes.refutedSomewhere, nasty),
    modelCase(9, '../models/a net#1.onnx', outcomes.refuted),
    modelCase(10, '/models/b.onnx', outcomes.rounded),
  ],
  {
    failure: {
      index: 1,
      converter: 'another',
      source: { kind: 'network', families: ['basic', 'repVgg'], seed: 1001 },
      outcome: outcomes.refuted,
      folder: 'reports/gate/failure',
      original: 'original.onnx',
      converted: 'converted.onnx',
      verdict: 'verdict.json',
      layers: 4,
      channels: 1,
      tried: 57,
      reproduce: "npx plainproof gate --only 1 --config 'it''s.ts'",
    },
  },
);

export const interrupted = resultOf([drawnCase(0, outcomes.exact)], {
  planned: 200,
  interrupted: true,
});

export const empty = resultOf([]);
