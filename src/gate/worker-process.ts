/**
 * One worker as seen from the gate: a process that is started when there is something to try, watched while
 * it tries, and started anew when it has died.
 *
 * Whatever becomes of the process, a trial ends with an outcome. A function that hangs holds the process,
 * so it is ended from here.
 */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Outcome } from './case.ts';
import { killGroup, lastWords } from './command.ts';
import { broken, lost, overdue, type Phase } from './conversion.ts';
import type { Trial } from './trial.ts';
import { isReport, type Request } from './worker-messages.ts';

/** Resident memory after which the next trial gets a new process: kernels and solver give nothing back. */
const memoryLimit = 1.5 * 2 ** 30;

/** No limit for proofs, which have their own: a process that hangs. */
const verifyingLimit = 900_000;

export class WorkerProcess {
  readonly #config: string;
  #child: ChildProcess | null = null;
  #said = '';
  #group: number | null = null;
  #closed = false;

  constructor(config: string) {
    this.#config = config;
  }

  #start(): ChildProcess {
    // Compiled or not, the worker is what this file is; and so are the flags it is to be run with.
    const file = path.join(import.meta.dirname, `worker${path.extname(import.meta.filename)}`);
    const child = fork(file, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-4000);
    });
    this.#child = child;
    return child;
  }

  try(trial: Trial): Promise<Outcome> {
    if (this.#closed) return Promise.resolve(lost('the run was ended'));
    const child = this.#child ?? this.#start();
    let phase: Phase = { phase: 'verifying' };
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.off('error', onError);
        this.#group = null;
        resolve(outcome);
      };
      const limit = (milliseconds: number, outcome: Outcome): void => {
        timer = setTimeout(() => {
          this.#end(child);
          settle(outcome);
        }, milliseconds);
      };
      const watch = (next: Phase): void => {
        clearTimeout(timer);
        phase = next;
        this.#group = next.phase === 'command' ? next.group : null;
        // A program's time is kept in the worker, beside the program.
        if (next.phase === 'function') {
          limit(next.timeLimit, broken('timedOut', overdue(next.timeLimit)));
        } else if (next.phase === 'verifying') {
          limit(verifyingLimit, lost(`verification ${overdue(verifyingLimit)}`));
        }
      };
      const onMessage = (message: unknown): void => {
        if (!isReport(message)) return;
        if (message.kind === 'phase') {
          watch(message.phase);
          return;
        }
        if (message.bytes > memoryLimit) this.#end(child);
        settle(message.outcome);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        this.#end(child);
        const how =
          code === null ? `was ended by ${signal ?? 'nobody'}` : `ended with code ${code}`;
        const said = lastWords(this.#said);
        const message = `the worker process ${how}${said === '' ? '' : `\n${said}`}`;
        // The function ran in it, and nothing of ours did.
        settle(phase.phase === 'function' ? broken('crashed', message) : lost(message));
      };
      const onError = (error: Error): void => {
        this.#end(child);
        settle(lost(`the worker process failed: ${error.message}`));
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.on('error', onError);
      watch(phase);
      const request: Request = { kind: 'trial', config: this.#config, trial };
      child.send(request, (error) => {
        if (error !== null) onError(error);
      });
    });
  }

  /** Ends the process, and the converter's program that it has started. */
  #end(child: ChildProcess): void {
    if (this.#group !== null) killGroup(this.#group);
    this.#group = null;
    child.kill('SIGKILL');
    if (this.#child === child) this.#child = null;
  }

  close(): void {
    this.#closed = true;
    if (this.#child !== null) this.#end(this.#child);
  }
}
