/** Runs the command line in a process of its own, as a shell would. */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtProgram } from './built.ts';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const root = path.resolve(import.meta.dirname, '../..');

export function plainproof(...args: readonly string[]): Promise<Run> {
  return plainproofWith({}, ...args);
}

/** With these variables beside those of the environment. */
export function plainproofWith(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builtProgram(), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

export function scratchFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'plainproof-'));
}

/** Bytes without a meaning, the same on every run. */
export function writeNoise(file: string): string {
  writeFileSync(
    file,
    Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31 + 7 * i) & 255),
  );
  return file;
}
