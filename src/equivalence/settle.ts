/**
 * A proof attempt with a solver behind it: where intervals leave a kink that a sign would remove, the sign
 * is asked for, and the models are numbered again with what was proved.
 *
 * The solver is opened with the first question and closed here. Nothing it leaves open is ever used. A
 * proof with facts counts only when every statement it used, as this last numbering made it, is proved.
 */
import type { Model } from '../model/model.ts';
import { Session, type Answer } from '../solver/session.ts';
import { Facts, type Fact, type Statement } from './doubts.ts';
import { allEqual } from './exact.ts';
import { prove, type Attempt, type ProofOptions } from './prove.ts';

export interface SettleOptions extends ProofOptions {
  /** z3 resource units for one question. */
  readonly rlimit: number;
}

export interface Settled {
  readonly attempt: Attempt;
  /** Facts the proof rests on, in words; empty without a proof. */
  readonly facts: readonly string[];
}

/** Numberings with facts before giving up. */
const mostRounds = 3;

/** Questions asked in one round. */
const mostQuestions = 64;

type Equal = Extract<Attempt, { kind: 'equal' }>;

function describe(fact: Fact, answer: Answer): string {
  const never = fact.direction === 'above' ? 'below' : 'above';
  const spent = answer.kind === 'unsat' && answer.spent !== null ? ` (${answer.spent} units)` : '';
  return (
    `${fact.layer} of the ${fact.side} model, channel ${fact.channel}: its argument is never ` +
    `${never} ${fact.threshold}, by z3${spent}`
  );
}

/** Asks each question once, whoever asks it again. */
class Oracle {
  readonly #session = new Session();
  readonly #rlimit: number;
  readonly #answers = new Map<string, Answer>();

  constructor(rlimit: number) {
    this.#rlimit = rlimit;
  }

  async proves({ negation }: Statement): Promise<boolean> {
    return (await this.answer(negation)).kind === 'unsat';
  }

  async answer(negation: string): Promise<Answer> {
    const known = this.#answers.get(negation);
    if (known !== undefined) return known;
    const answer = await this.#session.check(negation, this.#rlimit);
    this.#answers.set(negation, answer);
    return answer;
  }

  isNew({ negation }: Statement): boolean {
    return !this.#answers.has(negation);
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/** Adds what the solver proves of an attempt's doubts; whether that is anything. */
async function learn(
  statements: readonly Statement[],
  facts: Facts,
  oracle: Oracle,
): Promise<boolean> {
  const before = facts.size;
  for (const statement of statements.filter((s) => oracle.isNew(s)).slice(0, mostQuestions)) {
    if (await oracle.proves(statement)) facts.add(statement.fact);
  }
  return facts.size > before;
}

/** The facts used, in words, where all are proved as they were used; else null, the others being dropped. */
async function grounds(
  attempt: Equal,
  facts: Facts,
  oracle: Oracle,
): Promise<readonly string[] | null> {
  const words: string[] = [];
  for (const statement of attempt.used) {
    if (await oracle.proves(statement)) {
      words.push(describe(statement.fact, await oracle.answer(statement.negation)));
    } else facts.delete(statement.fact);
  }
  return words.length === attempt.used.length ? words : null;
}

/** The proof with its questions of exactness decided. */
async function graded(attempt: Equal): Promise<Equal> {
  const { exact, questions } = attempt;
  if (exact || questions.length === 0 || !(await allEqual(questions))) return attempt;
  return { ...attempt, exact: true, ulps: 0, where: null, questions: [] };
}

/** Tries to prove that both models compute the same function, asking a solver where that may help. */
export async function settle(
  original: Model,
  converted: Model,
  options: SettleOptions,
): Promise<Settled> {
  let unmatched = prove(original, converted, options);
  if (unmatched.kind === 'equal') return { attempt: await graded(unmatched), facts: [] };
  const facts = new Facts();
  const oracle = new Oracle(options.rlimit);
  try {
    let changed = false;
    for (let round = 0; round < mostRounds; round++) {
      const { doubts } = unmatched.numbering.interner;
      const learned = await learn(doubts.statements(), facts, oracle);
      if (!learned && !changed) break;
      changed = false;
      const attempt = prove(original, converted, { ...options, facts });
      if (attempt.kind === 'unmatched') {
        unmatched = attempt;
        continue;
      }
      const words = await grounds(attempt, facts, oracle);
      if (words !== null) return { attempt: await graded(attempt), facts: words };
      changed = true;
    }
  } finally {
    await oracle.close();
  }
  return { attempt: unmatched, facts: [] };
}
