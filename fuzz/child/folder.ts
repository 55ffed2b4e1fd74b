/**
 * Where a case lies: a folder of its own, beside a file that no reader may touch, with links that lead there.
 *
 *     outside/secret.bin      zeros: as good weights as any
 *     outside/case/           the files of the case; link → .., link.bin → ../secret.bin
 *     home/                   for caches and temporary files
 */
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Files } from '../mutate/case.ts';

export interface Folders {
  readonly base: string;
  readonly files: string;
  readonly home: string;
}

export function makeFolders(base: string): Folders {
  const folders = { base, files: path.join(base, 'outside/case'), home: path.join(base, 'home') };
  mkdirSync(folders.files, { recursive: true });
  mkdirSync(folders.home, { recursive: true });
  writeFileSync(path.join(base, 'outside/secret.bin'), new Uint8Array(4096));
  return folders;
}

/** Removes what the last case left and puts the files of the next. */
export function putFiles(folder: string, files: Files): void {
  for (const name of readdirSync(folder)) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
  symlinkSync('..', path.join(folder, 'link'));
  symlinkSync('../secret.bin', path.join(folder, 'link.bin'));
}
