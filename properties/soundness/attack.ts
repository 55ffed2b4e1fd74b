/**
 * The attack, case by case: a correct conversion has to be proved; then a fault is put into it, which must
 * not be. Says what happened as plain data; which of it breaks a law is for the caller.
 */
import { verify } from '../../src/verify.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { inject, type Injected } from './case.ts';
import { judge, type Outcome } from './judge.ts';
import { subject, type Subject, type SubjectFamily } from './subject.ts';

/** What a verifier that throws is said to have answered. */
type Crash = 'crashed';

export interface Attack {
  readonly seed: number;
  readonly index: number;
  readonly family: SubjectFamily;
  /** The verdict on the correct conversion. No fault is put into one that is not proved. */
  readonly conversion: Verdict['verdict'] | Crash;
  /** Null where there was no fault to put in. */
  readonly fault: FaultRecord | null;
  /** Why a verdict is not the wanted one, in the verifier's words; else empty. */
  readonly remark: string;
}

export interface FaultRecord {
  readonly name: string;
  readonly layer: string;
  readonly at: number;
  readonly outcome: Outcome | Crash;
}

function remarkOn(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'proved':
      return `proved, ${verdict.grade}, ${verdict.maxUlps} ulps`;
    case 'undecided':
      return verdict.reason;
    case 'refuted':
      return `refuted: ${verdict.firstDifference?.cause ?? ''}`;
  }
}

function crash(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return trace.split('\n').slice(0, 3).join(' ').replaceAll(/\s+/g, ' ');
}

async function attackFault(
  base: Subject,
  injected: Injected,
  index: number,
): Promise<Pick<Attack, 'fault' | 'remark'>> {
  const { fault, place, faulty } = injected;
  const where = { name: fault.name, layer: place.layer, at: place.at };
  try {
    const { outcome, verdict } = await judge(base, faulty, { seed: index });
    const remark = outcome === 'refuted' || outcome === 'noChange' ? '' : remarkOn(verdict);
    return { fault: { ...where, outcome }, remark };
  } catch (error) {
    return { fault: { ...where, outcome: 'crashed' }, remark: crash(error) };
  }
}

/** Case `index` of a seed: the same every time. */
export async function attack(seed: number, index: number): Promise<Attack> {
  const base = subject(seed, index);
  const { original, converted, inputRange, family } = base;
  const common = { seed, index, family, fault: null };
  let verdict: Verdict;
  try {
    verdict = await verify(original, converted, { inputRange });
  } catch (error) {
    return { ...common, conversion: 'crashed', remark: crash(error) };
  }
  const conversion = verdict.verdict;
  if (conversion !== 'proved') return { ...common, conversion, remark: remarkOn(verdict) };
  const injected = inject(base, seed, index);
  if (injected === null) return { ...common, conversion, remark: '' };
  return { ...common, conversion, ...(await attackFault(base, injected, index)) };
}
