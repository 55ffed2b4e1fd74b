/**
 * Writes the certificate of a proof: what the numbering found of each channel, in the words of the checker.
 *
 * All searching is done here, and none of it has to be right: every step is tried with the checker while it is
 * made, and what the checker rejects is not written. There are proofs that cannot be put into these words;
 * then there is no certificate, and the reason is returned.
 */
import { Checker } from '../checker/checker.ts';
import { isAffineHere, makers, Rejected } from '../checker/symbols.ts';
import type { Recorded } from '../equivalence/prove.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Argument, Run, Step } from './certificate.ts';
import { Finder, type Channel } from './finder.ts';
import { Openings } from './openings.ts';

/**
 * Added to the largest rounding found, in ulps: another checker adds up in another order, or counts other terms, and
 * is to accept it all the same. As much as its error of (n + 128) · 2⁻⁵³ can differ for n of some thousands.
 */
const slack = 2 ** -16;

export type Certified =
  | { readonly ok: true; readonly argument: Argument }
  | { readonly ok: false; readonly reason: string };

interface Models {
  readonly original: Model;
  readonly converted: Model;
}

function isNext(last: Run, { rule, terms, constant }: Channel): boolean {
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

function runsOf(channels: readonly Channel[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [first, channel] of channels.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && isNext(last, channel))
      runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ first, count: 1, ...channel });
  }
  return runs;
}

function isRearrangement({ kind }: Layer): boolean {
  return kind === 'pad' || kind === 'select' || kind === 'concat' || kind === 'flatten';
}

/** Tensors of the converted model of which something may be worth saying, in order. */
function worthSaying(model: Model): ReadonlySet<TensorId> {
  const worth = new Set<TensorId>();
  const made = makers(model);
  for (const layer of model.layers) {
    if (!isAffineHere(layer)) worth.add(layer.output);
    if (layer.kind === 'globalAveragePool') worth.add(layer.inputs[0]);
    // What a convolution reads is multiplied with all its weights: better one symbol than many.
    if (layer.kind !== 'conv' && layer.kind !== 'dense') continue;
    const from = made[layer.inputs[0]];
    if (from === undefined || !isRearrangement(from)) worth.add(layer.inputs[0]);
  }
  return worth;
}

export interface Header extends Pick<Argument, 'theorems' | 'inputRange'> {
  /** Bound on every rounding that is still called one. */
  readonly maxUlps: number;
}

/** Writes the certificate of an attempt that was recorded, a proof. Uses up its numbering. */
export function certify(recorded: Recorded, models: Models, header: Header): Certified {
  try {
    return certificateOf(recorded, models, header);
  } catch (error) {
    if (error instanceof Rejected) return { ok: false, reason: error.message };
    throw error;
  }
}

function certificateOf(
  recorded: Recorded,
  { original, converted }: Models,
  header: Header,
): Certified {
  const finder = new Finder(recorded, original);
  const traced = recorded.numbering.trace('converted')?.steps ?? [];
  const worth = worthSaying(converted);
  const found: { readonly layer: Layer; readonly channels: readonly Channel[] }[] = [];
  for (const step of traced) {
    const { layer } = step;
    if (layer === null || !worth.has(layer.output)) continue;
    const channels = finder.channels(
      step,
      step.inputs.length === 0 ? null : traced[step.inputs[0]],
    );
    if (channels !== null) found.push({ layer, channels });
    else if (!isAffineHere(layer))
      return { ok: false, reason: `${layer.name} is made of no channels of the original` };
  }
  const ids = new Map(original.tensors.map(({ name }, id) => [name, id]));
  const idOf = (name: string): TensorId => ids.get(name) ?? -1;
  const theirs = makers(original);
  const named = new Set<TensorId>();
  for (const { channels } of found) {
    for (const { terms } of channels) {
      for (const { tensor, half } of terms) {
        const maker = theirs[idOf(tensor)];
        if (!half && maker !== undefined && isAffineHere(maker)) named.add(idOf(tensor));
      }
    }
  }
  const facts = finder.facts(recorded.numbering.trace('original')?.steps ?? [], named);
  const nameOf = (tensor: TensorId): string => original.tensors[tensor].name;
  const { inputRange, maxUlps } = header;
  const checker = new Checker(original, converted, { named: [...named].map(nameOf), inputRange });
  for (const fact of facts) checker.fact(fact, maxUlps);
  const openings = new Openings(original, named);
  const ours = makers(converted);
  /** Symbols that each tensor of the converted model is written in. */
  const written: ReadonlySet<TensorId>[] = [];
  for (const [i, { tensor }] of converted.inputs.entries())
    written[tensor] = new Set([original.inputs[i].tensor]);
  const reading = (tensor: TensorId): ReadonlySet<TensorId> => {
    written[tensor] ??= new Set((ours[tensor]?.inputs ?? []).flatMap((t) => [...reading(t)]));
    return written[tensor];
  };
  const steps: Step[] = [];
  for (const { layer, channels } of found) {
    const left = new Set(layer.inputs.flatMap((t) => [...reading(t)]));
    const right = new Set<TensorId>();
    const terms = channels.flatMap((c) =>
      c.terms.map((term) => ({ rule: c.rule, id: idOf(term.tensor) })),
    );
    for (const key of new Set(terms.map(({ rule, id }) => `${rule} ${id}`))) {
      const [rule, id] = key.split(' ');
      const symbols = rule === 'same' ? openings.argument(Number(id)) : openings.of(Number(id));
      for (const symbol of symbols) right.add(symbol);
    }
    const tensor = converted.tensors[layer.output].name;
    const open = openings.between(left, right).map(nameOf);
    const step: Step = { tensor, open, runs: runsOf(channels) };
    try {
      checker.step(step, maxUlps);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      if (!isAffineHere(layer)) return { ok: false, reason: error.message };
      continue;
    }
    steps.push(step);
    written[layer.output] = new Set(terms.map(({ id }) => id));
  }
  const outputs = converted.outputs.map(({ tensor }, i) => {
    const open = openings
      .between(reading(tensor), openings.of(original.outputs[i].tensor))
      .map(nameOf);
    checker.output(i, open, maxUlps);
    return open;
  });
  const argument = {
    ...header,
    maxUlps: Math.min(maxUlps, checker.ulps + slack),
    named: [...named].map(nameOf),
    facts,
    steps,
    outputs,
  };
  return { ok: true, argument };
}
