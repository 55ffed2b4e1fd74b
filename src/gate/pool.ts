/** Several workers behind one queue: trials are handed out in the order they were asked for. */
import type { Outcome } from './case.ts';
import { lost } from './conversion.ts';
import type { Trial } from './trial.ts';
import { WorkerProcess } from './worker-process.ts';

export class Pool {
  readonly #free: WorkerProcess[];
  readonly #all: readonly WorkerProcess[];
  readonly #waiting: ((worker: WorkerProcess | null) => void)[] = [];

  /** `config` is the absolute path of the configuration. */
  constructor(config: string, size: number) {
    this.#all = Array.from({ length: size }, () => new WorkerProcess(config));
    this.#free = [...this.#all];
  }

  get size(): number {
    return this.#all.length;
  }

  async run(trial: Trial): Promise<Outcome> {
    const worker = this.#free.pop() ?? (await this.#next());
    if (worker === null) return lost('the run was ended');
    const outcome = await worker.try(trial);
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(worker);
    else next(worker);
    return outcome;
  }

  #next(): Promise<WorkerProcess | null> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Ends all workers at once; what they were at ends as a lost case. */
  close(): void {
    for (const waiting of this.#waiting.splice(0)) waiting(null);
    for (const worker of this.#all) worker.close();
  }
}
