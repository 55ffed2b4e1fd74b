/** The exit codes of every command: scripts rely on them. 64 and 65 are those of BSD's sysexits. */
import type { Verdict } from '../verdict/verdict.ts';

export const exitCode = {
  proved: 0,
  refuted: 1,
  undecided: 2,
  usage: 64,
  unreadable: 65,
  /** A bug of plainproof: none of the other codes may stand for it. */
  internal: 70,
} as const;

export function exitCodeOf(verdict: Verdict): number {
  return exitCode[verdict.verdict];
}
