/** The decider of a run: z3, with the answers of earlier runs remembered unless told otherwise. */
import { homedir } from 'node:os';
import path from 'node:path';
import type { Decider } from '../logic/decision.ts';
import { Remembering } from './remembered.ts';
import { Z3, z3Version } from './z3.ts';

export interface DeciderOptions {
  readonly rlimit: number;
  readonly sessions: number;
  readonly cache: boolean;
}

export interface OpenDecider extends Decider {
  close(): Promise<void>;
}

/** In the user's cache folder: answers do not depend on where they were asked. */
function cacheFolder(): string {
  const home = process.env['XDG_CACHE_HOME'];
  const base = home === undefined || home === '' ? path.join(homedir(), '.cache') : home;
  return path.join(base, 'plainproof', 'answers');
}

export function openDecider({ rlimit, sessions, cache }: DeciderOptions): OpenDecider {
  const z3 = new Z3(rlimit, sessions);
  const decider = cache ? new Remembering(z3, z3Version(), cacheFolder()) : z3;
  return { decide: (text) => decider.decide(text), close: () => z3.close() };
}
