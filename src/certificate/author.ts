/**
 * Says what was guessed, until a judge has accepted enough of it.
 *
 * A step that is not accepted is left out where the tensor is affine, for then it is written by its layer.
 */
import type { Heard, Statement } from '../checker/hearing.ts';
import { isAffineHere, makers } from '../checker/symbols.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Argument, Run, Step } from './certificate.ts';
import type { Guess, Guesses } from './guess.ts';
import type { Judge } from './judge.ts';
import type { Symbols } from './symbols.ts';

/**
 * Added to the largest rounding found, in ulps: another checker adds up in another order, or counts other terms, and
 * is to accept it all the same. As much as its error of (n + 128) · 2⁻⁵³ can differ for n of some thousands.
 */
const slack = 2 ** -16;

export type Certified =
  | { readonly ok: true; readonly argument: Argument }
  | { readonly ok: false; readonly reason: string };

export interface Models {
  readonly original: Model;
  readonly converted: Model;
}

export interface Header extends Pick<Argument, 'theorems' | 'inputRange'> {
  /** Bound on every rounding that is still called one. */
  readonly maxUlps: number;
}

/** A tensor of which something may be said. */
export interface Guessed {
  readonly layer: Layer;
  readonly guesses: Guesses;
}

type Said<T extends Statement> =
  | { readonly ok: true; readonly said: T }
  /** `wrong`: the channels that are rejected whatever is open. */
  | { readonly ok: false; readonly reason: string; readonly wrong: readonly number[] };

function isNext(last: Run, { rule, terms, constant }: Guess): boolean {
  if (last.rule !== rule || last.constant !== constant) return false;
  if (last.terms.length !== terms.length) return false;
  return last.terms.every((term, k) => {
    const next = terms[k];
    const isAlike =
      term.tensor === next.tensor &&
      term.half === next.half &&
      term.stride.every((s, axis) => s === next.stride[axis]);
    return isAlike && term.scale === next.scale && term.channel + last.count === next.channel;
  });
}

function runsOf(channels: readonly Guess[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [first, channel] of channels.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && isNext(last, channel))
      runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ first, count: 1, ...channel });
  }
  return runs;
}

export class Author {
  readonly #models: Models;
  readonly #symbols: Symbols;
  readonly #judge: Judge;
  readonly #makers: readonly (Layer | undefined)[];
  /** Symbols that each tensor of the converted model is written in. */
  readonly #written: ReadonlySet<TensorId>[] = [];
  #ulps = 0;

  constructor(models: Models, symbols: Symbols, judge: Judge) {
    const { original, converted } = models;
    this.#models = models;
    this.#symbols = symbols;
    this.#judge = judge;
    this.#makers = makers(converted);
    for (const [i, { tensor }] of converted.inputs.entries())
      this.#written[tensor] = new Set([original.inputs[i].tensor]);
  }

  async write(
    guessedFacts: readonly Guessed[],
    guessedSteps: readonly Guessed[],
    header: Header,
  ): Promise<Certified> {
    const { original, converted } = this.#models;
    const { inputRange, maxUlps } = header;
    const named = this.#symbols.named();
    await this.#judge.begin({ named, inputRange, maxUlps });
    const facts: Step[] = [];
    for (const { layer, guesses } of guessedFacts) {
      const fact = await this.#say('fact', layer, guesses);
      if (!fact.ok) continue;
      facts.push(fact.said.step);
      this.#symbols.know(fact.said.step);
    }
    const steps: Step[] = [];
    for (const { layer, guesses } of guessedSteps) {
      const step = await this.#say('step', layer, guesses);
      if (step.ok) {
        steps.push(step.said.step);
        this.#written[layer.output] = this.#symbols.in(step.said.step.runs);
      } else if (!isAffineHere(layer)) return step;
    }
    const outputs: (readonly string[])[] = [];
    for (const [index, { tensor }] of converted.outputs.entries()) {
      const theirs = this.#symbols.of(original.outputs[index].tensor);
      const ways = this.#symbols.openings(this.#reading(tensor), theirs);
      const output = await this.#first(ways, (open) => ({ kind: 'output', index, open }) as const);
      if (!output.ok) return output;
      outputs.push(output.said.open);
    }
    const bound = Math.min(maxUlps, this.#ulps + slack);
    return { ok: true, argument: { ...header, maxUlps: bound, named, facts, steps, outputs } };
  }

  #reading(tensor: TensorId): ReadonlySet<TensorId> {
    this.#written[tensor] ??= new Set(
      (this.#makers[tensor]?.inputs ?? []).flatMap((t) => [...this.#reading(t)]),
    );
    return this.#written[tensor];
  }

  /** Says of each channel the first guess that is accepted. */
  async #say(
    kind: 'fact' | 'step',
    layer: Layer,
    guesses: Guesses,
  ): Promise<Said<Statement & { readonly kind: 'fact' | 'step' }>> {
    const { original, converted } = this.#models;
    const { tensors } = kind === 'fact' ? original : converted;
    const tensor = tensors[layer.output].name;
    const read = layer.inputs.map((t) =>
      kind === 'fact' ? this.#symbols.of(t) : this.#reading(t),
    );
    const left = new Set(read.flatMap((symbols) => [...symbols]));
    const possible = guesses.map((each) => each.filter((guess) => this.#symbols.knows(guess)));
    const chosen = possible.map(() => 0);
    for (;;) {
      const runs = runsOf(possible.map((each, channel) => each[chosen[channel]]));
      const ways = this.#symbols.openings(left, this.#symbols.behind(runs));
      const said = await this.#first(ways, (open) => ({ kind, step: { tensor, open, runs } }));
      if (said.ok || said.wrong.length === 0) return said;
      for (const channel of said.wrong) {
        chosen[channel]++;
        if (chosen[channel] === possible[channel].length) return said;
      }
    }
  }

  /** Opens what lets the judge accept. */
  async #first<T extends Statement>(
    ways: readonly (readonly string[])[],
    statement: (open: readonly string[]) => T,
  ): Promise<Said<T>> {
    const rejections: (Heard & { readonly ok: false })[] = [];
    for (const open of ways) {
      const said = statement(open);
      const heard = await this.#judge.hear(said);
      if (heard.ok) {
        this.#ulps = heard.ulps;
        return { ok: true, said };
      }
      rejections.push(heard);
    }
    const [first, ...others] = rejections;
    const isWrong = (channel: number): boolean =>
      others.every(({ channels }) => channels.includes(channel));
    return { ok: false, reason: first.reason, wrong: first.channels.filter(isWrong) };
  }
}
