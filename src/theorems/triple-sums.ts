/**
 * What the sum lemmas say of the triple sums of convolutions: over channels, tap rows and tap columns.
 *
 * f, g: ℤ³ → ℝ stand for anything: strides, dilation, padding and groups are in what an instance puts there.
 */
import { fun, int, lambda, sum, symbol, type Term } from '../logic/term.ts';
import { instance, type Theorem } from '../logic/theorem.ts';
import { add, and, atMost, equal, ite, one, times, where, within, zero } from './notation.ts';
import type { Proof } from './proof.ts';
import { congruent, ofIndex, type SumLemmas } from './sums.ts';
import { tripleSum } from './tensors.ts';

type Three = readonly [Term, Term, Term];

const three = (...names: readonly [string, string, string]): Three => [
  symbol('Int', names[0]),
  symbol('Int', names[1]),
  symbol('Int', names[2]),
];
const indices = three('c', 'i', 'j');
const counts = three('C', 'kh', 'kw');
const places = three('c0', 'i0', 'j0');
const f = fun('f');
const g = fun('g');
const sizes = counts.map((count) => atMost(int(0), count));

/** An entry of a Dirac kernel: 1 where every index is at its place, 0 elsewhere. */
export function diracAt(at: readonly (readonly [index: Term, place: Term])[]): Term {
  return ite(and(...at.map(([index, place]) => equal(index, place))), one, zero);
}

/** From Γ, 0 ≤ c, c < C, 0 ≤ i, i < kh, 0 ≤ j, j < kw ⊢ b = b': Γ, 0 ≤ C, … ⊢ ΣΣΣ b = ΣΣΣ b'. */
export function tripleCongruent(
  lemmas: SumLemmas,
  premise: Theorem,
  [c, i, j]: Three,
  [channels, height, width]: Three,
): Theorem {
  const inner = congruent(lemmas, premise, j, width);
  const middle = congruent(lemmas, inner, i, height);
  return congruent(lemmas, middle, c, channels);
}

export interface TripleLemmas {
  /** 0 ≤ c0 < C, 0 ≤ i0 < kh, 0 ≤ j0 < kw ⊢ ΣΣΣ [c=c0 ∧ i=i0 ∧ j=j0]·f(c,i,j) = f(c0,i0,j0) */
  readonly dirac: Theorem;
  /** 0 ≤ a, 0 ≤ C ⊢ Σ_{c<a+C} ΣΣ f(c,i,j) = Σ_{c<a} ΣΣ f(c,i,j) + Σ_{c<C} ΣΣ f(a+c,i,j) */
  readonly split: Theorem;
  /** ⊢ ΣΣΣ (f + g) = ΣΣΣ f + ΣΣΣ g, for counts that are not negative */
  readonly add: Theorem;
  /** ⊢ ΣΣΣ a·f = a·ΣΣΣ f, for counts that are not negative */
  readonly scale: Theorem;
}

export async function tripleLemmas(proof: Proof, sums: SumLemmas): Promise<TripleLemmas> {
  const [C, kh, kw] = counts;
  const a = symbol('Int', 'a');
  const rows = (c: Term): Term => sum(kh, (i) => sum(kw, (j) => f(c, i, j)));
  return {
    dirac: await dirac(proof, sums),
    split: instance(sums.split, { n: C, h: ofIndex(rows), a }),
    add: await add3(proof, sums),
    scale: await scale3(proof, sums),
  };
}

/** The sum collapses from the inside: over columns, then rows, then channels. */
async function dirac(proof: Proof, sums: SumLemmas): Promise<Theorem> {
  const [c, i, j] = indices;
  const [c0, i0, j0] = places;
  const entry = (cc: Term, ii: Term, jj: Term): Term =>
    diracAt([
      [cc, c0],
      [ii, i0],
      [jj, j0],
    ]);
  const term = (cc: Term, ii: Term, jj: Term): Term => times(entry(cc, ii, jj), f(cc, ii, jj));
  // What is left of the body once the indices behind it are gone.
  const levels = [
    (jj: Term) => where(equal(jj, j0), where(and(equal(c, c0), equal(i, i0)), f(c, i, jj))),
    (ii: Term) => where(equal(ii, i0), where(equal(c, c0), f(c, ii, j0))),
    (cc: Term) => where(equal(cc, c0), f(cc, i0, j0)),
  ];
  let known = await proof.show('dirac, term', {
    hypotheses: [],
    conclusion: equal(term(c, i, j), levels[0](j)),
  });
  const inner = [
    (jj: Term) => where(and(equal(c, c0), equal(i, i0)), f(c, i, jj)),
    (ii: Term) => where(equal(c, c0), f(c, ii, j0)),
    (cc: Term) => f(cc, i0, j0),
  ];
  const results = [levels[1](i), levels[2](c), f(c0, i0, j0)];
  const left = [
    sum(counts[2], (jj) => term(c, i, jj)),
    sum(counts[1], (ii) => sum(counts[2], (jj) => term(c, ii, jj))),
    tripleSum(counts, term),
  ];
  for (const [level, axis] of [2, 1, 0].entries()) {
    const equalSums = congruent(sums, known, indices[axis], counts[axis]);
    const by = { h: ofIndex(inner[level]), n: counts[axis], j: places[axis] };
    const hypotheses = [...equalSums.hypotheses, within(places[axis], counts[axis])];
    known = await proof.show(
      `dirac, ${['columns', 'rows', 'channels'][level]}`,
      { hypotheses, conclusion: equal(left[level], results[level]) },
      [equalSums, instance(sums.dirac, by)],
    );
  }
  return known;
}

async function add3(proof: Proof, sums: SumLemmas): Promise<Theorem> {
  const [c, i] = indices;
  const [C, kh, kw] = counts;
  const columns = instance(sums.add, {
    n: kw,
    h: ofIndex((j) => f(c, i, j)),
    g: ofIndex((j) => g(c, i, j)),
  });
  const inRows = congruent(sums, columns, i, kh);
  const rowSum = (of: typeof f) => (ii: Term) => sum(kw, (j) => of(c, ii, j));
  const rows = await proof.show(
    'add, rows',
    {
      hypotheses: sizes.slice(1),
      conclusion: equal(
        sum(kh, (ii) => sum(kw, (j) => add(f(c, ii, j), g(c, ii, j)))),
        add(sum(kh, rowSum(f)), sum(kh, rowSum(g))),
      ),
    },
    [inRows, instance(sums.add, { n: kh, h: ofIndex(rowSum(f)), g: ofIndex(rowSum(g)) })],
  );
  const inChannels = congruent(sums, rows, c, C);
  const plane = (of: typeof f) => (cc: Term) => sum(kh, (ii) => sum(kw, (j) => of(cc, ii, j)));
  return proof.show(
    'add, channels',
    {
      hypotheses: sizes,
      conclusion: equal(
        tripleSum(counts, (...at) => add(f(...at), g(...at))),
        add(tripleSum(counts, f), tripleSum(counts, g)),
      ),
    },
    [inChannels, instance(sums.add, { n: C, h: ofIndex(plane(f)), g: ofIndex(plane(g)) })],
  );
}

async function scale3(proof: Proof, sums: SumLemmas): Promise<Theorem> {
  const [c, i] = indices;
  const [C, kh, kw] = counts;
  const a = symbol('Real', 'a');
  const columns = instance(sums.scale, { n: kw, h: ofIndex((j) => f(c, i, j)) });
  const inRows = congruent(sums, columns, i, kh);
  const row = (ii: Term): Term => sum(kw, (j) => f(c, ii, j));
  const rows = await proof.show(
    'scale, rows',
    {
      hypotheses: sizes.slice(1),
      conclusion: equal(
        sum(kh, (ii) => sum(kw, (j) => times(a, f(c, ii, j)))),
        times(a, sum(kh, row)),
      ),
    },
    [inRows, instance(sums.scale, { n: kh, h: ofIndex(row) })],
  );
  const inChannels = congruent(sums, rows, c, C);
  const plane = (cc: Term): Term => sum(kh, (ii) => sum(kw, (j) => f(cc, ii, j)));
  return proof.show(
    'scale, channels',
    {
      hypotheses: sizes,
      conclusion: equal(
        tripleSum(counts, (...at) => times(a, f(...at))),
        times(a, tripleSum(counts, f)),
      ),
    },
    [inChannels, instance(sums.scale, { n: C, h: ofIndex(plane) })],
  );
}

/** A function of channel, row and column, for `instance`. */
export function ofTriple(body: (c: Term, i: Term, j: Term) => Term): ReturnType<typeof lambda> {
  return lambda(['Int', 'Int', 'Int'], body);
}
