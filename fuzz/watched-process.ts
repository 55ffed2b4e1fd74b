/**
 * The process that runs cases, as seen from outside: ended when a case takes too long or too much memory, and
 * started anew. One process serves many cases, for starting costs more than a thousand of them.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Entered } from './child/coverage.ts';
import { isReply, type Reply, type Request } from './child/messages.ts';
import type { Files } from './mutate/case.ts';

export interface Limits {
  /** Of the process's own time; six times as much by the clock, for the machine may have other work. */
  readonly milliseconds: number;
  /** Resident memory of the process at its most. */
  readonly bytes: number;
}

const limits: Limits = { milliseconds: 10_000, bytes: 2 ** 30 };

export type FindingKind = 'crash' | 'access' | 'pollution' | 'wrong' | 'hang' | 'memory' | 'ended';

export interface Finding {
  readonly kind: FindingKind;
  readonly message: string;
}

export interface Outcome {
  readonly ending: string;
  readonly finding: Finding | null;
  readonly fresh: readonly Entered[];
  readonly milliseconds: number;
}

/** Resident memory after which the next case gets a new process, so that a case is blamed for its own. */
const worn = 500 * 2 ** 20;

/** Milliseconds between looks at a process's memory. */
const look = 50;

/** Bytes resident now, where the system tells (Linux). */
function residentBytes(pid: number): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return pages * 4096;
  } catch {
    return 0;
  }
}

/** Milliseconds of processor time so far; null where the system does not tell. Ticks are hundredths of a second. */
function ownMilliseconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return null;
  }
}

/** By the clock, relative to the process's own time. */
const clockShare = 6;

export class WatchedProcess {
  readonly #module: string;
  readonly #limits: Limits;
  readonly #base = mkdtempSync(path.join(tmpdir(), 'plainproof-fuzz-'));
  #child: ChildProcess | null = null;
  #said = '';
  #next = 0;

  /** `module`: the subject's file. */
  constructor(module: string, own: Limits = limits) {
    this.#module = module;
    this.#limits = own;
  }

  async #start(): Promise<ChildProcess> {
    const worker = path.join(import.meta.dirname, 'child/worker.ts');
    const child = fork(worker, [this.#module, this.#base], {
      execArgv: ['--import', 'tsx', '--enable-source-maps'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-4000);
    });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`no start, code ${code}: ${this.#said}`)));
    });
    child.removeAllListeners('exit');
    this.#child = child;
    return child;
  }

  #end(): void {
    this.#child?.removeAllListeners();
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  /** What becomes of a case. Memory and time are judged of a process that has run nothing else. */
  async run(files: Files): Promise<Outcome> {
    const outcome = await this.#once(files);
    const kind = outcome.finding?.kind;
    if (kind !== 'memory' && kind !== 'hang') return outcome;
    this.#end();
    return this.#once(files);
  }

  async #once(files: Files): Promise<Outcome> {
    const child = this.#child ?? (await this.#start());
    const started = performance.now();
    const request: Request = { id: this.#next++, files: [...files] };
    return new Promise((resolve) => {
      const settle = (
        ending: string,
        finding: Finding | null,
        fresh: readonly Entered[] = [],
      ): void => {
        clearTimeout(timer);
        clearInterval(watch);
        child.removeAllListeners('message');
        child.removeAllListeners('exit');
        resolve({ ending, finding, fresh, milliseconds: performance.now() - started });
      };
      const stop = (kind: FindingKind, message: string): void => {
        this.#end();
        settle(kind, { kind, message });
      };
      const tooMuch = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
      const pid = child.pid ?? 0;
      const before = ownMilliseconds(pid);
      const limit = this.#limits.milliseconds;
      const overdue = (milliseconds: number): void => {
        stop('hang', `no answer in ${(milliseconds / 1000).toFixed(1)} s`);
      };
      const timer = setTimeout(() => overdue(clockShare * limit), clockShare * limit);
      const watch = setInterval(() => {
        const bytes = residentBytes(pid);
        const own = ownMilliseconds(pid);
        if (bytes > this.#limits.bytes) stop('memory', tooMuch(bytes));
        else if (before !== null && own !== null && own - before > limit) overdue(own - before);
      }, look);
      child.on('exit', (code, signal) => {
        stop('ended', `the process ended with ${code ?? signal ?? ''}\n${this.#said.slice(-1500)}`);
      });
      child.on('message', (message: unknown) => {
        if (!isReply(message) || message.kind !== 'done' || message.id !== request.id) return;
        settle(message.ending, this.#judged(message), message.fresh);
        if (message.bytes > worn || message.complaint !== null) this.#end();
      });
      child.send(request);
    });
  }

  #judged({ complaint, peakBytes }: Extract<Reply, { kind: 'done' }>): Finding | null {
    if (complaint !== null) return complaint;
    if (peakBytes <= this.#limits.bytes) return null;
    this.#end();
    return { kind: 'memory', message: `${Math.round(peakBytes / 2 ** 20)} MiB` };
  }

  pause(): void {
    this.#end();
  }

  close(): void {
    this.#end();
    rmSync(this.#base, { recursive: true, force: true });
  }
}
