/**
 * The results of all shards as the result of the whole run.
 *
 * Shards are cut by case index, so together they are the unsharded run: what is merged is exactly what one
 * machine would have found, seconds aside. Anything that does not fit is a failure, for a run that lacks a
 * shard without anybody noticing would ship a release unproved.
 */
import { failed, success, type Result } from '../model/failure.ts';
import { countOutcomes, type CaseResult, type GateFailure, type GateResult } from './case.ts';

/** A result and where it comes from, for failures to name. */
export interface ShardFile {
  readonly file: string;
  readonly result: GateResult;
}

/** What has to be the same in every shard, in the words of a failure. */
const shared = [
  ['plainproof version', 'version'],
  ['configuration', 'configDigest'],
  ['seed', 'seed'],
  ['share of undecided allowed', 'undecidedAllowed'],
  ['number of cases', 'planned'],
] as const;

/** The first way in which a shard is of another run than the first one, or null. */
function otherRun(files: readonly ShardFile[]): { file: string; reason: string } | null {
  const [first, ...rest] = files;
  for (const { file, result } of rest) {
    for (const [words, field] of shared) {
      if (result[field] === first.result[field]) continue;
      const reason = `another ${words} than ${first.file}: ${result[field]}, not ${first.result[field]}`;
      return { file, reason };
    }
  }
  return null;
}

/** The first shard, from 1, that nobody has. */
function missingShard(files: readonly ShardFile[], count: number): number | null {
  const have = new Set(files.map(({ result }) => result.shard?.index));
  for (let k = 1; k <= count; k++) if (!have.has(k)) return k;
  return null;
}

/** The case that should be there, the first by index, or null. */
function missingCase(cases: readonly CaseResult[], planned: number): number | null {
  const have = new Set(cases.map(({ index }) => index));
  for (let k = 0; k < planned; k++) if (!have.has(k)) return k;
  return null;
}

/** Each run shrinks its first failure; that of the whole run is the first of them. */
function firstFailure(files: readonly ShardFile[]): GateFailure | null {
  const failures = files.flatMap(({ result }) => result.failure ?? []);
  return failures.toSorted((a, b) => a.index - b.index).at(0) ?? null;
}

/**
 * Errors, all `bad-value` and with the file in `node`: no file at all, a result that is no shard, a shard
 * twice, a shard or a case missing, and whatever is of another run.
 */
export function mergeShards(files: readonly ShardFile[]): Result<GateResult> {
  const wrong = (file: string, reason: string): Result<never> => failed('bad-value', file, reason);
  if (files.length === 0) return wrong('', 'there is nothing to merge');
  const different = otherRun(files);
  if (different !== null) return wrong(different.file, different.reason);

  const seen = new Map<number, string>();
  const count = files[0].result.shard?.count ?? 0;
  for (const { file, result } of files) {
    const { shard } = result;
    if (shard === null) return wrong(file, 'the result of a whole run, not of a shard');
    const { index } = shard;
    if (shard.count !== count) {
      return wrong(
        file,
        `shard ${index} of ${shard.count}, where ${files[0].file} is one of ${count}`,
      );
    }
    const before = seen.get(index);
    if (before !== undefined) return wrong(file, `shard ${index} again, after ${before}`);
    seen.set(index, file);
  }
  const missing = missingShard(files, count);
  if (missing !== null) return wrong('', `shard ${missing} of ${count} is missing`);

  const cases = files.flatMap(({ result }) => result.cases).toSorted((a, b) => a.index - b.index);
  const twice = cases.find(({ index }, k) => k > 0 && cases[k - 1].index === index);
  if (twice !== undefined) return wrong('', `case ${twice.index} is in more than one shard`);
  const interrupted = files.some(({ result }) => result.interrupted);
  const { version, configDigest, seed, undecidedAllowed, planned } = files[0].result;
  const lost = interrupted ? null : missingCase(cases, planned);
  if (lost !== null) return wrong('', `case ${lost} of ${planned} is in no shard`);
  return success({
    version,
    configDigest,
    seed,
    undecidedAllowed,
    shard: null,
    planned,
    cases,
    counts: countOutcomes(cases),
    failure: firstFailure(files),
    interrupted,
    seconds: files.reduce((sum, { result }) => sum + result.seconds, 0),
  });
}
