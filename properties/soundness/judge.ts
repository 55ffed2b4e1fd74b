/**
 * What becomes of a fault: the verdict on it, held against whether it changes the function.
 *
 * The verifier is asked about the original and the faulty conversion; whether the fault changes anything is
 * found out between the correct and the faulty conversion, by apart.ts and not by the verifier.
 */
import { gap } from '../../test/pairs/gap.ts';
import type { KernelName } from '../../src/kernels/kernel.ts';
import type { Model } from '../../src/model/model.ts';
import type { Proved, Refuted, Verdict } from '../../src/verdict/verdict.ts';
import { verify } from '../../src/verify.ts';
import { apartExactly, apartInFloat64, functionsApart, genericInputs } from './apart.ts';
import type { Subject } from './subject.ts';

/**
 * `refuted`: on an input on which the fault makes a difference, and which every kernel asked shows.
 * `unreplayed`: refuted, and the fault makes a difference, but not on that input, or some kernel hides it.
 * `undecided`: the fault makes a difference, and no verdict.
 * `noChange`: not refuted, and no input tried shows a difference, evaluated exactly.
 * `rounding`: proved, and what the proof grants to rounded weights covers what the fault changes.
 * `wronglyProved`: proved, and it does not: the law is broken.
 * `unconfirmed`: refuted, and no input tried shows a difference, evaluated exactly. Either none of them is
 * the one that would, or the verifier refutes what is as right as the conversion it was made of.
 */
export const outcomes = [
  'refuted',
  'unreplayed',
  'undecided',
  'noChange',
  'rounding',
  'wronglyProved',
  'unconfirmed',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface Judgement {
  readonly outcome: Outcome;
  readonly verdict: Verdict;
}

/** Two families of float32 kernels that every installation has. */
export const replayKernels: readonly KernelName[] = ['wasm', 'cpu'];

/** Whether every kernel shows the counterexample, and the fault is what it shows. */
function isReplayed({ counterexample }: Refuted, { converted }: Subject, faulty: Model): boolean {
  const inputs = counterexample.inputs.map((values) => Float64Array.from(values));
  const models = { original: converted, converted: faulty };
  if (!apartInFloat64(models, inputs) && !apartExactly(models, inputs)) return false;
  const seen = counterexample.replays.filter((r) => r.gap > 0 || (r.layerGap ?? 0) > 0);
  return replayKernels.every((name) => seen.some(({ kernel }) => kernel === name));
}

/** Whether what is proved holds on every input tried. */
export function holds(
  verdict: Pick<Proved, 'grade' | 'maxUlps'>,
  { original, inputRange }: Pick<Subject, 'original' | 'inputRange'>,
  faulty: Model,
  seed: number,
): boolean {
  const pair = { original, converted: faulty };
  if (verdict.grade === 'exact') return functionsApart(pair, inputRange, seed) === null;
  const forgiven = { original: verdict.maxUlps, converted: verdict.maxUlps };
  for (const inputs of genericInputs(original, inputRange, seed)) {
    if (gap(pair, inputs, forgiven).excess > 0) return false;
  }
  return true;
}

interface JudgeOptions {
  /** For the judge's own inputs. */
  readonly seed: number;
  /** Kernels to replay on besides those two, where they open. */
  readonly more?: readonly KernelName[];
}

/** Asks the verifier about a faulty conversion, and judges the answer. */
export async function judge(
  subject: Subject,
  faulty: Model,
  { seed, more = [] }: JudgeOptions,
): Promise<Judgement> {
  const { original, converted, inputRange } = subject;
  const kernels = [...replayKernels, ...more];
  const verdict = await verify(original, faulty, { inputRange, kernels });
  const changes = (): boolean =>
    functionsApart({ original: converted, converted: faulty }, inputRange, seed) !== null;
  switch (verdict.verdict) {
    case 'refuted':
      if (isReplayed(verdict, subject, faulty)) return { verdict, outcome: 'refuted' };
      return { verdict, outcome: changes() ? 'unreplayed' : 'unconfirmed' };
    case 'undecided':
      return { verdict, outcome: changes() ? 'undecided' : 'noChange' };
    case 'proved':
      if (!holds(verdict, subject, faulty, seed)) return { verdict, outcome: 'wronglyProved' };
      return { verdict, outcome: changes() ? 'rounding' : 'noChange' };
  }
}
