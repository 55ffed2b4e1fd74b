/**
 * What an attempt at a proof found out about each layer of the converted model, for a reader of the verdict.
 *
 * Made after the attempt, from its own numbering, and only where one was asked for: it cannot change what was
 * proved. Channels that the proof never named are named here, so a layer in the middle of a fused run may
 * have a counterpart that the proof did without.
 */
import type { Layer } from '../model/layer.ts';
import type { Account, ChannelKind, ChannelRun, LayerAccount } from '../verdict/layers.ts';
import { Holders, multipleOf, type Holder, type Multiple } from './holders.ts';
import type { Interner } from './interner.ts';
import type { Recorded } from './prove.ts';
import { citations } from './steps.ts';
import type { Step } from './trace.ts';

/** A channel of the converted model, and what is known of it. */
interface Seen {
  readonly kind: ChannelKind;
  readonly multiple: Multiple;
  /** The channel of the original it is a multiple of; null where there is none. */
  readonly holder: Holder | null;
}

interface SeenStep {
  readonly channels: readonly Seen[];
  /** Steps of the original whose channels stand here, or went into what stands here. */
  readonly reach: ReadonlySet<number>;
}

/** Runs of channels that are listed, at most. */
const mostRuns = 12;

function isPointwise({ kind }: Layer): boolean {
  return ['batchNorm', 'scale', 'translate', 'relu', 'clip', 'leakyRelu', 'prelu'].includes(kind);
}

function isLinear({ kind }: Layer): boolean {
  return kind === 'conv' || kind === 'dense';
}

/** What an input channel is to a channel that carries it through; null where none is carried. */
function carried(
  layer: Layer,
  channel: { readonly index: number; readonly multiple: Multiple },
  inputs: readonly SeenStep[],
  interner: Interner,
): Seen | null {
  const { value, point } = channel.multiple;
  if (value === null) return null;
  if (isPointwise(layer)) {
    const before = inputs[0].channels[channel.index];
    return before.multiple.point.base === point.base ? before : null;
  }
  if (!isLinear(layer)) return null;
  const read = interner.table.reading(value)?.value ?? value;
  const isRead = (seen: Seen): boolean => {
    const own = seen.multiple.value;
    if (own === null) return false;
    return own === read || own === value || interner.table.reading(own)?.value === read;
  };
  return inputs[0].channels.find(isRead) ?? null;
}

/** The step that most channels are of; of several, one of the layer's own kind, then the latest. */
function commonest(
  candidates: readonly (readonly Holder[])[],
  layer: Layer,
  holders: Holders,
): number | null {
  const votes = new Map<number, number>();
  for (const list of candidates) {
    for (const { step } of list) votes.set(step, (votes.get(step) ?? 0) + 1);
  }
  const weight = ([step, count]: readonly [number, number]): number =>
    2 * count + (holders.layer(step)?.kind === layer.kind ? 1 : 0);
  const best = [...votes].sort((a, b) => weight(b) - weight(a) || b[0] - a[0]).at(0);
  return best === undefined ? null : best[0];
}

/** Where a channel's value is met in the original: as it is, or else some multiple of it. */
function candidatesOf(multiple: Multiple, holders: Holders): readonly Holder[] {
  if (multiple.value === null) return [];
  const all = holders
    .of(multiple.value)
    // A multiple beyond what a number can be is not told.
    .filter((holder) => Number.isFinite(multiple.scale.mid / holder.multiple.scale.mid));
  const same = all.filter((holder) => holders.same(holder.multiple, multiple));
  return same.length > 0 ? same : all;
}

function runsOf(channels: readonly Seen[], { steps }: Holders): readonly ChannelRun[] {
  const runs: { -readonly [K in keyof ChannelRun]: ChannelRun[K] }[] = [];
  for (const [first, { kind, holder, multiple }] of channels.entries()) {
    const layer = holder === null ? null : steps[holder.step].name;
    const channel = holder?.channel ?? null;
    const scale = holder === null ? 1 : multiple.scale.mid / holder.multiple.scale.mid;
    const offset =
      holder === null ? 0 : multiple.constant.mid - scale * holder.multiple.constant.mid;
    const shifted = Math.abs(offset) > 2 ** -20 * multiple.constant.magnitude;
    const last = runs.at(-1);
    const goesOn =
      last?.kind === kind &&
      last.layer === layer &&
      last.shifted === shifted &&
      Math.abs(last.scale - scale) <= 2 ** -20 * Math.abs(scale) &&
      (channel === null || last.channel === channel - last.count);
    if (goesOn) last.count += 1;
    else runs.push({ kind, first, count: 1, layer, channel, scale, shifted });
  }
  return runs;
}

function countsOf(channels: readonly Seen[]): Record<ChannelKind, number> {
  const counts = { own: 0, reserved: 0, merged: 0, fused: 0, constant: 0, other: 0 };
  for (const { kind } of channels) counts[kind] += 1;
  return counts;
}

/**
 * A channel is found to be handed on when it is read, so that step is booked with the reader: here it goes to
 * the layer that reserves the channel.
 */
function citedBy({ theorems, layer }: Step, channels: readonly Seen[]): readonly string[] {
  const handedOn: readonly string[] = citations['handed-on'];
  const others = theorems.filter((name) => !handedOn.includes(name));
  const reserves = layer !== null && isLinear(layer) && channels.some((c) => c.kind === 'reserved');
  return reserves ? [...others, ...handedOn].sort() : others;
}

class Accountant {
  readonly #interner: Interner;
  readonly #holders: Holders;
  readonly #ulps: ReadonlyMap<string, number>;
  readonly #seen: SeenStep[] = [];
  readonly layers: LayerAccount[] = [];

  constructor(interner: Interner, holders: Holders, ulps: ReadonlyMap<string, number>) {
    this.#interner = interner;
    this.#holders = holders;
    this.#ulps = ulps;
  }

  add(step: Step): void {
    const { layer, tensor } = step;
    const inputs = step.inputs.map((position) => this.#seen[position]);
    const multiples = Array.from({ length: tensor.channels }, (_, channel) =>
      multipleOf(this.#interner, tensor, channel),
    );
    const candidates = multiples.map((multiple) => candidatesOf(multiple, this.#holders));
    if (layer === null) {
      const channels = multiples.map((multiple, channel): Seen => {
        return { kind: 'own', multiple, holder: candidates[channel].at(0) ?? null };
      });
      this.#seen.push({ channels, reach: this.#reach(channels, candidates) });
      return;
    }
    const reached = (position: number): boolean => inputs.some(({ reach }) => reach.has(position));
    const carries = multiples.map((multiple, index) => {
      const found = carried(layer, { multiple, index }, inputs, this.#interner);
      if (found === null) return null;
      const same = candidates[index].filter((holder) =>
        this.#holders.same(holder.multiple, multiple),
      );
      // Where the original has it at a place not reached yet, it is more than a copy.
      if (same.some(({ step }) => !reached(step))) return null;
      if (!isPointwise(layer) || found.kind === 'reserved') return found;
      // What a layer merely happens not to change, the original's own layer may not change either.
      const onlyThere = same.length > 0 && same.every(({ step }) => step === found.holder?.step);
      return onlyThere && this.#holders.same(found.multiple, multiple) ? found : null;
    });
    const own = candidates.filter((_, channel) => carries[channel] === null);
    const counterpart = commonest(own.length > 0 ? own : candidates, layer, this.#holders);
    const between =
      counterpart === null ? [] : (this.#holders.between(counterpart, reached) ?? [counterpart]);
    const kind = this.#kindOf(between, layer);
    const channels = multiples.map((multiple, channel): Seen => {
      const from = carries[channel];
      // Unless it is what the layer stands for that did not change the channel.
      const isNew = from?.kind !== 'reserved' && from?.holder?.step === counterpart;
      if (from !== null && !isNew) return { kind: 'reserved', multiple, holder: from.holder };
      if (multiple.value === null) return { kind: 'constant', multiple, holder: null };
      const first = candidates[channel].at(0) ?? null;
      const holder = candidates[channel].find((h) => h.step === counterpart) ?? first;
      if (holder === null) return { kind: 'other', multiple, holder };
      return { kind: holder.step === counterpart ? kind : 'own', multiple, holder };
    });
    const reach = this.#reach(channels, candidates);
    if (channels.some((channel) => channel.kind === 'other')) {
      for (const input of inputs) for (const position of input.reach) reach.add(position);
    }
    this.#seen.push({ channels, reach });
    const runs = runsOf(channels, this.#holders);
    this.layers.push({
      layer: layer.name,
      counts: countsOf(channels),
      runs: runs.slice(0, mostRuns),
      complete: runs.length <= mostRuns,
      counterpart: counterpart === null ? null : this.#holders.steps[counterpart].name,
      whole: this.#isWhole(channels, counterpart),
      standsFor: between.map((position) => this.#holders.steps[position].name),
      ulps: this.#ulps.get(layer.name) ?? 0,
      theorems: citedBy(step, channels),
    });
  }

  #reach(channels: readonly Seen[], candidates: readonly (readonly Holder[])[]): Set<number> {
    const reach = new Set<number>();
    for (const [channel, { kind, holder: from, multiple }] of channels.entries()) {
      // What is carried may be a part of the original's channel: every second pixel.
      if (kind === 'reserved' && from !== null) reach.add(from.step);
      for (const holder of candidates[channel]) {
        if (this.#holders.same(holder.multiple, multiple)) reach.add(holder.step);
      }
    }
    return reach;
  }

  #kindOf(between: readonly number[], layer: Layer): ChannelKind {
    if (between.length < 2) return 'own';
    const isSum = between.some((position) => this.#holders.layer(position)?.kind === 'add');
    return isSum && layer.kind !== 'add' ? 'merged' : 'fused';
  }

  /** Channels that are the same everywhere count as any other such channel. */
  #isWhole(channels: readonly Seen[], counterpart: number | null): boolean {
    if (counterpart === null) return false;
    if (channels.length !== this.#holders.steps[counterpart].tensor.channels) return false;
    const met = new Set<number>();
    let constants = 0;
    for (const { kind, holder, multiple } of channels) {
      if (kind === 'constant') constants += 1;
      else if (holder?.step !== counterpart || !this.#holders.same(holder.multiple, multiple)) {
        return false;
      } else met.add(holder.channel);
    }
    return met.size + constants === channels.length;
  }
}

/** The account of an attempt that was recorded. Names values in its numbering: nothing else may use that after. */
export function accountOf({ numbering, roundings }: Recorded): Account {
  const [original, converted] = [numbering.trace('original'), numbering.trace('converted')];
  if (original === null || converted === null) throw new Error('the attempt has no trace');
  const { interner } = numbering;
  const holders = new Holders(interner, original.steps);
  interner.allowance.enter('converted');
  const accountant = new Accountant(interner, holders, roundings.layers);
  for (const step of converted.steps) accountant.add(step);
  const { edges, counts, exact } = roundings;
  return { layers: accountant.layers, roundings: { edges, counts, exact } };
}
