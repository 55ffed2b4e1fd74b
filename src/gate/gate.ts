/**
 * A run of the gate: every case through its converter and the verifier, over all cores, then the first
 * failure made small.
 *
 * Knows no format of reports and prints nothing. Cases may end in any order; results are by index.
 */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { failed, success, type Result } from '../model/failure.ts';
import { version } from '../version.ts';
import {
  countOutcomes,
  gateVerdict,
  isFailure,
  type CaseResult,
  type GateResult,
  type Shard,
} from './case.ts';
import { messageOf } from './conversion.ts';
import { saveFailure } from './failure.ts';
import { caseCount, planCase, shardIndices } from './plan.ts';
import { Pool } from './pool.ts';
import { settingsDigest, type Settings } from './settings.ts';

export interface GateOptions {
  readonly shard: Shard | null;
  readonly workers: number;
  /** Whether proofs of earlier runs count, for models. */
  readonly cache: boolean;
  /** Where the first failure is saved. */
  readonly failureFolder: string;
  /** Seconds that may go into making it small. */
  readonly shrinkSeconds: number;
  /** Ends the run with what there is; while the first failure is made small, with the smallest so far. */
  readonly signal: AbortSignal;
  /** Told of each case as it ends. */
  readonly onCase: (ended: CaseResult, standing: Standing) => void;
  readonly onShrinking: (from: CaseResult) => void;
  /** Told why the smallest failing network could not be saved. */
  readonly onUnsaved: (reason: string) => void;
}

/** How far a run is. */
export interface Standing {
  readonly done: number;
  /** Cases of this run: of the shard, where it is one. */
  readonly total: number;
  readonly soFar: () => GateResult;
}

/** Runs all cases. Errors: `unreadable-file`, `cannot-write`, before anything was tried. */
export async function runGate(
  settings: Settings,
  options: GateOptions,
): Promise<Result<GateResult>> {
  for (const file of settings.models) {
    const found = await stat(path.resolve(path.dirname(settings.file), file)).catch(() => null);
    if (found === null) return failed('unreadable-file', '', `there is no model ${file}`);
  }
  let scratch: string;
  try {
    scratch = await mkdtemp(path.join(tmpdir(), 'plainproof-gate-'));
  } catch (error) {
    return failed('cannot-write', '', `no temporary folder: ${messageOf(error)}`);
  }
  const pool = new Pool(settings.file, options.workers);
  try {
    return success(await new Run(settings, options, { pool, scratch }).result());
  } finally {
    pool.close();
    await rm(scratch, { recursive: true, force: true }).catch(() => null);
  }
}

class Run {
  readonly #settings: Settings;
  readonly #options: GateOptions;
  readonly #pool: Pool;
  readonly #scratch: string;
  readonly #start = performance.now();
  readonly #configDigest: string;
  readonly #indices: readonly number[];
  readonly #cases: CaseResult[] = [];

  constructor(
    settings: Settings,
    options: GateOptions,
    { pool, scratch }: { readonly pool: Pool; readonly scratch: string },
  ) {
    this.#settings = settings;
    this.#options = options;
    this.#pool = pool;
    this.#scratch = scratch;
    this.#configDigest = settingsDigest(settings);
    this.#indices = shardIndices(caseCount(settings), options.shard);
  }

  async result(): Promise<GateResult> {
    const indices = this.#indices.values();
    const { signal, workers } = this.#options;
    const onAbort = (): void => this.#pool.close();
    signal.addEventListener('abort', onAbort);
    await Promise.all(Array.from({ length: workers }, () => this.#work(indices)));
    // From here on an interruption ends the search for something smaller, not the saving of what there is.
    signal.removeEventListener('abort', onAbort);
    const result = this.#soFar();
    const first = this.#firstFailure(result);
    if (first === null || signal.aborted) return result;
    this.#options.onShrinking(first);
    // That the smallest network cannot be saved must not cost what is known.
    const failure = await saveFailure(first, {
      settings: this.#settings,
      pool: this.#pool,
      scratch: this.#scratch,
      folder: this.#options.failureFolder,
      seconds: this.#options.shrinkSeconds,
      signal,
    }).catch((error: unknown) => {
      this.#options.onUnsaved(messageOf(error));
      return null;
    });
    return { ...this.#soFar(), failure };
  }

  async #work(indices: Iterator<number>): Promise<void> {
    for (let next = indices.next(); next.done !== true; next = indices.next()) {
      if (this.#options.signal.aborted) return;
      const ended = await this.#try(next.value);
      // A case that was ended with the run says nothing.
      if (this.#options.signal.aborted) return;
      this.#cases.push(ended);
      const [done, total] = [this.#cases.length, this.#indices.length];
      this.#options.onCase(ended, { done, total, soFar: () => this.#soFar() });
    }
  }

  async #try(index: number): Promise<CaseResult> {
    const start = performance.now();
    const { converter, source, subject } = planCase(this.#settings, index);
    const folder = path.join(this.#scratch, `case-${index}`);
    const { cache } = this.#options;
    const outcome = await mkdir(folder).then(
      () => this.#pool.run({ converter, subject, folder, keep: false, cache }),
      (error: unknown) => ({ kind: 'workerFailed', message: messageOf(error) }) as const,
    );
    await rm(folder, { recursive: true, force: true }).catch(() => null);
    const seconds = (performance.now() - start) / 1000;
    return { index, converter, source, outcome, seconds };
  }

  #soFar(): GateResult {
    const cases = this.#cases.toSorted((a, b) => a.index - b.index);
    const { shard } = this.#options;
    const { seed, undecidedAllowed } = this.#settings;
    return {
      version,
      configDigest: this.#configDigest,
      seed,
      undecidedAllowed,
      shard,
      planned: caseCount(this.#settings),
      cases,
      counts: countOutcomes(cases),
      failure: null,
      interrupted: cases.length < this.#indices.length,
      seconds: (performance.now() - this.#start) / 1000,
    };
  }

  /** Of what keeps the run from passing: what is refuted or broken first, else what is undecided. */
  #firstFailure(result: GateResult): CaseResult | null {
    if (gateVerdict(result) === 'proved') return null;
    const { cases } = result;
    const worst = cases.find(({ outcome }) => isFailure(outcome));
    return worst ?? cases.find(({ outcome }) => outcome.kind === 'undecided') ?? null;
  }
}
