/**
 * The largest of finitely many terms: what it bounds, what bounds it, and what may be done before or after.
 *
 * The inductions start from nothing, of which the largest is unknown: their claims begin "if there is a term".
 */
import { fun, int, largest, substitute, type Term } from '../../logic/term.ts';
import {
  cut,
  firstMax,
  induction,
  instance,
  nextMax,
  NoInference,
  type Theorem,
} from '../../logic/theorem.ts';
import type { Entry, Library, Statement } from '../entry.ts';
import { add, and, atMost, equal, implies, times } from '../notation.ts';
import { relu } from '../activations.ts';
import type { Proof } from '../proof.ts';
import { ofIndex, range } from '../sums.ts';
import { nonNegative, number } from './direct.ts';
import { assumption, integer, termsOf, typing } from './letters.ts';

const [n, m, j] = ['n', 'm', 'j'].map(integer);
const [factor, b] = ['factor', 'b'].map(number);
const h = fun('h');
const g = fun('g');
const next = add(m, int(1));

type Body = (i: Term) => Term;

/** There is a term. */
const some = (count: Term): Term => atMost(int(1), count);

/** The two axioms for the largest body, at the induction variable m. */
function axioms(body: Body): readonly Theorem[] {
  const by = { h: ofIndex(body) };
  return [instance(firstMax(), by), instance(nextMax(), { ...by, n: m })];
}

/** Γ, 0 ≤ n ⊢ claim(n); then what is stated. */
async function byInduction(
  proof: Proof,
  { hypotheses, conclusion }: Statement,
  claim: Body,
  bodies: readonly Body[],
): Promise<Theorem> {
  // What the step may assume: everything that does not speak of n.
  const context = hypotheses.flatMap((hypothesis) =>
    hypothesis.kind === 'assumption' ? [hypothesis.term] : [],
  );
  const base = await proof.show('base', { hypotheses: context, conclusion: claim(int(0)) });
  const step = await proof.show(
    'step',
    { hypotheses: [...context, atMost(int(0), m), claim(m)], conclusion: claim(next) },
    bodies.flatMap(axioms),
  );
  const known = induction({ variable: 'm', claim: claim(m), bound: n, base, step });
  return proof.show('claim', { hypotheses: termsOf({ hypotheses }), conclusion }, [known]);
}

const belowLargest: Entry = {
  name: 'below-largest',
  says: 'No term is above the largest.',
  source: 'the definition of the largest',
  statement: {
    hypotheses: range(j, n).map(typing),
    conclusion: atMost(h(j), largest(n, h)),
  },
  prove: (proof) =>
    byInduction(
      proof,
      belowLargest.statement,
      (count) => implies(and(...range(j, count)), atMost(h(j), largest(count, h))),
      [h],
    ),
  sizes: [{ n: 3, j: 1 }],
};

/** A function that may be taken before the largest is chosen, or after. */
function commuting(of: {
  readonly name: string;
  readonly says: string;
  readonly source: string;
  readonly hypotheses: Statement['hypotheses'];
  readonly map: (t: Term) => Term;
}): Entry {
  const { map, hypotheses, ...words } = of;
  const mapped: Body = (i) => map(h(i));
  const claim = (count: Term): Term => equal(largest(count, mapped), map(largest(count, h)));
  const entry: Entry = {
    ...words,
    statement: { hypotheses: [typing(some(n)), ...hypotheses], conclusion: claim(n) },
    prove: (proof) =>
      byInduction(proof, entry.statement, (count) => implies(some(count), claim(count)), [
        mapped,
        h,
      ]),
    sizes: [{ n: 3 }],
  };
  return entry;
}

export const largestScaled = commuting({
  name: 'largest-scaled',
  says: 'A factor that is not negative scales the largest.',
  source: 'positive homogeneity',
  hypotheses: [nonNegative(factor, 'the factor')],
  map: (t) => times(factor, t),
});

export const largestTranslated = commuting({
  name: 'largest-translated',
  says: 'What is added to every term is added to the largest.',
  source: 'max-plus algebra',
  hypotheses: [],
  map: (t) => add(t, b),
});

export const largestRelu = commuting({
  name: 'largest-relu',
  says: 'The largest ReLU is the ReLU of the largest.',
  source: 'ReLU is monotone',
  hypotheses: [],
  map: relu,
});

const bounded = (count: Term): Term => implies(some(count), atMost(largest(count, h), b));
const same = (count: Term): Term =>
  implies(some(count), equal(largest(count, h), largest(count, g)));

/** The step of an induction: from m terms to one more. */
function oneMore(of: {
  readonly name: string;
  readonly says: string;
  readonly claim: Body;
  readonly claimed: string;
  readonly next: Term;
  readonly bodies: readonly Body[];
}): Entry {
  const { name, says, claim, claimed } = of;
  const entry: Entry = {
    name,
    says,
    source: 'induction on the number of terms',
    statement: {
      hypotheses: [
        typing(atMost(int(0), m)),
        assumption({ label: 'so-far', meaning: `${claimed} of the first m`, term: claim(m) }),
        assumption({ label: 'next', meaning: `${claimed} of the next`, term: of.next }),
      ],
      conclusion: claim(next),
    },
    prove: (proof) => {
      const { hypotheses, conclusion } = entry.statement;
      const sequent = { hypotheses: termsOf({ hypotheses }), conclusion };
      return proof.show('step', sequent, of.bodies.flatMap(axioms));
    },
    sizes: [{ m: 2 }],
  };
  return entry;
}

const largestBoundedStep = oneMore({
  name: 'largest-bounded-step',
  says: 'A bound of the largest of m terms and of the next is one of the largest of m + 1.',
  claim: bounded,
  claimed: 'b is a bound',
  next: atMost(h(m), b),
  bodies: [h],
});

const largestEqualStep = oneMore({
  name: 'largest-equal-step',
  says: 'Where the largest of m terms are equal and the next are, the largest of m + 1 are.',
  claim: same,
  claimed: 'equality',
  next: equal(h(m), g(m)),
  bodies: [h, g],
});

function bodyOf(term: Term, index: Term): Body {
  if (index.kind !== 'symbol') throw new NoInference('an index has to be a symbol');
  const { name } = index;
  return (i) => substitute(term, { [name]: i });
}

async function underLargest(
  proof: Proof,
  library: Library,
  of: {
    readonly premise: Theorem;
    readonly index: Term;
    readonly count: Term;
    readonly relation: '=' | '<=';
  },
): Promise<Theorem> {
  const { premise, index, count, relation } = of;
  const { conclusion } = premise;
  if (
    index.kind !== 'symbol' ||
    conclusion.kind !== 'operation' ||
    conclusion.operator !== relation
  ) {
    throw new NoInference(`the premise is no ${relation} for an index`);
  }
  const [left, right] = conclusion.args;
  const isEquation = relation === '=';
  const by = isEquation
    ? { h: ofIndex(bodyOf(left, index)), g: ofIndex(bodyOf(right, index)) }
    : { h: ofIndex(bodyOf(left, index)), b: right };
  const claim = (at: Term): Term => substitute(isEquation ? same(m) : bounded(m), { ...by, m: at });
  const step = await library.theorem(isEquation ? largestEqualStep.name : largestBoundedStep.name);
  return induction({
    variable: index.name,
    claim: claim(index),
    bound: count,
    base: await proof.show(`none, ${index.name}`, { hypotheses: [], conclusion: claim(int(0)) }),
    step: cut(premise, instance(step, { ...by, m: index })),
  });
}

/** A term that holds for every index of a fold, the index, and how many there are. */
export interface Premise {
  readonly premise: Theorem;
  readonly index: Term;
  readonly count: Term;
}

/** From Γ, 0 ≤ i, i < n ⊢ b = c: Γ, 0 ≤ n ⊢ 1 ≤ n ⇒ max b = max c. */
export function equalLargest(proof: Proof, library: Library, of: Premise): Promise<Theorem> {
  return underLargest(proof, library, { ...of, relation: '=' });
}

/** From Γ, 0 ≤ i, i < n ⊢ b ≤ c, with c free of i: Γ, 0 ≤ n ⊢ 1 ≤ n ⇒ max b ≤ c. */
export function boundedLargest(proof: Proof, library: Library, of: Premise): Promise<Theorem> {
  return underLargest(proof, library, { ...of, relation: '<=' });
}

export const largestTheorems: readonly Entry[] = [
  belowLargest,
  largestScaled,
  largestTranslated,
  largestRelu,
  largestBoundedStep,
  largestEqualStep,
];
