/**
 * Examines theorems side by side and says of each what came of it; one that fails does not stop the others.
 */
import type { Decider } from '../logic/decision.ts';
import type { Entry } from './entry.ts';
import { judge, judgeFailure, type Judgement } from './judgement.ts';
import { TheoremLibrary, type Need } from './library.ts';
import { NotProved, type Asked } from './proof.ts';

export interface Finding {
  readonly entry: Entry;
  readonly judgement: Judgement;
  /** Empty where the proof broke off. */
  readonly asked: readonly Asked[];
  readonly needs: readonly Need[];
  /** Of the solver, for the obligations that are met. */
  readonly seconds: number;
}

export interface Examined {
  readonly findings: readonly Finding[];
  /** The obligations of the lemmas about sums, by group. */
  readonly lemmas: ReadonlyMap<string, readonly Asked[]>;
}

function secondsOf(asked: readonly Asked[]): number {
  const spent = asked.map(({ decision }) =>
    decision.kind === 'unsat' ? decision.evidence.seconds : 0,
  );
  return spent.reduce((sum, seconds) => sum + seconds, 0);
}

/**
 * The entries of `wanted` out of `all`, which is what proofs may build on. `onFinding` is called as findings
 * come, in no particular order; the result is in the order of `wanted`.
 */
export async function examine(
  all: readonly Entry[],
  wanted: readonly Entry[],
  decider: Decider,
  onFinding: (finding: Finding) => void = () => {},
): Promise<Examined> {
  const library = new TheoremLibrary(all, decider);
  const findings = wanted.map(async (entry): Promise<Finding> => {
    const finding = await examineOne(library, entry);
    onFinding(finding);
    return finding;
  });
  return { findings: await Promise.all(findings), lemmas: await library.lemmaObligations() };
}

async function examineOne(library: TheoremLibrary, entry: Entry): Promise<Finding> {
  try {
    const { asked, needs } = await library.examine(entry.name);
    return { entry, judgement: judge({ asked }), asked, needs, seconds: secondsOf(asked) };
  } catch (error) {
    if (!(error instanceof NotProved)) throw error;
    return { entry, judgement: judgeFailure(error), asked: [], needs: [], seconds: 0 };
  }
}
