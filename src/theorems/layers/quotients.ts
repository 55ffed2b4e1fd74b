/**
 * Facts about quotients, each reduced to the one that defines them, v·(t/v) = t: solvers are good at products
 * of letters and poor at division.
 */
import type { Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import { atMost, equal, one, over, times } from '../notation.ts';
import { discharge, type Proof } from '../proof.ts';
import { number } from './direct.ts';

const [t, v] = ['t', 'v'].map(number);

/** 1 ≤ v ⊢ v·(t/v) = t */
function definition(proof: Proof): Promise<Theorem> {
  const conclusion = equal(times(v, over(t, v)), t);
  return proof.show('quotient', { hypotheses: [atMost(one, v)], conclusion });
}

/** A letter that stands for dividend/divisor. */
export interface Quotient {
  readonly name: string;
  readonly dividend: Term;
  readonly divisor: Term;
}

/**
 * 1 ≤ divisors ⊢ conclusion, in which the quotients are letters to the solver, and are divisions in the
 * result. `step` names the obligation.
 */
export async function withQuotients(
  proof: Proof,
  of: { readonly step: string; readonly quotients: readonly Quotient[]; readonly conclusion: Term },
): Promise<Theorem> {
  const { step, quotients, conclusion } = of;
  const known = await proof.show(step, {
    hypotheses: quotients.flatMap(({ name, dividend, divisor }) => [
      atMost(one, divisor),
      equal(times(divisor, number(name)), dividend),
    ]),
    conclusion,
  });
  const defined = await definition(proof);
  const by = quotients.map(({ name, dividend, divisor }) => [name, over(dividend, divisor)]);
  return discharge(
    instance(known, Object.fromEntries(by)),
    ...quotients.map(({ dividend, divisor }) => instance(defined, { t: dividend, v: divisor })),
  );
}
