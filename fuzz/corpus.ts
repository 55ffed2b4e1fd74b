/**
 * Cases on disk: one folder a case, its files in it. `corpus/` is what mutations start from and is kept small;
 * what a run finds beside it is kept from run to run under .cache, where nobody commits it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Files } from './mutate/case.ts';

const root = path.resolve(import.meta.dirname, '..');

export const corpusFolder = path.join(root, 'fuzz/corpus');
export const regressionsFolder = path.join(root, 'fuzz/regressions');
export const findingsFolder = path.join(root, 'fuzz/findings');
export const discoveredFolder = path.join(root, '.cache/fuzz');

export interface StoredCase {
  readonly name: string;
  readonly files: Files;
}

export function readCaseFolder(folder: string): Files {
  const names = readdirSync(folder).sort();
  return new Map(
    names.map((name): [string, Uint8Array] => [name, readFileSync(path.join(folder, name))]),
  );
}

/** By name; none where the folder is not there. */
export function readCases(folder: string): readonly StoredCase[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return entries
    .map(({ name }) => ({ name, files: readCaseFolder(path.join(folder, name)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function writeCase(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
}
