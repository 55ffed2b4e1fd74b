/**
 * Whether a proof is told: only if the checker, in a process of its own and on files read anew, accepts its
 * certificate.
 *
 * A proof that cannot be certified is told with that as an assumption, unless a certificate is needed.
 */
import type { Certified } from '../certificate/author.ts';
import type { Argument } from '../certificate/certificate.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Checking } from './checking.ts';

interface Proof {
  /** Null where the verdict is none. */
  readonly certified: Certified | null;
  /** SHA-256 of both models, as they were read for the proof. */
  readonly digests: readonly string[];
  /** Whether a proof without a certificate is no proof. */
  readonly isNeeded: boolean;
}

export interface Confirmed {
  readonly verdict: Verdict;
  /** What the checker has accepted; null for nothing. */
  readonly accepted: Argument | null;
}

/** The verdict as it may be told. */
export async function confirmed(
  verdict: Verdict,
  checking: Checking,
  { certified, digests, isNeeded }: Proof,
): Promise<Confirmed> {
  if (verdict.verdict !== 'proved') return { verdict, accepted: null };
  const { assumptions } = verdict;
  const undecided = (reason: string): Confirmed => ({
    verdict: { verdict: 'undecided', assumptions, reason, firstDifference: null },
    accepted: null,
  });
  if (checking.failure !== null) return undecided(checking.failure);
  if (certified?.ok !== true) {
    const why = certified?.reason ?? 'nothing was recorded';
    if (isNeeded) return undecided(`there is a proof, but no certificate of it: ${why}`);
    const believed = `the prover is right: its proof has no certificate for the checker (${why})`;
    return { verdict: { ...verdict, assumptions: [...assumptions, believed] }, accepted: null };
  }
  const conclusion = await checking.conclude();
  if (!conclusion.ok)
    return undecided(`the checker does not accept the certificate: ${conclusion.reason}`);
  if (digests.length !== 2 || digests.some((digest, i) => digest !== conclusion.digests[i]))
    return undecided('a file changed while it was verified');
  const { argument } = certified;
  return { verdict: { ...verdict, certified: { maxUlps: conclusion.ulps } }, accepted: argument };
}
