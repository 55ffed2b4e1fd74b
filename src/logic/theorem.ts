/**
 * What is known: a theorem says that its conclusion follows from its hypotheses, whatever its free symbols and
 * functions stand for.
 *
 * There are eight ways to make one and no ninth: four axioms of finite folds, a solver's `unsat` for the exact
 * text of an obligation, and three inferences. The constructor asks for a key that never leaves this file,
 * so neither a type assertion nor an object of the same shape makes a theorem.
 *
 * Not here: tactics, names and words; they live in src/theorems/, where a mistake costs a proof and not the truth.
 */
import { Unsat, digestOf } from './evidence.ts';
import { smtlib, type Obligation } from './smtlib.ts';
import {
  int,
  key,
  largest,
  mentions,
  operation,
  real,
  substitute,
  sum,
  symbol,
  type Substitution,
  type Term,
} from './term.ts';

const mint = Symbol('theorem');

type Axiom = 'empty-sum' | 'next-sum' | 'first-max' | 'next-max';

/** Where a theorem comes from, down to the solver's answers. */
export type Origin =
  | { readonly kind: 'axiom'; readonly name: Axiom }
  | {
      readonly kind: 'solver';
      readonly text: string;
      readonly evidence: Unsat;
      readonly lemmas: readonly Theorem[];
    }
  | {
      readonly kind: 'inference';
      readonly rule: 'instance' | 'cut' | 'induction';
      readonly from: readonly Theorem[];
    };

export interface Sequent {
  readonly hypotheses: readonly Term[];
  readonly conclusion: Term;
}

/** An inference that does not apply: a mistake in a proof. */
export class NoInference extends Error {}

export class Theorem implements Sequent {
  readonly #isTheorem = true;
  readonly hypotheses: readonly Term[];
  readonly conclusion: Term;
  readonly origin: Origin;

  constructor(minted: typeof mint, sequent: Sequent, origin: Origin) {
    if (minted !== mint) throw new NoInference('theorems are made by inference');
    const distinct = new Map(sequent.hypotheses.map((term) => [key(term), term]));
    this.hypotheses = Object.freeze([...distinct.values()]);
    this.conclusion = sequent.conclusion;
    this.origin = origin;
    Object.freeze(this);
  }

  /** False for anything that only looks like a theorem. */
  static isTheorem(value: Theorem): boolean {
    return #isTheorem in value && value.#isTheorem;
  }
}

function demand(condition: boolean, message: string): void {
  if (!condition) throw new NoInference(message);
}

function demandTheorems(theorems: readonly Theorem[]): void {
  for (const theorem of theorems) demand(Theorem.isTheorem(theorem), 'a premise is no theorem');
}

/** Everything a sequent says, as one truth value. */
function asTerm({ hypotheses, conclusion }: Sequent): Term {
  return hypotheses.length === 0
    ? conclusion
    : operation('=>', operation('and', ...hypotheses), conclusion);
}

/** The question whether a sequent follows from theorems; `lemmas` are used as they stand, not generalised. */
export function obligation(
  about: readonly string[],
  { hypotheses, conclusion }: Sequent,
  lemmas: readonly Theorem[],
): Obligation {
  demandTheorems(lemmas);
  const assumptions = [...hypotheses, ...lemmas.map(asTerm)];
  return { about, assumptions, goal: conclusion, expected: 'unsat' };
}

/** What a solver has shown: the evidence has to be of the very text this question has. */
export function established(
  about: readonly string[],
  sequent: Sequent,
  lemmas: readonly Theorem[],
  evidence: Unsat,
): Theorem {
  const text = smtlib(obligation(about, sequent, lemmas));
  demand(Unsat.isEvidence(evidence), 'the evidence is none');
  demand(evidence.digest === digestOf(text), 'the evidence is of another text');
  return new Theorem(mint, sequent, { kind: 'solver', text, evidence, lemmas });
}

const h = (i: Term): Term => ({ kind: 'call', sort: 'Real', name: 'h', args: [i] });
const n = symbol('Int', 'n');

function axiom(name: Axiom, hypotheses: readonly Term[], left: Term, right: Term): Theorem {
  const conclusion = operation('=', left, right);
  return new Theorem(mint, { hypotheses, conclusion }, { kind: 'axiom', name });
}

/** ⊢ Σ_{i<0} h(i) = 0 */
export function emptySum(): Theorem {
  return axiom('empty-sum', [], sum(int(0), h), real(0));
}

/** 0 ≤ n ⊢ Σ_{i<n+1} h(i) = Σ_{i<n} h(i) + h(n) */
export function nextSum(): Theorem {
  const more = sum(operation('+', n, int(1)), h);
  return axiom('next-sum', [operation('<=', int(0), n)], more, operation('+', sum(n, h), h(n)));
}

/** ⊢ max_{i<1} h(i) = h(0) */
export function firstMax(): Theorem {
  return axiom('first-max', [], largest(int(1), h), h(int(0)));
}

/** 1 ≤ n ⊢ max_{i<n+1} h(i) = max(max_{i<n} h(i), h(n)) */
export function nextMax(): Theorem {
  const [less, more] = [largest(n, h), largest(operation('+', n, int(1)), h)];
  const greater = operation('ite', operation('<', less, h(n)), h(n), less);
  return axiom('next-max', [operation('<=', int(1), n)], more, greater);
}

/** The theorem for particular symbols and functions. */
export function instance(theorem: Theorem, by: Substitution): Theorem {
  demandTheorems([theorem]);
  const sequent = {
    hypotheses: theorem.hypotheses.map((term) => substitute(term, by)),
    conclusion: substitute(theorem.conclusion, by),
  };
  return new Theorem(mint, sequent, { kind: 'inference', rule: 'instance', from: [theorem] });
}

/** From Γ ⊢ A and Δ, A ⊢ B: Γ, Δ ⊢ B. */
export function cut(lemma: Theorem, theorem: Theorem): Theorem {
  demandTheorems([lemma, theorem]);
  const cutKey = key(lemma.conclusion);
  const rest = theorem.hypotheses.filter((term) => key(term) !== cutKey);
  demand(rest.length < theorem.hypotheses.length, 'the lemma is no hypothesis of the theorem');
  const sequent = {
    hypotheses: [...lemma.hypotheses, ...rest],
    conclusion: theorem.conclusion,
  };
  return new Theorem(mint, sequent, { kind: 'inference', rule: 'cut', from: [lemma, theorem] });
}

/**
 * Induction up to a bound. From Γ ⊢ P(0) and Γ, 0 ≤ m, m < n, P(m) ⊢ P(m+1), with m free neither in Γ nor
 * in n: Γ, 0 ≤ n ⊢ P(n). Where the step does not need m < n, it need not assume it.
 */
export function induction(of: {
  /** The name of m, an integer. */
  readonly variable: string;
  readonly claim: Term;
  readonly bound: Term;
  readonly base: Theorem;
  readonly step: Theorem;
}): Theorem {
  const { variable, claim, bound, base, step } = of;
  demandTheorems([base, step]);
  const m = symbol('Int', variable);
  const at = (value: Term): Term => substitute(claim, { [variable]: value });
  demand(!mentions(bound, variable), `the bound mentions ${variable}`);
  demand(bound.sort === 'Int', 'the bound is no integer');
  demand(key(base.conclusion) === key(at(int(0))), 'the base is of another claim');
  const next = at(operation('+', m, int(1)));
  demand(key(step.conclusion) === key(next), 'the step is of another claim');
  const allowed = [operation('<=', int(0), m), operation('<', m, bound), claim].map((t) => key(t));
  const kept = step.hypotheses.filter((term) => !allowed.includes(key(term)));
  const context = [...base.hypotheses, ...kept];
  demand(!context.some((term) => mentions(term, variable)), `a hypothesis mentions ${variable}`);
  const sequent = {
    hypotheses: [...context, operation('<=', int(0), bound)],
    conclusion: at(bound),
  };
  return new Theorem(mint, sequent, { kind: 'inference', rule: 'induction', from: [base, step] });
}
