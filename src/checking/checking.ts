/**
 * The checker of certificates in a process of its own, which reads the models while the prover looks for a proof.
 *
 * What a proof rests on is then what that process accepts. If it ends before its time, nothing is accepted any more.
 */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { statementText } from '../certificate/certificate-json.ts';
import type { Judge } from '../certificate/judge.ts';
import type { Heard, Scope, Statement } from '../checker/hearing.ts';
import { isAnswer, type Answer, type Request } from './messages.ts';

/** `isBroken`: the process did not do its work, which says nothing about the certificate. */
export type Conclusion =
  | { readonly ok: true; readonly ulps: number; readonly digests: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Not compiled, as in tests, the process has to be told how to read TypeScript. */
const isSource = path.extname(import.meta.filename) === '.ts';
const isTold = process.execArgv.some((option) => option.includes('tsx'));
const loader = isSource && !isTold ? ['--import', 'tsx'] : [];

export class Checking implements Judge {
  readonly #child: ChildProcess;
  #said = '';
  /** Why there are no answers any more. */
  #ended: string | null = null;
  #settle: ((answer: Answer) => void) | null = null;

  constructor(models: readonly string[]) {
    const { dirname, filename } = import.meta;
    const file = path.join(dirname, `process${path.extname(filename)}`);
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
    this.#child = fork(file, [], { stdio: [...stdio], execArgv: [...process.execArgv, ...loader] });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-1000);
    });
    this.#child.on('message', (message) => {
      if (isAnswer(message)) this.#answer(message);
    });
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('exit', (code, signal) => this.#end(`it ended with ${signal ?? code}`));
    this.#send({ kind: 'open', files: models });
  }

  #answer(answer: Answer): void {
    this.#settle?.(answer);
    this.#settle = null;
  }

  #end(how: string): void {
    const said = this.#said.trim().split('\n').at(-1) ?? '';
    this.#ended ??= `the checker's process failed: ${said === '' ? how : said}`;
    this.#answer({ ok: false, reason: this.#ended, channels: [] });
  }

  #ask(request: Request): Promise<Answer> {
    if (this.#ended !== null)
      return Promise.resolve({ ok: false, reason: this.#ended, channels: [] });
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#send(request);
    });
  }

  #send(request: Request): void {
    this.#child.send(request, (error) => {
      if (error !== null) this.#end(error.message);
    });
  }

  async begin(scope: Scope): Promise<void> {
    const { named, inputRange, maxUlps } = scope;
    await this.#ask({ kind: 'begin', text: JSON.stringify({ named, inputRange, maxUlps }) });
  }

  hear(statement: Statement): Promise<Heard> {
    return this.#ask({ kind: 'hear', text: statementText(statement) });
  }

  /** Whether all that was said shows the models to be equal, and which models those are. */
  async conclude(): Promise<Conclusion> {
    const answer = await this.#ask({ kind: 'end' });
    if (!answer.ok) return answer;
    return { ok: true, ulps: answer.ulps, digests: answer.digests ?? [] };
  }

  /** Null while the process does its work. */
  get failure(): string | null {
    return this.#ended;
  }

  close(): void {
    this.#ended ??= 'the checker was told to end';
    this.#child.kill('SIGKILL');
  }
}
