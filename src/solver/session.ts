/**
 * One z3 for the time somebody has questions: the only place that knows it exists.
 *
 * z3 is WebAssembly with worker threads. Loading it takes a third of a second, so it is loaded with the first
 * question; its threads keep the process alive, so whoever opens a session closes it. Every obligation gets
 * a context of its own and a resource limit instead of a clock: the same question has the same answer on
 * any machine. Obligations come as SMT-LIB text, which is also what documents them; they must be small (z3
 * overflows the stack on megabytes of text).
 */

import type * as Z3 from 'z3-solver';

/** What became of an obligation. Only `unsat` and `sat` say anything about it. */
export type Answer =
  /** No assignment satisfies it; `spent` is z3's count of resource units. */
  | { readonly kind: 'unsat'; readonly spent: number | null }
  /** Satisfiable, with z3's model as text. */
  | { readonly kind: 'sat'; readonly model: string }
  /** The resource limit was reached, or the logic is beyond z3. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** z3 did not load, did not read the text, or failed. */
  | { readonly kind: 'error'; readonly message: string };

type Api = Awaited<ReturnType<typeof Z3.init>>;

/** The part of z3's runtime that says which threads are busy. */
interface Threads {
  readonly PThread: { readonly runningWorkers: readonly unknown[] };
}

interface Loaded {
  readonly api: Api;
  readonly killThreads: typeof Z3.killThreads;
}

/** Milliseconds between two looks at the threads, and looks before they are ended anyway. */
const pause = 5;
const mostPauses = 200;

async function load(): Promise<Loaded> {
  const { init, killThreads } = await import('z3-solver');
  return { api: await init(), killThreads };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error);
}

export class Session {
  #loading: Promise<Loaded> | null = null;
  /** z3 answers one question at a time; the next waits for this. */
  #previous: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** Whether the conjunction of the assertions in `text` is satisfiable, within `rlimit` resource units. */
  check(text: string, rlimit: number): Promise<Answer> {
    const answer = this.#previous.then(() => this.#check(text, rlimit));
    this.#previous = answer;
    return answer;
  }

  async #check(text: string, rlimit: number): Promise<Answer> {
    if (this.#closed) return { kind: 'error', message: 'the session is closed' };
    try {
      this.#loading ??= load();
      const { api } = await this.#loading;
      const solver = new (api.Context('obligation').Solver)();
      solver.set('rlimit', rlimit);
      solver.fromString(text);
      const result = await solver.check();
      switch (result) {
        case 'unsat': {
          const count = [...solver.statistics()].find(({ key }) => key === 'rlimit count');
          return { kind: 'unsat', spent: count?.value ?? null };
        }
        case 'sat':
          return { kind: 'sat', model: solver.model().toString() };
        case 'unknown':
          return { kind: 'unknown', reason: solver.reasonUnknown() };
      }
    } catch (error) {
      return { kind: 'error', message: messageOf(error) };
    }
  }

  /** Waits for what was asked and ends z3's threads; questions asked later are errors. */
  async close(): Promise<void> {
    await this.#previous;
    this.#closed = true;
    if (this.#loading === null) return;
    // Loading that failed has been answered with an error and left nothing to end.
    const loaded = await this.#loading.catch(() => null);
    if (loaded === null) return;
    const threads: Threads = loaded.api.em;
    // A thread that is ended before it has reported back is complained of on stderr.
    for (let i = 0; threads.PThread.runningWorkers.length > 0 && i < mostPauses; i++) {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    // Threads that will not end in five seconds change no answer.
    await loaded.killThreads(threads).catch(() => undefined);
  }
}
