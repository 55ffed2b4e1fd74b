/**
 * The files that a file runs: what it imports, statically or not, and what that imports. Imports of types run
 * nothing. Lines of code are those that are neither blank nor only a comment.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const statement =
  /^(?:import|export) (?!type\b)(?:[^;']*? from )?'(\.[^']+)';|\bimport\('(\.[^']+)'\)/gm;

function importsOf(root: string, file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return Array.from(text.matchAll(statement), ([, fixed, late]) =>
    path.posix.join(path.posix.dirname(file), fixed ?? late),
  );
}

/** `entries` and what they reach, sorted; entries that are not there are left out. */
export function reached(root: string, entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const open = entries.filter((file) => existsSync(path.join(root, file)));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    open.push(...importsOf(root, file));
  }
  return [...seen].sort();
}

export function linesOfCode(text: string): number {
  let isComment = false;
  let count = 0;
  for (const line of text.split('\n')) {
    const bare = line.trim();
    if (isComment) {
      if (bare.includes('*/')) isComment = false;
      continue;
    }
    if (bare.startsWith('/*')) {
      isComment = !bare.includes('*/');
      continue;
    }
    if (bare !== '' && !bare.startsWith('//')) count += 1;
  }
  return count;
}
