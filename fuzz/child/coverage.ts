/**
 * Which code a case reached, from V8's own counters.
 *
 * V8 tells of every function that was entered the stretches that were not run. What has never been run is the
 * intersection of those over all cases, so a case is new where it makes that smaller.
 */
import { Session } from 'node:inspector';

/** A function that was entered, and the stretches of it, as pairs of offsets, that were not run. */
export interface Entered {
  readonly name: string;
  readonly missed: readonly number[];
}

function isWithin(from: number, to: number, missed: readonly number[]): boolean {
  for (let i = 0; i < missed.length; i += 2) {
    if (missed[i] <= from && to <= missed[i + 1]) return true;
  }
  return false;
}

/** What has never been run, of the functions that have been entered. */
export class Reached {
  readonly #missed = new Map<string, readonly number[]>();

  /** Those that were entered for the first time, or ran something for the first time. */
  add(entered: readonly Entered[]): readonly Entered[] {
    return entered.filter(({ name, missed }) => {
      const before = this.#missed.get(name);
      if (before === undefined) {
        this.#missed.set(name, missed);
        return true;
      }
      const left: number[] = [];
      for (let i = 0; i < before.length; i += 2) {
        if (isWithin(before[i], before[i + 1], missed)) left.push(before[i], before[i + 1]);
      }
      this.#missed.set(name, left);
      return left.length < before.length;
    });
  }
}

export class Coverage {
  readonly #session = new Session();
  readonly #folder: string;
  readonly #reached = new Reached();

  /** `folder`: URL of the code that counts. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  }

  /** What is new to this process since the last call. */
  take(): readonly Entered[] {
    const entered: Entered[] = [];
    this.#session.post('Profiler.takePreciseCoverage', (error, coverage) => {
      if (error !== null) return;
      for (const { url, functions } of coverage.result) {
        if (!url.startsWith(this.#folder)) continue;
        for (const { ranges } of functions) {
          const [whole, ...parts] = ranges;
          if (whole.count === 0) continue;
          const missed = parts.filter(({ count }) => count === 0);
          entered.push({
            name: `${url}:${whole.startOffset}`,
            missed: missed.flatMap(({ startOffset, endOffset }) => [startOffset, endOffset]),
          });
        }
      }
    });
    return this.#reached.add(entered);
  }
}
