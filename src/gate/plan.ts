/**
 * The cases of a run, in order: every network through every converter, then every model.
 *
 * A case follows from the settings and its index alone, so that shards need not speak to each other.
 */
import path from 'node:path';
import { drawRecipe, networkSeed } from '../networks/draw.ts';
import type { CaseSource, Shard } from './case.ts';
import type { Settings } from './settings.ts';
import type { Subject } from './trial.ts';

export interface PlannedCase {
  readonly index: number;
  readonly converter: string;
  readonly source: CaseSource;
  readonly subject: Subject;
}

/** How many cases there are, over all shards. */
export function caseCount({ converters, networks, models }: Settings): number {
  return (networks + models.length) * converters.length;
}

export function planCase(settings: Settings, index: number): PlannedCase {
  const { converters, networks, models, seed } = settings;
  const converter = converters[index % converters.length].name;
  const k = Math.floor(index / converters.length);
  if (k >= networks) {
    const file = models[k - networks];
    const absolute = path.resolve(path.dirname(settings.file), file);
    const subject = { kind: 'model', file: absolute } as const;
    return { index, converter, source: { kind: 'model', file }, subject };
  }
  const recipe = drawRecipe(settings, k);
  const families = recipe.blocks.map(({ family }) => family);
  const source = { kind: 'network', families, seed: networkSeed(seed, k) } as const;
  return { index, converter, source, subject: { kind: 'network', recipe } };
}

/** The indices of a shard's cases, or of all. */
export function shardIndices(count: number, shard: Shard | null): readonly number[] {
  const [first, step] = shard === null ? [0, 1] : [shard.index - 1, shard.count];
  const indices: number[] = [];
  for (let index = first; index < count; index += step) indices.push(index);
  return indices;
}
