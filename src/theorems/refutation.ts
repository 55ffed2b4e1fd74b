/**
 * Wrong statements put to a solver: each has to be refuted by a model that exact arithmetic confirms, and to
 * be true with the hypothesis it lacks.
 */
import type { Decider, Decision } from '../logic/decision.ts';
import { failure, falsehoodObligations, type Falsehood } from './falsehood.ts';
import type { Asked } from './proof.ts';

export interface Refutation {
  readonly falsehood: Falsehood;
  readonly asked: readonly Asked[];
  /** The counterexample in words; null where the statement is not refuted, or not true when mended. */
  readonly counterexample: string | null;
}

async function refuteOne(falsehood: Falsehood, decider: Decider): Promise<Refutation> {
  const texts = falsehoodObligations(falsehood);
  const asked: Asked[] = [];
  const ask = async (
    name: string,
    text: string,
    expected: 'sat' | 'unsat',
  ): Promise<Decision | null> => {
    const decision = await decider.decide(text);
    asked.push({ name, text, expected, decision });
    return decision.kind === expected ? decision : null;
  };
  const wrong = await ask('wrong', texts.refuted, 'sat');
  const mended = await ask('true with what is missing', texts.mended, 'unsat');
  const possible = await ask('what is missing can be', texts.possible, 'sat');
  const isRefuted =
    wrong?.kind === 'sat' &&
    mended !== null &&
    possible !== null &&
    failure(falsehood, wrong.values) !== null;
  return { falsehood, asked, counterexample: isRefuted ? falsehood.readable(wrong.values) : null };
}

/** In the order given. */
export function refuteAll(
  falsehoods: readonly Falsehood[],
  decider: Decider,
): Promise<readonly Refutation[]> {
  return Promise.all(falsehoods.map((falsehood) => refuteOne(falsehood, decider)));
}
