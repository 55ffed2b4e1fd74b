/** A theorem about blocks, by its name. */
import { blockTheorems } from '../../../src/theorems/blocks.ts';
import type { Entry } from '../../../src/theorems/entry.ts';

export function theorem(name: string): Entry {
  const entry = blockTheorems.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`there is no theorem ${name}`);
  return entry;
}
