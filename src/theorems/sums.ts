/**
 * The lemmas of finite sums, each by induction with one quantifier-free obligation for its base and one for its
 * step, and what follows for the triple sums of convolutions.
 *
 * In all of them h, g: ℤ → ℝ and f: ℤ × ℤ → ℝ stand for anything; `instance` puts a term in their place.
 */
import { fun, int, lambda, substitute, sum, symbol, type Term } from '../logic/term.ts';
import {
  cut,
  emptySum,
  induction,
  instance,
  nextSum,
  NoInference,
  type Theorem,
} from '../logic/theorem.ts';
import { add, atMost, equal, less, times, where, within, zero } from './notation.ts';
import { type Proof } from './proof.ts';

const n = symbol('Int', 'n');
const m = symbol('Int', 'm');
const h = fun('h');
const g = fun('g');
const positive = atMost(int(0), m);

/** A function of one index, for `instance`. */
export function ofIndex(body: (i: Term) => Term): ReturnType<typeof lambda> {
  return lambda(['Int'], body);
}

/** The two axioms for Σ body at the induction variable m. */
function axioms(body: (i: Term) => Term): readonly [empty: Theorem, next: Theorem] {
  const by = { h: ofIndex(body) };
  return [instance(emptySum(), by), instance(nextSum(), { ...by, n: m })];
}

/** Γ, 0 ≤ n ⊢ claim(n), by induction on n; the axioms for `bodies` are at hand. */
async function byInduction(
  proof: Proof,
  step: string,
  of: {
    readonly hypotheses?: readonly Term[];
    readonly claim: (count: Term) => Term;
    readonly bodies: readonly ((i: Term) => Term)[];
    readonly baseLemmas?: readonly Theorem[];
    readonly stepLemmas?: readonly Theorem[];
  },
): Promise<Theorem> {
  const { hypotheses = [], claim, bodies, baseLemmas = [], stepLemmas = [] } = of;
  const known = bodies.map((body) => axioms(body));
  const base = await proof.show(`${step}, base`, { hypotheses, conclusion: claim(int(0)) }, [
    ...known.map(([empty]) => empty),
    ...baseLemmas,
  ]);
  const next = await proof.show(
    `${step}, step`,
    { hypotheses: [...hypotheses, positive, claim(m)], conclusion: claim(add(m, int(1))) },
    [...known.map(([, following]) => following), ...stepLemmas],
  );
  return induction({ variable: 'm', claim: claim(m), bound: n, base, step: next });
}

export interface SumLemmas {
  /** 0 ≤ n ⊢ Σ_{i<n} [i = j]·h(i) = [0 ≤ j < n]·h(j) */
  readonly dirac: Theorem;
  /** 0 ≤ n ⊢ Σ_{i<n} 0 = 0 */
  readonly zero: Theorem;
  /** 0 ≤ n ⊢ Σ_{i<n} (h(i) + g(i)) = Σ_{i<n} h(i) + Σ_{i<n} g(i) */
  readonly add: Theorem;
  /** 0 ≤ n ⊢ Σ_{i<n} a·h(i) = a·Σ_{i<n} h(i) */
  readonly scale: Theorem;
  /** 0 ≤ a, 0 ≤ n ⊢ Σ_{i<a+n} h(i) = Σ_{i<a} h(i) + Σ_{i<n} h(a+i) */
  readonly split: Theorem;
  /** 0 ≤ l, 0 ≤ n ⊢ Σ_{i<n} Σ_{j<l} f(i,j) = Σ_{j<l} Σ_{i<n} f(i,j) */
  readonly swap: Theorem;
  /** Of `congruent`: ⊢ Σ_{i<0} h(i) = Σ_{i<0} g(i), and the step. */
  readonly equalBase: Theorem;
  /** 0 ≤ m, Σ_{i<m} h(i) = Σ_{i<m} g(i), h(m) = g(m) ⊢ Σ_{i<m+1} h(i) = Σ_{i<m+1} g(i) */
  readonly equalStep: Theorem;
  /** Of `nonNegative`: ⊢ 0 ≤ Σ_{i<0} h(i), and the step. */
  readonly signBase: Theorem;
  /** 0 ≤ m, 0 ≤ Σ_{i<m} h(i), 0 ≤ h(m) ⊢ 0 ≤ Σ_{i<m+1} h(i) */
  readonly signStep: Theorem;
}

/** 0 ≤ i, i < n */
export function range(i: Term, count: Term): readonly [Term, Term] {
  return [atMost(int(0), i), less(i, count)];
}

function nameOf(i: Term): string {
  if (i.kind !== 'symbol') throw new NoInference('an index has to be a symbol');
  return i.name;
}

/** From Γ, 0 ≤ i, i < n ⊢ b = c: Γ, 0 ≤ n ⊢ Σ_{i<n} b = Σ_{i<n} c. */
export function congruent(
  lemmas: Pick<SumLemmas, 'equalBase' | 'equalStep'>,
  premise: Theorem,
  i: Term,
  count: Term,
): Theorem {
  const { conclusion } = premise;
  if (conclusion.kind !== 'operation' || conclusion.operator !== '=') {
    throw new NoInference('the premise is no equation');
  }
  const [b, c] = conclusion.args;
  const at = (body: Term) => (index: Term) => substitute(body, { [nameOf(i)]: index });
  const by = { h: ofIndex(at(b)), g: ofIndex(at(c)) };
  return induction({
    variable: nameOf(i),
    claim: equal(sum(i, at(b)), sum(i, at(c))),
    bound: count,
    base: instance(lemmas.equalBase, by),
    step: cut(premise, instance(lemmas.equalStep, { ...by, m: i })),
  });
}

/** From Γ, 0 ≤ i, i < n ⊢ 0 ≤ b: Γ, 0 ≤ n ⊢ 0 ≤ Σ_{i<n} b. */
export function nonNegative(
  lemmas: Pick<SumLemmas, 'signBase' | 'signStep'>,
  premise: Theorem,
  i: Term,
  count: Term,
): Theorem {
  const { conclusion } = premise;
  if (conclusion.kind !== 'operation' || conclusion.operator !== '<=') {
    throw new NoInference('the premise is no sign');
  }
  const body = (index: Term): Term => substitute(conclusion.args[1], { [nameOf(i)]: index });
  const by = { h: ofIndex(body) };
  return induction({
    variable: nameOf(i),
    claim: atMost(zero, sum(i, body)),
    bound: count,
    base: instance(lemmas.signBase, by),
    step: cut(premise, instance(lemmas.signStep, { ...by, m: i })),
  });
}

/** The lemmas whose statement asks something of every term: their base and step. */
async function termwise(
  proof: Proof,
): Promise<Omit<SumLemmas, 'dirac' | 'zero' | 'add' | 'scale' | 'split' | 'swap'>> {
  const [emptyH, nextH] = axioms(h);
  const [emptyG, nextG] = axioms(g);
  const same = (count: Term): Term => equal(sum(count, h), sum(count, g));
  const sign = (count: Term): Term => atMost(zero, sum(count, h));
  const next = add(m, int(1));
  const equalBase = { hypotheses: [], conclusion: same(int(0)) };
  const equalStep = { hypotheses: [positive, same(m), equal(h(m), g(m))], conclusion: same(next) };
  const signBase = { hypotheses: [], conclusion: sign(int(0)) };
  const signStep = { hypotheses: [positive, sign(m), atMost(zero, h(m))], conclusion: sign(next) };
  return {
    equalBase: await proof.show('congruence, base', equalBase, [emptyH, emptyG]),
    equalStep: await proof.show('congruence, step', equalStep, [nextH, nextG]),
    signBase: await proof.show('non-negative, base', signBase, [emptyH]),
    signStep: await proof.show('non-negative, step', signStep, [nextH]),
  };
}

/** Proves all of them. */
export async function sumLemmas(proof: Proof): Promise<SumLemmas> {
  const j = symbol('Int', 'j');
  const a = symbol('Int', 'a');
  const factor = symbol('Real', 'a');
  const delta = (i: Term): Term => where(equal(i, j), h(i));
  const nothing = (): Term => zero;
  const both = (i: Term): Term => add(h(i), g(i));
  const scaled = (i: Term): Term => times(factor, h(i));
  const shifted = (i: Term): Term => h(add(a, i));
  const dirac = await byInduction(proof, 'dirac', {
    claim: (count) => equal(sum(count, delta), where(within(j, count), h(j))),
    bodies: [delta],
  });
  const none = await byInduction(proof, 'zero', {
    claim: (count) => equal(sum(count, nothing), zero),
    bodies: [nothing],
  });
  const sums = await byInduction(proof, 'add', {
    claim: (count) => equal(sum(count, both), add(sum(count, h), sum(count, g))),
    bodies: [both, h, g],
  });
  const scale = await byInduction(proof, 'scale', {
    claim: (count) => equal(sum(count, scaled), times(factor, sum(count, h))),
    bodies: [scaled, h],
  });
  const tail = instance(nextSum(), { n: add(a, m) });
  const split = await byInduction(proof, 'split', {
    hypotheses: [atMost(int(0), a)],
    claim: (count) => equal(sum(add(a, count), h), add(sum(a, h), sum(count, shifted))),
    bodies: [shifted],
    stepLemmas: [tail],
  });
  const rest = await termwise(proof);
  const known = { ...rest, dirac, zero: none, add: sums, scale, split };
  return { ...known, swap: await swap(proof, known) };
}

/** Σ_{i<n} Σ_{j<l} f(i,j) = Σ_{j<l} Σ_{i<n} f(i,j), by induction on n. */
function swap(proof: Proof, known: Omit<SumLemmas, 'swap'>): Promise<Theorem> {
  const l = symbol('Int', 'l');
  const j = symbol('Int', 'j');
  const f = fun('f');
  const row = (i: Term): Term => sum(l, (c) => f(i, c));
  const column = (count: Term) => (c: Term) => sum(count, (i) => f(i, c));
  const ofColumn = { h: ofIndex((i) => f(i, j)) };
  // Each column's empty and next sum, and with them the sum of all columns.
  const emptyColumns = congruent(known, instance(emptySum(), ofColumn), j, l);
  const nextColumns = congruent(known, instance(nextSum(), { ...ofColumn, n: m }), j, l);
  return byInduction(proof, 'swap', {
    hypotheses: [atMost(int(0), l)],
    claim: (count) => equal(sum(count, row), sum(l, column(count))),
    bodies: [row],
    baseLemmas: [emptyColumns, instance(known.zero, { n: l })],
    stepLemmas: [
      nextColumns,
      instance(known.add, { n: l, h: ofIndex(column(m)), g: ofIndex((c) => f(m, c)) }),
    ],
  });
}
