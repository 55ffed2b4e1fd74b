/**
 * What a TypeScript or JavaScript file exports by default. It is run: such files are as trusted as the program.
 *
 * Through jiti, since Node 20 reads no TypeScript. `modules` are what some names stand for in it, whatever is
 * installed where the file is: `plainproof` is the program that reads it.
 */
import { createJiti } from 'jiti';

/** Throws whatever the file throws while it is run. */
export async function importFile(
  file: string,
  modules: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const virtualModules = { ...modules };
  const jiti = createJiti(import.meta.url, { fsCache: false, sourceMaps: true, virtualModules });
  return jiti.import(file, { default: true });
}
