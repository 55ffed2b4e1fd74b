/**
 * A sum within a longer one that is zero before and after it: kernels with zeros around them, groups among all
 * channels.
 */
import { fun, int, sum, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, and, atMost, equal, less, minus, where, zero } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { assumption, integer, termsOf, typing } from './letters.ts';

/** from ≤ index < from + count */
export function between(index: Term, from: Term, count: Term): Term {
  return and(atMost(from, index), less(index, add(from, count)));
}

/** What stands at `index` of the longer sum. */
export function embedded(
  index: Term,
  { from, count }: { readonly from: Term; readonly count: Term },
  body: (inner: Term) => Term,
): Term {
  return where(between(index, from, count), body(minus(index, from)));
}

const [n, a, k, i] = ['n', 'a', 'k', 'i'].map(integer);
const h = fun('h');
const body = (index: Term): Term => embedded(index, { from: a, count: k }, h);

export const embeddedSum: Entry = {
  name: 'embedded-sum',
  says: 'A sum that is zero before a and from a + k on is the sum of the k terms between.',
  source: 'lemma of the block-diagonal and zero-padded kernels',
  statement: {
    hypotheses: [
      typing(atMost(int(0), a)),
      typing(atMost(int(0), k)),
      assumption({
        label: 'inside',
        meaning: 'the terms end within the longer sum',
        term: atMost(add(a, k), n),
        breaksAt: { n: 1, a: 0, k: 2 },
      }),
    ],
    conclusion: equal(sum(n, body), sum(k, h)),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const rest = minus(minus(n, a), k);
    const middle = (index: Term): Term => body(add(a, index));
    const tail = (index: Term): Term => middle(add(k, index));
    // Before a, at a + i, and from a + k on.
    const part = async (
      step: string,
      count: Term,
      of: readonly [left: (index: Term) => Term, right: (index: Term) => Term],
    ): Promise<Theorem> => {
      const hypotheses = [...range(i, count), atMost(int(0), k)];
      const conclusion = equal(of[0](i), of[1](i));
      return congruent(sums, await proof.show(step, { hypotheses, conclusion }), i, count);
    };
    const nothing = (): Term => zero;
    const parts = [
      await part('before', a, [body, nothing]),
      await part('between', k, [middle, h]),
      await part('after', rest, [tail, nothing]),
    ];
    const { statement } = embeddedSum;
    return proof.show(
      'together',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [
        ...parts,
        instance(sums.split, { a, n: minus(n, a), h: ofIndex(body) }),
        instance(sums.split, { a: k, n: rest, h: ofIndex(middle) }),
        instance(sums.zero, { n: a }),
        instance(sums.zero, { n: rest }),
      ],
    );
  },
  sizes: [{ n: 4, a: 1, k: 2 }],
};
