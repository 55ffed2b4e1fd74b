/**
 * Goes from something that fails to something smaller that fails, until nothing smaller does.
 *
 * Candidates are tried several at a time, but it is the first of them in order that is taken: the result
 * does not depend on how many workers there are. It does on the time allowed, where that runs out.
 */
export interface Descent<T> {
  readonly smaller: (value: T) => Iterable<T>;
  /** Whether it fails in the way that is being followed. */
  readonly fails: (value: T) => Promise<boolean>;
  /** How many are tried at a time. */
  readonly width: number;
  /** Asked before each batch. */
  readonly mayGoOn: () => boolean;
}

/** The smallest found, and how many were tried for it. */
export async function descend<T>(
  start: T,
  { smaller, fails, width, mayGoOn }: Descent<T>,
): Promise<{ readonly value: T; readonly tried: number }> {
  let value = start;
  let tried = 0;
  let candidates = [...smaller(value)];
  let at = 0;
  // Since the last success; after a whole round without one there is nothing left to try.
  let failures = 0;
  while (failures < candidates.length && mayGoOn()) {
    if (at >= candidates.length) at = 0;
    const batch = candidates.slice(at, at + Math.min(width, candidates.length - failures));
    const failing = await Promise.all(batch.map(fails));
    const first = failing.indexOf(true);
    if (first < 0) {
      tried += batch.length;
      failures += batch.length;
      at += batch.length;
      continue;
    }
    tried += first + 1;
    value = batch[first];
    // On from where it was: what did not help before it seldom does now, and is tried again at the end.
    at += first;
    candidates = [...smaller(value)];
    failures = 0;
  }
  return { value, tried };
}
