/**
 * "For every index below n", in a language without quantifiers: the sum of the exceptions is zero.
 *
 * A hypothesis that speaks of every channel (a permutation, a bias that is zero throughout) is written so. It is
 * closed under the sum's index, so it may stand to the left while a proof goes under another sum.
 */
import { fun, int, substitute, sum, type Term } from '../../logic/term.ts';
import { emptySum, induction, instance, nextSum, type Theorem } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, atMost, equal, ite, one, where, within, zero } from '../notation.ts';
import { ofIndex, range } from '../sums.ts';
import { assumption, integer, termsOf, typing } from './letters.ts';

/** An exception counts one. */
const exception = (holds: Term): Term => ite(holds, zero, one);

/** Every i < count is such that `holds`. */
export function allBelow(count: Term, holds: (i: Term) => Term): Term {
  return equal(
    sum(count, (i) => exception(holds(i))),
    zero,
  );
}

const [n, m, j] = ['n', 'm', 'j'].map(integer);
const phi = fun('phi', 'Bool');
const exceptions = (k: Term): Term => exception(phi(k));

export const allBelowEach: Entry = {
  name: 'all-below',
  says: 'Where the exceptions below n add up to zero, no index below n is one.',
  source: 'how statements here say "for every channel"',
  statement: {
    hypotheses: [
      ...range(j, n).map(typing),
      assumption({
        label: 'all',
        meaning: 'the exceptions add up to zero',
        term: allBelow(n, phi),
      }),
    ],
    conclusion: phi(j),
  },
  prove: async (proof) => {
    // The exceptions below m, and with them the one at j, where j is below m.
    const claim = atMost(where(within(j, m), exceptions(j)), sum(m, exceptions));
    const at = (value: Term): Term => substitute(claim, { m: value });
    const by = { h: ofIndex(exceptions) };
    const base = await proof.show('one of many, base', { hypotheses: [], conclusion: at(int(0)) }, [
      instance(emptySum(), by),
    ]);
    const step = await proof.show(
      'one of many, step',
      { hypotheses: [atMost(int(0), m), claim], conclusion: at(add(m, int(1))) },
      [instance(nextSum(), { ...by, n: m })],
    );
    const most = induction({ variable: 'm', claim, bound: n, base, step });
    const { statement } = allBelowEach;
    return proof.show(
      'none',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [most],
    );
  },
  sizes: [{ n: 3, j: 1 }],
};

/** The theorem for one property: 0 ≤ j, j < count, every index below count is such ⊢ j is. */
export function eachBelow(
  theorem: Theorem,
  of: { readonly count: Term; readonly at: Term; readonly holds: (i: Term) => Term },
): Theorem {
  return instance(theorem, { n: of.count, j: of.at, phi: ofIndex(of.holds) });
}
