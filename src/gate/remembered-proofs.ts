/**
 * Proofs of earlier runs: for the same two files, the same options and the very same program, a model that
 * was proved is proved.
 *
 * Only proofs are remembered: whatever fails is looked at anew, and has its counterexample written again. An
 * entry carries what it is for and a digest of itself; one that is not exactly what was written is no entry.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { z3Version } from '../solver/z3.ts';
import type { Grade } from '../verdict/verdict.ts';
import { version } from '../version.ts';

export interface RememberedProof {
  readonly grade: Grade;
  readonly maxUlps: number;
  readonly assumptions: readonly string[];
}

/** What a proof is of. */
export interface Pair {
  /** SHA-256 of the files. */
  readonly original: string;
  readonly converted: string;
  readonly inputRange: { readonly lower: number; readonly upper: number } | null;
  readonly maxUlps: number | null;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** In the user's cache folder, beside the solver's answers. */
function cacheFolder(): string {
  const home = process.env['XDG_CACHE_HOME'];
  const base = home === undefined || home === '' ? path.join(homedir(), '.cache') : home;
  return path.join(base, 'plainproof', 'proofs');
}

let program: Promise<string> | null = null;

/**
 * The version and a digest of the code, for a working copy changes without a new version; and what the proof was
 * computed by besides, z3 and the JavaScript engine.
 */
function programIdentity(): Promise<string> {
  program ??= digestOfCode(path.resolve(import.meta.dirname, '..'));
  return program;
}

async function digestOfCode(root: string): Promise<string> {
  const hash = createHash('sha256').update([version, z3Version(), process.version].join(' '));
  const files = await readdir(root, { recursive: true });
  for (const file of files.filter((name) => /\.[jt]s$/.test(name)).sort()) {
    hash.update(file).update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}

async function entryOf(pair: Pair): Promise<{ readonly key: string; readonly file: string }> {
  const { original, converted, inputRange, maxUlps } = pair;
  const range = inputRange === null ? null : [inputRange.lower, inputRange.upper];
  const what = [await programIdentity(), original, converted, range, maxUlps];
  const key = sha256(JSON.stringify(what));
  return { key, file: path.join(cacheFolder(), `${key}.json`) };
}

function content(key: string, proof: RememberedProof): string {
  const { grade, maxUlps, assumptions } = proof;
  return JSON.stringify([key, grade, maxUlps, assumptions]);
}

/** The proof remembered of this pair, or null. */
export async function recall(pair: Pair): Promise<RememberedProof | null> {
  const { key, file } = await entryOf(pair);
  try {
    const [digest, ...lines] = (await readFile(file, 'utf8')).split('\n');
    const text = lines.join('\n');
    if (digest !== sha256(text)) return null;
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return null;
    const [of, grade, maxUlps, assumptions]: readonly unknown[] = value;
    if (of !== key || (grade !== 'exact' && grade !== 'rounded')) return null;
    if (typeof maxUlps !== 'number' || !Array.isArray(assumptions)) return null;
    return { grade, maxUlps, assumptions: assumptions.map(String) };
  } catch {
    return null;
  }
}

export async function remember(pair: Pair, proof: RememberedProof): Promise<void> {
  try {
    const { key, file } = await entryOf(pair);
    const text = content(key, proof);
    const temporary = `${file}.${process.pid}.tmp`;
    await mkdir(cacheFolder(), { recursive: true });
    await writeFile(temporary, `${sha256(text)}\n${text}`);
    await rename(temporary, file);
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
}
