/**
 * Runs a converter's program once, in a process group of its own: when time is up, or when the gate ends,
 * the whole group is killed, so that what the program has started does not stay behind.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandRun {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** Told the process group as soon as there is one. */
  readonly started?: (group: number) => void;
}

/** How a program ended, with the last of what it wrote to either stream. */
export type CommandEnd =
  | { readonly kind: 'ended'; readonly code: number; readonly said: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly said: string }
  | { readonly kind: 'timedOut'; readonly said: string }
  | { readonly kind: 'notStarted'; readonly reason: string };

/** Characters kept of what a program writes: its last words are what explains its end. */
const kept = 4000;

/** Kills a process group; that there is none any more is as good. */
export function killGroup(group: number): void {
  try {
    // Windows has no groups: there, what the program has started stays.
    process.kill(process.platform === 'win32' ? group : -group, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

export async function runCommand(run: CommandRun): Promise<CommandEnd> {
  const [program, ...rest] = run.words;
  const child = spawn(program, rest, {
    cwd: run.cwd,
    env: { ...process.env, ...run.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-kept);
    });
  }
  const { pid } = child;
  if (pid === undefined) {
    const [error]: unknown[] = await once(child, 'error');
    return { kind: 'notStarted', reason: error instanceof Error ? error.message : String(error) };
  }
  run.started?.(pid);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(pid);
  }, run.timeLimit);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('exit', (...end) => {
      // What the program left running would keep its streams open.
      killGroup(pid);
      // And what has left the group may do so for ever.
      setTimeout(() => resolve(end), 1000).unref();
      child.on('close', () => resolve(end));
    });
  });
  clearTimeout(timer);
  child.stdout.destroy();
  child.stderr.destroy();
  if (timedOut) return { kind: 'timedOut', said };
  if (code === null) return { kind: 'killed', signal: signal ?? 'no signal', said };
  return { kind: 'ended', code, said };
}

/** The last lines that say something, for a message. */
export function lastWords(said: string): string {
  const lines = said.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(-4).join('\n').slice(-600);
}
