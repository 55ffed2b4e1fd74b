/**
 * The proof attempt: both models through one numbering, then output against output.
 *
 * Pure and synchronous. What it returns is either a proof with its price or the first output channel that
 * did not come out the same; finding out whether that is a real difference is somebody else's work.
 */
import type { Model } from '../model/model.ts';
import { constantsAgree, scalesAgree } from './atoms.ts';
import { Facts, type Statement } from './doubts.ts';
import type { Question } from './exact.ts';
import type { Interval } from './interval.ts';
import { LayerLedger, type Roundings } from './layer-ledger.ts';
import { Ledger } from './ledger.ts';
import { Numbering } from './numbering.ts';
import type { Tensor } from './tensor.ts';
import type { Origin } from './value.ts';

export interface ProofOptions {
  readonly inputRange: Interval;
  readonly maxUlps: number;
  /** Signs that a solver has proved; none unless given. */
  readonly facts?: Facts;
  /** Keeps a record of what was done layer by layer; see account.ts. */
  readonly record?: boolean;
}

/** What an account of an attempt is made from. */
export interface Recorded {
  readonly numbering: Numbering;
  readonly roundings: Roundings;
}

export type Attempt =
  | {
      readonly kind: 'equal';
      readonly exact: boolean;
      readonly ulps: number;
      readonly where: Origin | null;
      /** Where not exact: what would have to be answered yes to make it so; empty where nothing does. */
      readonly questions: readonly Question[];
      /** What facts the proof used, each as the statement it rests on; the caller sees to their proofs. */
      readonly used: readonly Statement[];
      /** Names of the theorems its steps are instances of. */
      readonly theorems: readonly string[];
      readonly recorded: Recorded | null;
    }
  | {
      readonly kind: 'unmatched';
      readonly numbering: Numbering;
      readonly original: Tensor;
      readonly converted: Tensor;
      /** First channel of that output that differs. */
      readonly channel: number;
      readonly recorded: Recorded | null;
    };

/** Whether two channels are the same function; books what was forgiven. */
function sameChannel(
  numbering: Numbering,
  ledger: Ledger,
  maxUlps: number,
  tensors: { readonly original: Tensor; readonly converted: Tensor; readonly channel: number },
): boolean {
  const { original, converted, channel } = tensors;
  const { interner } = numbering;
  const p = original.point(channel);
  const q = converted.point(channel);
  const a = interner.term(p, original.place(channel));
  const b = interner.term(q, converted.place(channel));
  const { origin } = converted.place(channel);
  const steps = [constantsAgree(p.constant, q.constant)];
  if (a?.value !== b?.value) return false;
  if (a !== null && b !== null) steps.push(scalesAgree(a.scale, b.scale));
  for (const step of steps) {
    if (!step.exact && !(step.ulps <= maxUlps)) return false;
    ledger.charge(step, origin);
  }
  return true;
}

/** Tries to prove that both models compute the same function; their ports must already agree. */
export function prove(original: Model, converted: Model, options: ProofOptions): Attempt {
  const quick = attempt(original, converted, options, false);
  return quick.kind === 'equal' ? quick : attempt(original, converted, options, true);
}

function attempt(
  original: Model,
  converted: Model,
  options: ProofOptions,
  thorough: boolean,
): Attempt {
  const { maxUlps, inputRange: input, facts = new Facts(), record = false } = options;
  const booked = record ? new LayerLedger() : null;
  const ledger = booked ?? new Ledger();
  const numbering = new Numbering({ ledger, maxUlps, input, thorough, facts, watched: record });
  const recorded = (): Recorded | null =>
    booked === null ? null : { numbering, roundings: booked.roundings() };
  const left = numbering.number(original, 'original');
  // Before the converted model is read: from there on what is named is named up to rounding.
  for (const tensor of left) tensor.termAll();
  const right = numbering.number(converted, 'converted');
  let congruent = true;
  for (const [output, tensor] of left.entries()) {
    if (tensor === right[output]) continue;
    congruent = false;
    for (let channel = 0; channel < tensor.channels; channel++) {
      const channels = { original: tensor, converted: right[output], channel };
      if (!sameChannel(numbering, ledger, maxUlps, channels)) {
        return { kind: 'unmatched', numbering, ...channels, recorded: recorded() };
      }
    }
  }
  const { used } = numbering.interner.doubts;
  const { theorems } = numbering.interner.steps;
  const grounds = { used, theorems, recorded: recorded() };
  if (congruent) {
    return { kind: 'equal', exact: true, ulps: 0, where: null, questions: [], ...grounds };
  }
  const { exact, questions, ulps, where } = ledger;
  const decided = exact && questions.length === 0;
  return { kind: 'equal', exact: decided, ulps, where, questions, ...grounds };
}
