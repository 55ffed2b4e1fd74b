/** Runs of the command line that something befalls: a signal, a full disk, the death of a process it needs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtProgram } from '../cli/built.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `during` is handed the process once it has started. */
export async function runWith(
  args: readonly string[],
  during: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<Ended> {
  const child = spawn(process.execPath, [builtProgram(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  await during(child);
  return closed;
}

/** Whether a process has ended. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Process ids of the children of `pid` whose command line holds `text`; none where /proc is not. */
export function childrenOf(pid: number, text: string): readonly number[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const parent = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')[1];
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return Number(parent) === pid && line.includes(text);
      } catch {
        // Ended meanwhile.
        return false;
      }
    })
    .map(Number);
}

/** Waits until `is` holds or the process has ended. */
export async function until(
  child: ChildProcess,
  is: () => boolean,
  milliseconds = 2,
): Promise<void> {
  while (!hasEnded(child) && !is()) await sleep(milliseconds);
}

/** Bytes of the unfinished file beside `file`; 0 where there is none. */
export function unfinishedBytes(file: string): number {
  const name = path.basename(file);
  const found = readdirSync(path.dirname(file)).find((one) => one !== name && one.startsWith(name));
  if (found === undefined) return 0;
  try {
    return statSync(path.join(path.dirname(file), found)).size;
  } catch {
    return 0;
  }
}
