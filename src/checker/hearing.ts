/**
 * Hears what a certificate says, one statement after the other, and says of each whether it is shown.
 *
 * What is not accepted leaves nothing behind, so that who writes a certificate may try again in other words.
 */
import type { Argument, Step } from '../certificate/certificate.ts';
import type { Model } from '../model/model.ts';
import { signatureMismatch } from '../model/signature.ts';
import { Checker } from './checker.ts';
import { parametersOf, Rejected } from './symbols.ts';

/** What all statements are about. */
export type Scope = Pick<Argument, 'named' | 'inputRange' | 'maxUlps'>;

/** One thing that a certificate says. */
export type Statement =
  | { readonly kind: 'fact' | 'step'; readonly step: Step }
  | { readonly kind: 'output'; readonly index: number; readonly open: readonly string[] };

export type Heard =
  /** `ulps`: the largest rounding so far. */
  | { readonly ok: true; readonly ulps: number }
  /** `channels`: of the step's tensor, those that are not shown; none where it is not their fault. */
  | { readonly ok: false; readonly reason: string; readonly channels: readonly number[] };

/** Channels of both models, and terms that are claimed of channels: so many, and one for each parameter. */
const most = 2 ** 20;

/** A few bytes may speak of many channels. */
function tooMany(models: readonly Model[], limit: number): string | null {
  const channels = models
    .flatMap(({ tensors }) => tensors)
    .reduce((all, { shape }) => all + shape.channels, 0);
  return channels > limit ? `the models have ${channels} channels; ${limit} are checked` : null;
}

/** All that a certificate says, in order. */
export function statementsOf({ facts, steps, outputs }: Argument): readonly Statement[] {
  return [
    ...facts.map((step): Statement => ({ kind: 'fact', step })),
    ...steps.map((step): Statement => ({ kind: 'step', step })),
    ...outputs.map((open, index): Statement => ({ kind: 'output', index, open })),
  ];
}

export class Hearing {
  readonly #checker: Checker | null;
  readonly #maxUlps: number;
  readonly #outputs: number;
  readonly #shown = new Set<number>();
  /** What no statement can mend. */
  #objection: string | null = null;
  #hasSteps = false;
  /** Terms that may still be claimed of channels. */
  #terms: number;

  constructor(original: Model, converted: Model, scope: Scope) {
    this.#maxUlps = scope.maxUlps;
    this.#outputs = original.outputs.length;
    const models = [original, converted];
    this.#terms = models.reduce((all, model) => all + parametersOf(model), most);
    this.#objection =
      signatureMismatch(original, converted)?.reason ?? tooMany(models, this.#terms);
    let checker: Checker | null = null;
    try {
      if (this.#objection === null) checker = new Checker(original, converted, scope);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      this.#objection = error.message;
    }
    this.#checker = checker;
  }

  hear(statement: Statement): Heard {
    const checker = this.#checker;
    if (checker === null) return { ok: false, reason: this.#objection ?? '', channels: [] };
    const before = checker.ulps;
    try {
      this.#tell(checker, statement);
      return { ok: true, ulps: checker.ulps };
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      checker.ulps = before;
      return { ok: false, reason: error.message, channels: error.channels };
    }
  }

  #tell(checker: Checker, statement: Statement): void {
    switch (statement.kind) {
      case 'fact':
        this.#spend(statement.step);
        if (this.#hasSteps) throw new Rejected('a fact behind a step');
        return checker.fact(statement.step, this.#maxUlps);
      case 'step':
        this.#spend(statement.step);
        this.#hasSteps = true;
        return checker.step(statement.step, this.#maxUlps);
      case 'output': {
        const { index, open } = statement;
        if (index >= this.#outputs) throw new Rejected('there are fewer outputs');
        checker.output(index, open, this.#maxUlps);
        this.#shown.add(index);
      }
    }
  }

  #spend({ runs }: Step): void {
    for (const { count, terms } of runs) this.#terms -= count * terms.length;
    if (this.#terms < 0) throw new Rejected('too many terms are claimed');
  }

  /** Null where the models are shown to compute the same function, and else why they are not. */
  get objection(): string | null {
    if (this.#objection !== null) return this.#objection;
    return this.#shown.size === this.#outputs ? null : 'outputs are missing';
  }

  /** The largest rounding of what was accepted. */
  get ulps(): number {
    return this.#checker?.ulps ?? 0;
  }
}
