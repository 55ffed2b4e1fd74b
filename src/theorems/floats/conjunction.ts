/**
 * Proofs of statements that say several things at once, of several formats: each alone, then all together.
 */
import type { FloatSort, Term } from '../../logic/term.ts';
import type { Theorem } from '../../logic/theorem.ts';
import type { Assumption, Statement, Typing } from '../entry.ts';
import { and } from '../notation.ts';
import type { Proof } from '../proof.ts';
import { formats } from './format.ts';

/** What is said of one format: facts, and what they presuppose. */
export interface Said {
  readonly typing: readonly Term[];
  readonly assumptions: readonly Omit<Assumption, 'kind'>[];
  readonly facts: readonly { readonly name: string; readonly term: Term }[];
}

/** The statement that all facts hold of every format, and its proof. */
export interface Conjunction {
  readonly statement: Statement;
  readonly prove: (proof: Proof) => Promise<Theorem>;
}

function inWords(format: FloatSort): string {
  return format.toLowerCase();
}

/**
 * Floating point stops being feasible beyond a few operations, so the solver sees each fact alone, with the
 * hypotheses of its format; the last step is one of propositions.
 */
export function ofEveryFormat(say: (format: FloatSort) => Said): Conjunction {
  const all = formats.map((format) => [format, say(format)] as const);
  const typing = all.flatMap(([, said]) =>
    said.typing.map((term): Typing => ({ kind: 'typing', term })),
  );
  const assumptions = all.flatMap(([format, said]) =>
    said.assumptions.map((assumption): Assumption => ({
      kind: 'assumption',
      ...assumption,
      label: `${assumption.label}-${inWords(format)}`,
      meaning: `${assumption.meaning} (${inWords(format)})`,
    })),
  );
  const hypotheses = [...typing, ...assumptions];
  const conclusion = and(...all.flatMap(([, { facts }]) => facts.map(({ term }) => term)));
  const prove = async (proof: Proof): Promise<Theorem> => {
    const lemmas: Theorem[] = [];
    for (const [format, said] of all) {
      const given = [...said.typing, ...said.assumptions.map(({ term }) => term)];
      for (const { name, term } of said.facts) {
        const sequent = { hypotheses: given, conclusion: term };
        lemmas.push(await proof.show(`${inWords(format)}, ${name}`, sequent));
      }
    }
    const terms = hypotheses.map(({ term }) => term);
    return proof.show('all together', { hypotheses: terms, conclusion }, lemmas);
  };
  return { statement: { hypotheses, conclusion }, prove };
}
