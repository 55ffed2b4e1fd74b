/**
 * Asks the three questions of each entry: does it hold, can its hypotheses be met, is each assumption needed?
 *
 * The first is asked twice, in general by the entry's proof and at its small sizes without any lemma. The
 * second and third are asked at small sizes alone, where a solver's model is a real one: in general a model
 * may invent values for sums.
 */
import { smtlib, type Obligation } from '../logic/smtlib.ts';
import type { Decider, Decision } from '../logic/decision.ts';
import { key, type Term } from '../logic/term.ts';
import type { Theorem } from '../logic/theorem.ts';
import type { Assumption, Entry, Library, Sizes } from './entry.ts';
import { atSizes } from './expand.ts';
import { Proof, type Asked } from './proof.ts';
import { sumLemmas, type SumLemmas } from './sums.ts';
import { tripleLemmas, type TripleLemmas } from './triple-sums.ts';

/** An assumption, and the counterexample without it: values of constants, as SMT-LIB prints them. */
export interface Need {
  readonly assumption: Assumption;
  readonly sizes: Sizes;
  readonly decision: Decision;
}

export interface Examination {
  readonly entry: Entry;
  readonly theorem: Theorem;
  /** Every obligation asked, in order, those of the sizes included. */
  readonly asked: readonly Asked[];
  readonly needs: readonly Need[];
}

function within(obligation: Obligation, sizes: Sizes): Obligation {
  const at = (term: Term): Term => atSizes(term, sizes);
  const { assumptions, goal } = obligation;
  return {
    ...obligation,
    assumptions: assumptions.map(at),
    goal: goal === null ? null : at(goal),
  };
}

/** What the head of each obligation says of the theorem. */
function wordsOf({ says, source, statement }: Entry): readonly string[] {
  const assumed = statement.hypotheses.flatMap((hypothesis) =>
    hypothesis.kind === 'assumption'
      ? [`assuming (${hypothesis.label}) ${hypothesis.meaning}`]
      : [],
  );
  return [says, ...assumed, `from: ${source}`];
}

/** The line of an obligation's head that gives its sizes; none where there are none. */
function sizesText(sizes: Sizes): readonly string[] {
  const parts = Object.entries(sizes).map(([name, value]) => `${name}=${value}`);
  return parts.length === 0 ? [] : [`at ${parts.join(' ')}`];
}

/** Whether the theorem says at least what the entry claims. */
function meets(theorem: Theorem, { statement }: Entry): boolean {
  const stated = new Set(statement.hypotheses.map(({ term }) => key(term)));
  return (
    key(theorem.conclusion) === key(statement.conclusion) &&
    theorem.hypotheses.every((term) => stated.has(key(term)))
  );
}

export class TheoremLibrary implements Library {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #decider: Decider;
  readonly #proofs = new Map<string, Promise<readonly [Theorem, Proof]>>();
  #sums: Promise<readonly [SumLemmas, Proof]> | null = null;
  #triples: Promise<readonly [TripleLemmas, Proof]> | null = null;

  constructor(entries: readonly Entry[], decider: Decider) {
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
    this.#decider = decider;
  }

  async theorem(name: string): Promise<Theorem> {
    return (await this.#proved(name))[0];
  }

  async sums(): Promise<SumLemmas> {
    return (await this.#sumProof())[0];
  }

  async triples(): Promise<TripleLemmas> {
    return (await this.#tripleProof())[0];
  }

  /** The obligations of the lemmas about sums, by the name of their group. */
  async lemmaObligations(): Promise<ReadonlyMap<string, readonly Asked[]>> {
    const [[, sums], [, triples]] = [await this.#sumProof(), await this.#tripleProof()];
    return new Map([
      ['finite-sums', sums.asked],
      ['triple-sums', triples.asked],
    ]);
  }

  #tripleProof(): Promise<readonly [TripleLemmas, Proof]> {
    this.#triples ??= (async () => {
      const proof = new Proof('triple-sums', this.#decider);
      return [await tripleLemmas(proof, await this.sums()), proof] as const;
    })();
    return this.#triples;
  }

  #sumProof(): Promise<readonly [SumLemmas, Proof]> {
    this.#sums ??= (async () => {
      const proof = new Proof('finite-sums', this.#decider);
      return [await sumLemmas(proof), proof] as const;
    })();
    return this.#sums;
  }

  #proved(name: string): Promise<readonly [Theorem, Proof]> {
    const known = this.#proofs.get(name);
    if (known !== undefined) return known;
    const proving = this.#prove(name);
    this.#proofs.set(name, proving);
    return proving;
  }

  async #prove(name: string): Promise<readonly [Theorem, Proof]> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new Error(`there is no theorem ${name}`);
    const proof = new Proof(name, this.#decider, wordsOf(entry));
    const theorem = await entry.prove(proof, this);
    if (!meets(theorem, entry)) throw new Error(`the proof of ${name} is of something else`);
    return [theorem, proof] as const;
  }

  /** Throws NotProved where the entry's proof does not go through. */
  async examine(name: string): Promise<Examination> {
    const [theorem, proof] = await this.#proved(name);
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new Error(`there is no theorem ${name}`);
    const asked = [...proof.asked];
    const ask = async (
      step: string,
      question: Omit<Obligation, 'about'>,
      sizes: Sizes,
    ): Promise<Decision> => {
      const about = [`${name}: ${step}`, ...wordsOf(entry), ...sizesText(sizes)];
      const text = smtlib(within({ ...question, about }, sizes));
      const decision = await this.#decider.decide(text);
      asked.push({ name: step, text, expected: question.expected, decision });
      return decision;
    };
    const { hypotheses, conclusion } = entry.statement;
    const terms = hypotheses.map(({ term }) => term);
    for (const [k, sizes] of entry.sizes.entries()) {
      const step = `small sizes ${k + 1}`;
      await ask(step, { assumptions: terms, goal: conclusion, expected: 'unsat' }, sizes);
      const satisfiable = { assumptions: terms, goal: null, expected: 'sat' } as const;
      await ask(`${step}, satisfiable`, satisfiable, sizes);
    }
    // An entry without sizes has no sums: the proof has answered the first question, and models are real ones.
    if (entry.sizes.length === 0 && terms.length > 0) {
      await ask('satisfiable', { assumptions: terms, goal: null, expected: 'sat' }, {});
    }
    const needs: Need[] = [];
    for (const assumption of hypotheses) {
      if (assumption.kind !== 'assumption') continue;
      const sizes = assumption.breaksAt ?? entry.sizes.at(0) ?? {};
      const others = terms.filter((term) => term !== assumption.term);
      const question = { assumptions: others, goal: conclusion, expected: 'sat' } as const;
      const decision = await ask(`without ${assumption.label}`, question, sizes);
      needs.push({ assumption, sizes, decision });
    }
    return { entry, theorem, asked, needs };
  }
}
