/**
 * The first failure of a run, made small and saved with everything it takes to see it again.
 *
 * First as a recipe, where sizes and textures can be changed, then as a model, where layers can be left out.
 * What is followed is the kind of failure: a network that crashes a converter is no smaller version of one
 * that it gets wrong.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { saveOnnx } from '../formats/onnx/save-onnx.ts';
import { readModel } from '../formats/read-model.ts';
import type { Model } from '../model/model.ts';
import { drawNetwork } from '../networks/network.ts';
import { smallerRecipes } from '../networks/smaller.ts';
import type { CaseResult, GateFailure, Outcome } from './case.ts';
import { narrowerModels } from './narrower-model.ts';
import { planCase } from './plan.ts';
import type { Pool } from './pool.ts';
import type { Settings } from './settings.ts';
import { descend } from './shrink.ts';
import { modelsAround, smallerModels } from './smaller-model.ts';
import { trialFiles, type Subject } from './trial.ts';
import { shellLine } from './words.ts';

export interface Saving {
  readonly settings: Settings;
  readonly pool: Pool;
  /** For trials; the caller removes it. */
  readonly scratch: string;
  /** Where the failure is saved. */
  readonly folder: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Most networks tried for one failure, so that a converter that takes hours does not take days. */
const mostTried = 2000;

function sameKind(a: Outcome, b: Outcome): boolean {
  if (a.kind !== 'converterFailed' || b.kind !== 'converterFailed') return a.kind === b.kind;
  return a.failure === b.failure;
}

/** Throws where the file system refuses. */
export async function saveFailure(first: CaseResult, saving: Saving): Promise<GateFailure> {
  const shrinking = new Shrinking(first, saving);
  const { subject } = planCase(saving.settings, first.index);
  const smallest = await shrinking.smallest(subject);
  return shrinking.save(smallest);
}

class Shrinking {
  readonly #first: CaseResult;
  readonly #saving: Saving;
  readonly #end: number;
  #tried = 0;
  #trials = 0;

  constructor(first: CaseResult, saving: Saving) {
    this.#first = first;
    this.#saving = saving;
    this.#end = performance.now() + saving.seconds * 1000;
  }

  /** The model to save; null for the file of a model that got no smaller. */
  async smallest(subject: Subject): Promise<Model | null> {
    const start = await this.#modelOf(subject);
    if (start === null) return null;
    const { outcome } = this.#first;
    const near = outcome.kind === 'refuted' && subject.kind === 'model' ? outcome.layer : null;
    const candidates = (model: Model): Iterable<() => Model | null> => {
      const fewer =
        model === start && near !== null ? modelsAround(model, near) : smallerModels(model);
      return [...fewer, ...narrowerModels(model)];
    };
    const smaller = await this.#descend(start, candidates, (model) => this.#failsAs(model));
    return subject.kind === 'model' && smaller === start ? null : smaller;
  }

  async #modelOf(subject: Subject): Promise<Model | null> {
    if (subject.kind === 'model') {
      const read = await readModel(subject.file);
      return read.ok ? read.value.model : null;
    }
    const recipe = await this.#descend(subject.recipe, smallerRecipes, (smaller) =>
      this.#fails({ kind: 'network', recipe: smaller }),
    );
    return drawNetwork(recipe).original;
  }

  async #descend<T>(
    start: T,
    smaller: (value: T) => Iterable<() => T | null>,
    fails: (value: T) => Promise<boolean>,
  ): Promise<T> {
    const { pool, signal } = this.#saving;
    const mayGoOn = (): boolean =>
      !signal.aborted && performance.now() < this.#end && this.#tried < mostTried;
    const { value, tried } = await descend(start, { smaller, fails, mayGoOn, width: pool.size });
    this.#tried += tried;
    return value;
  }

  async #failsAs(model: Model): Promise<boolean> {
    return this.#inFolder(async (folder) => {
      const file = path.join(folder, 'subject.onnx');
      const saved = await saveOnnx(file, model);
      return saved.ok && this.#fails({ kind: 'model', file });
    });
  }

  #fails(subject: Subject): Promise<boolean> {
    return this.#inFolder(async (folder) => {
      const outcome = await this.#try(subject, folder, false);
      return sameKind(outcome, this.#first.outcome);
    });
  }

  #try(subject: Subject, folder: string, keep: boolean): Promise<Outcome> {
    const { converter } = this.#first;
    return this.#saving.pool.run({ converter, subject, folder, keep, cache: false });
  }

  async #inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = path.join(this.#saving.scratch, `shrink-${this.#trials++}`);
    await mkdir(folder);
    try {
      return await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Tries it once more, and keeps what the trial leaves behind. */
  async save(model: Model | null): Promise<GateFailure> {
    const { settings, folder } = this.#saving;
    const { index, converter, source } = this.#first;
    const { subject } = planCase(settings, index);
    await mkdir(folder, { recursive: true });
    const file = await this.#originalFile(model, subject);
    const tried = await this.#inFolder(async (scratch) => {
      const outcome = await this.#try({ kind: 'model', file }, scratch, true);
      const keep = async (name: string): Promise<string | null> => {
        const kept = path.join(folder, name);
        await rm(kept, { force: true });
        if (!existsSync(path.join(scratch, name))) return null;
        await copyFile(path.join(scratch, name), kept);
        return name;
      };
      const converted = await keep(trialFiles.converted);
      return { outcome, converted, verdict: await keep(trialFiles.verdict) };
    });
    const shown = model ?? (await this.#modelOf(subject));
    const words = ['npx', 'plainproof', 'gate', fromHere(settings.file), '--converter', converter];
    const inside = path.relative(folder, file);
    return {
      index,
      converter,
      source,
      folder,
      original: inside.startsWith('..') ? fromHere(file) : inside,
      ...tried,
      layers: shown?.layers.length ?? 0,
      channels: Math.max(0, ...(shown?.tensors ?? []).map(({ shape }) => shape.channels)),
      tried: this.#tried,
      reproduce: shellLine([...words, '--model', fromHere(file)]),
    };
  }

  /** Absolute: what is saved, or where the model is that got no smaller, which may be this very folder. */
  async #originalFile(model: Model | null, subject: Subject): Promise<string> {
    if (model === null && subject.kind === 'model') return subject.file;
    const file = path.resolve(this.#saving.folder, trialFiles.original);
    const shown = model ?? (await this.#modelOf(subject));
    if (shown === null) throw new Error(`${file} cannot be made`);
    const saved = await saveOnnx(file, shown);
    if (!saved.ok) throw new Error(saved.failure.reason);
    return file;
  }
}

/** A path for a command that is run where this one is. */
function fromHere(file: string): string {
  return path.relative(process.cwd(), file);
}
