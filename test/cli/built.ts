/**
 * The package as it is shipped, in dist/: built anew where a source is younger, by one process at a time.
 *
 * Tests of whole runs start it some two hundred times. From source each start would translate what it imports, which
 * takes longer than most of the runs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const main = path.join(root, 'dist/cli/main.js');
const lock = path.join(root, '.cache/build.lock');

/** Milliseconds after which whoever holds the lock is taken for dead. */
const patience = 120_000;

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isFresh(): boolean {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];
  const all = [...sources, ...settings.map((file) => path.join(root, file))];
  const built = modified(main);
  return all.every((file) => modified(file) < built);
}

/** Whether this process has the lock now. */
function locked(): boolean {
  try {
    mkdirSync(path.dirname(lock), { recursive: true });
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

let isBuilt = false;

/** The program, built from what src/ is now. Throws where it does not build. */
export function builtProgram(): string {
  if (isBuilt) return main;
  while (!locked()) {
    if (Date.now() - modified(lock) > patience) rmSync(lock, { recursive: true, force: true });
    else sleep(100);
  }
  try {
    if (!isFresh()) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  isBuilt = true;
  return main;
}
