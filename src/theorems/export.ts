/**
 * The obligations as files: one folder a theorem, one SMT-LIB text an obligation, in the order they were asked.
 *
 * A file is the very text a solver was given, so its SHA-256 is the digest a theorem rests on.
 */
import type { Asked } from './proof.ts';

export interface ExportedFile {
  /** Relative to the folder of exports, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

function slug(step: string): string {
  return step
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

export function exported(theorem: string, asked: readonly Asked[]): readonly ExportedFile[] {
  const width = String(asked.length).length;
  return asked.map(({ name, text }, i) => ({
    path: `${theorem}/${String(i + 1).padStart(width, '0')}-${slug(name)}.smt2`,
    text,
  }));
}
