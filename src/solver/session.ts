/**
 * One z3 for the time somebody has questions: the only place that knows it exists.
 *
 * z3 is WebAssembly with worker threads. It takes a third of a second to load, so it is started with the
 * first question; and an internal error or a full heap ends its whole process, so it runs in one of its
 * own (child.js), which is started anew for the next question. Every obligation gets a context of its own
 * and a resource limit instead of a clock: the same question has the same answer on any machine.
 * Obligations come as SMT-LIB text, which is also what documents them; they must be small (z3 overflows
 * the stack on megabytes of text).
 */
import { fork, type ChildProcess } from 'node:child_process';

/** What became of an obligation. Only `unsat` and `sat` say anything about it. */
export type Answer =
  /** No assignment satisfies it; `spent` is z3's count of resource units. */
  | { readonly kind: 'unsat'; readonly spent: number | null; readonly milliseconds: number }
  /** Satisfiable, with z3's model as text. */
  | { readonly kind: 'sat'; readonly model: string }
  /** The resource limit was reached, or the logic is beyond z3. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** z3 did not load, did not read the text, or failed. */
  | { readonly kind: 'error'; readonly message: string };

/** Resident memory of z3's process after which the next question gets a new one. */
const memoryLimit = 600 * 2 ** 20;

const patienceSeconds = 120;

interface Question {
  readonly text: string;
  readonly rlimit: number;
  readonly tactic: string | undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The child's answer; what is not exactly an answer is an error. */
function readAnswer(value: unknown): Answer {
  if (isObject(value)) {
    const { kind, spent, milliseconds, model, reason, message } = value;
    if (kind === 'unsat' && typeof milliseconds === 'number') {
      return { kind, spent: typeof spent === 'number' ? spent : null, milliseconds };
    }
    if (kind === 'sat') return { kind, model: String(model) };
    if (kind === 'unknown') return { kind, reason: String(reason) };
    if (kind === 'error') return { kind, message: String(message) };
  }
  return { kind: 'error', message: 'z3 gave no answer that can be read' };
}

export class Session {
  #child: ChildProcess | null = null;
  #previous: Promise<unknown> = Promise.resolve();
  #asked = 0;
  #closed = false;

  /**
   * Whether the conjunction of the assertions in `text` is satisfiable, within `rlimit` resource units; by
   * z3's own choice of strategy, or by a tactic of that name.
   */
  check(text: string, rlimit: number, tactic?: string): Promise<Answer> {
    const answer = this.#previous.then(() => this.#ask({ text, rlimit, tactic }));
    this.#previous = answer;
    return answer;
  }

  #start(): ChildProcess {
    // Flags of this process (a loader, a profiler) are not z3's; its complaints are its answers.
    const child = fork(new URL('./child.js', import.meta.url), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    // It may be ended by anybody while it has nothing to do.
    child.once('exit', () => {
      if (this.#child === child) this.#child = null;
    });
    return child;
  }

  #ask(question: Question): Promise<Answer> {
    if (this.#closed) return Promise.resolve({ kind: 'error', message: 'the session is closed' });
    const child = this.#child ?? this.#start();
    const id = this.#asked++;
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(patience);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.off('error', onError);
        resolve(answer);
      };
      const onMessage = (message: unknown): void => {
        if (!isObject(message) || message['id'] !== id) return;
        // What z3 has used it does not give back, and near its limit of 2 GiB it answers no more.
        if (Number(message['bytes']) > memoryLimit) this.#end(child);
        settle(readAnswer(message['answer']));
      };
      const onExit = (code: number | null, signal: string | null): void => {
        this.#child = null;
        settle({ kind: 'error', message: `z3 ended with ${code ?? signal ?? 'no word'}` });
      };
      const onError = (error: Error): void => {
        this.#child = null;
        settle({ kind: 'error', message: error.message });
      };
      // Not a limit for questions, which have theirs: a process that hangs is a failure of z3.
      const patience = setTimeout(() => {
        this.#end(child);
        settle({ kind: 'error', message: `z3 gave no answer in ${patienceSeconds} s` });
      }, patienceSeconds * 1000);
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.on('error', onError);
      child.send({ id, ...question }, (error) => {
        if (error !== null) onError(error);
      });
    });
  }

  #end(child: ChildProcess): void {
    child.kill();
    if (this.#child === child) this.#child = null;
  }

  /** Waits for what was asked and ends z3; questions asked later are errors. */
  async close(): Promise<void> {
    await this.#previous;
    this.#closed = true;
    if (this.#child !== null) this.#end(this.#child);
  }
}
