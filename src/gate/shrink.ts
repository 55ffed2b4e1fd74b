/**
 * Goes from something that fails to something smaller that fails, until nothing smaller does.
 *
 * Candidates are tried several at a time, but it is the first of them in order that is taken: the result
 * does not depend on how many workers there are. It does on the time allowed, where that runs out.
 */
export interface Descent<T> {
  /** Each made when its turn comes: large ones must not all be there at once. Null where there is none. */
  readonly smaller: (value: T) => Iterable<() => T | null>;
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
  let passed = 0;
  while (passed < candidates.length && mayGoOn()) {
    const batch: { readonly candidate: T; readonly place: number }[] = [];
    let looked = 0;
    for (; batch.length < width && passed + looked < candidates.length; looked++) {
      const place = (at + looked) % candidates.length;
      const candidate = candidates[place]();
      if (candidate !== null) batch.push({ candidate, place });
    }
    const failing = await Promise.all(batch.map(({ candidate }) => fails(candidate)));
    const first = failing.indexOf(true);
    if (first < 0) {
      tried += batch.length;
      passed += looked;
      at = (at + looked) % candidates.length;
      continue;
    }
    tried += first + 1;
    value = batch[first].candidate;
    candidates = [...smaller(value)];
    // On from where it was: what did not help before it seldom does now, and is tried again at the end.
    at = candidates.length === 0 ? 0 : batch[first].place % candidates.length;
    passed = 0;
  }
  return { value, tried };
}
