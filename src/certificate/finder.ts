/**
 * Finds for each channel of the converted model channels of the original, and by which rule it is them.
 *
 * Asks the numbering of a proof, which knows what is equal. What is found need not be right: the checker judges it.
 */
import type { ValueId } from '../equivalence/form.ts';
import { Holders, multipleOf, type Holder, type Multiple } from '../equivalence/holders.ts';
import type { Interner } from '../equivalence/interner.ts';
import type { Recorded } from '../equivalence/prove.ts';
import type { Step as Traced } from '../equivalence/trace.ts';
import { bendOf, type Bend } from '../checker/bend.ts';
import { isAffineHere } from '../checker/symbols.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Fact, Rule, Term } from './certificate.ts';

/** What a channel is, before channels are joined to runs. */
export interface Channel {
  readonly rule: Rule;
  readonly terms: readonly Term[];
  readonly constant: number;
}

/** Constants and factors this near to none come of rounding. */
const negligible = 2 ** -20;

const nothing: Channel = { rule: 'is', terms: [], constant: 0 };

type Domain = Readonly<Record<'height' | 'width', number>>;

/** Finds for each channel of the converted model channels of the original. */
export class Finder {
  readonly #interner: Interner;
  readonly #holders: Holders;
  readonly #original: Model;
  /** Channels of the original that channels of the converted model were found to be. */
  readonly #held = new Set<string>();
  /** What was found of tensors of the converted model. */
  readonly #found = new Map<TensorId, readonly Channel[]>();
  readonly #seen = new Map<
    ValueId,
    { readonly of: Channel; readonly multiple: Multiple; readonly domain: Domain }
  >();

  constructor({ numbering }: Recorded, original: Model) {
    this.#interner = numbering.interner;
    this.#original = original;
    this.#holders = new Holders(this.#interner, numbering.trace('original')?.steps ?? []);
    this.#interner.allowance.enter('converted');
  }

  /** Null where some channel is none of the original's. */
  channels(step: Traced, argument: Traced | null): readonly Channel[] | null {
    const found: Channel[] = [];
    for (let channel = 0; channel < step.tensor.channels; channel++) {
      const of = this.#channel(step, argument, channel);
      this.#note(step, channel, of);
      if (of === null && (step.layer === null || isAffineHere(step.layer))) return null;
      found.push(of ?? { ...nothing, rule: 'any' });
    }
    if (step.layer !== null) this.#found.set(step.layer.output, found);
    return found;
  }

  #channel({ layer, tensor }: Traced, from: Traced | null, channel: number): Channel | null {
    const own = multipleOf(this.#interner, tensor, channel);
    const bend = layer === null ? null : bendOf(layer, channel);
    if (own.value === null) {
      return { ...nothing, rule: isAffineLayer(layer) ? 'is' : 'flat', constant: own.constant.mid };
    }
    const before =
      from === null || from.tensor.channels !== tensor.channels || bend === null
        ? null
        : multipleOf(this.#interner, from.tensor, channel);
    const passes = before !== null && before.value === own.value && this.#holders.same(before, own);
    const is = (): Channel | null => this.#is(own, tensor.place(channel));
    if (layer === null || isAffineHere(layer)) return is();
    const read = from?.layer ? this.#found.get(from.layer.output)?.[channel] : undefined;
    const capped = bend !== null && read !== undefined ? this.#capped(bend, read) : null;
    if (capped !== null) return capped;
    const same = this.#holders.of(own.value).filter((holder) => this.#isSame(holder, layer));
    const alike = same.find(({ multiple }) => this.#holders.same(multiple, own));
    // What an earlier layer holds is handed on here; what none does is made here.
    if (passes && (alike === undefined || this.#isHeld(own))) return is();
    const best = alike ?? same.at(0);
    if (best !== undefined) {
      const { scale, constant } = ratio(own, best.multiple);
      // The argument has been a ReLU before, and this layer bounds it.
      const isRectified = read?.terms.at(0)?.half === true;
      const bound = isRectified ? this.#bound(best, scale) : null;
      if (bound !== null) return bound;
      const theirs = this.#holders.layer(best.step);
      const isBent = bend === null || sameEnds(bend, theirs && bendOf(theirs, best.channel));
      if (constant === 0 && isBent)
        return { rule: 'same', terms: [this.#term(best, scale)], constant: 0 };
    }
    // Asked last, for a term counts as held from then on.
    return before === null ? null : this.#half(before, tensor.place(channel).domain);
  }

  /** The upper bound of a clip of the original, put on the ReLU of what that clips. */
  #capped(bend: Bend, { rule, terms: [term] }: Channel): Channel | null {
    if (rule !== 'half' || bend.kind !== 'clip' || bend.upper === Infinity) return null;
    const clip = this.#original.layers.find((layer) => {
      const own = bendOf(layer, term.channel);
      const isBound = own?.kind === 'clip' && own.lower === 0 && own.upper !== Infinity;
      return isBound && this.#original.tensors[layer.inputs[0]].name === term.tensor;
    });
    if (clip === undefined || term.stride.some((s) => s !== 1)) return null;
    const tensor = this.#original.tensors[clip.output].name;
    return { rule: 'bound', terms: [{ ...term, tensor, half: false }], constant: 0 };
  }

  /** A clip from zero to an upper bound, or what is left to that. */
  #bound(holder: Holder, scale: number): Channel | null {
    const layer = this.#holders.layer(holder.step);
    const clip = layer === null ? null : bendOf(layer, holder.channel);
    if (clip?.kind !== 'clip' || clip.lower !== 0 || clip.upper === Infinity) return null;
    const factor = scale < 0 ? Math.fround(scale) : scale;
    const constant = scale < 0 ? -factor * clip.upper : 0;
    return { rule: 'bound', terms: [this.#term(holder, factor)], constant };
  }

  /** Remembers what a channel was found to be, for those that hand it on. */
  #note({ tensor }: Traced, channel: number, of: Channel | null): void {
    const multiple = multipleOf(this.#interner, tensor, channel);
    if (of === null || multiple.value === null || this.#seen.has(multiple.value)) return;
    this.#seen.set(multiple.value, { of, multiple, domain: tensor.place(channel).domain });
  }

  /** What an earlier channel of the converted model was found to be, which this one is a multiple of. */
  #again(own: Multiple, { height, width }: Domain): Channel | null {
    const seen = own.value === null ? undefined : this.#seen.get(own.value);
    if (seen?.domain.height !== height || seen.domain.width !== width) return null;
    const { scale, constant } = ratio(own, seen.multiple);
    const terms = seen.of.terms.map((term) => ({ ...term, scale: scale * term.scale }));
    return { rule: 'is', terms, constant: constant + scale * seen.of.constant };
  }

  #isHeld(own: Multiple): boolean {
    if (own.value === null) return false;
    const all = this.#holders.of(own.value);
    return all.some((h) => this.#held.has(this.#key(h)) && this.#holders.same(h.multiple, own));
  }

  #key({ step, channel }: Pick<Holder, 'step' | 'channel'>): string {
    return `${step} ${channel}`;
  }

  #isSame({ step }: Holder, layer: Layer): boolean {
    const theirs = this.#holders.layer(step);
    if (theirs === null || isAffineHere(theirs)) return false;
    return theirs.kind === layer.kind || (bendOf(theirs, 0) !== null && bendOf(layer, 0) !== null);
  }

  /** Numbers that channels of the original are whatever the input is. */
  facts(steps: readonly Traced[], named: ReadonlySet<TensorId>): readonly Fact[] {
    const facts: Fact[] = [];
    for (const { layer, tensor } of steps) {
      if (layer === null) continue;
      const isSymbol = bendOf(layer, 0) !== null || layer.kind === 'maxPool';
      if (!isSymbol && !named.has(layer.output)) continue;
      const runs: Fact['runs'][number][] = [];
      for (let channel = 0; channel < tensor.channels; channel++) {
        const { value, constant } = multipleOf(this.#interner, tensor, channel);
        if (value === null) runs.push({ first: channel, count: 1, constant: constant.mid });
      }
      if (runs.length > 0) facts.push({ tensor: this.#original.tensors[layer.output].name, runs });
    }
    return facts;
  }

  #is(own: Multiple, place: { readonly domain: Domain }): Channel | null {
    if (own.value === null) return { ...nothing, constant: own.constant.mid };
    const all = this.#holders.of(own.value).filter((holder) => this.#fits(holder, place.domain));
    const alike = all.filter(({ multiple }) => this.#holders.same(multiple, own));
    const best =
      alike.find((holder) => this.#held.has(this.#key(holder))) ?? alike.at(0) ?? all.at(0);
    if (best !== undefined) {
      const { scale, constant } = ratio(own, best.multiple);
      return { rule: 'is', terms: [this.#term(best, scale)], constant };
    }
    const every = this.#strided(own);
    if (every === null) return this.#again(own, place.domain);
    const { scale, constant } = ratio(own, every.holder.multiple);
    return {
      rule: 'is',
      terms: [{ ...this.#term(every.holder, scale), stride: every.stride }],
      constant,
    };
  }

  #fits({ step }: Holder, { height, width }: Domain): boolean {
    const { shape } = this.#original.tensors[this.#tensor(step)];
    return shape.height === height && shape.width === width;
  }

  /** A channel of the original that this one is every second pixel of, or so. */
  #strided(own: Multiple): { readonly holder: Holder; readonly stride: Term['stride'] } | null {
    const { table } = this.#interner;
    const reading = own.value === null ? null : table.reading(own.value);
    if (reading === null) return null;
    const { stride, offset, guard } = table.shifts.get(reading.shift);
    if (guard !== null || offset.y !== 0 || offset.x !== 0) return null;
    const all = this.#holders.of(reading.value);
    const alike = all.filter(({ multiple }) => ratio(own, multiple).constant === 0);
    const holder = alike.find((h) => this.#held.has(this.#key(h))) ?? alike.at(0) ?? all.at(0);
    if (holder === undefined) return null;
    // One pixel is every so-manieth of as many as there are.
    const { height, width } = this.#original.tensors[this.#tensor(holder.step)].shape;
    return { holder, stride: [stride.y || height, stride.x || width] };
  }

  #half(argument: Multiple, domain: Domain): Channel | null {
    const all = argument.value === null ? [] : this.#holders.of(argument.value);
    const alike = all.filter(
      (holder) => this.#fits(holder, domain) && ratio(argument, holder.multiple).constant === 0,
    );
    // The latest before any activation is what the original's own activation reads.
    const here =
      alike.findLast(({ step }) => isAffineLayer(this.#holders.layer(step))) ?? alike.at(-1);
    const { holder, stride } =
      here === undefined
        ? (this.#strided(argument) ?? { holder: undefined, stride: [1, 1] as const })
        : { holder: here, stride: [1, 1] as const };
    if (holder === undefined) return null;
    const { scale, constant } = ratio(argument, holder.multiple);
    if (constant !== 0) return null;
    const own = { ...this.#term(holder, scale), stride };
    const half = { ...own, scale: Math.abs(scale), half: true };
    const terms = scale > 0 ? [half] : [half, own];
    return { rule: 'half', terms, constant: 0 };
  }

  #tensor(step: number): TensorId {
    const { layer, name } = this.#holders.steps[step];
    if (layer !== null) return layer.output;
    return this.#original.inputs.find((port) => port.name === name)?.tensor ?? 0;
  }

  #term({ step, channel }: Pick<Holder, 'step' | 'channel'>, scale: number): Term {
    this.#held.add(this.#key({ step, channel }));
    return {
      tensor: this.#original.tensors[this.#tensor(step)].name,
      channel,
      scale,
      half: false,
      stride: [1, 1],
    };
  }
}

/** Whether both have an upper bound, or neither: where one is never reached, the other layer makes the same value. */
function sameEnds(a: Bend, b: Bend | null): boolean {
  const isBounded = (bend: Bend | null): boolean =>
    bend?.kind === 'clip' && bend.upper !== Infinity;
  return isBounded(a) === isBounded(b);
}

function isAffineLayer(layer: Layer | null): boolean {
  return layer === null || isAffineHere(layer);
}

/** own = scale · other + constant, each rounded to what it is likely meant to be. */
function ratio(
  own: Multiple,
  other: Multiple,
): { readonly scale: number; readonly constant: number } {
  const exact = own.scale.mid / other.scale.mid;
  const power = Math.sign(exact) * 2 ** Math.round(Math.log2(Math.abs(exact)));
  const scale = Math.abs(exact - power) <= negligible * Math.abs(power) ? power : exact;
  const constant = own.constant.mid - scale * other.constant.mid;
  const size = own.constant.magnitude + Math.abs(scale) * other.constant.magnitude;
  return { scale, constant: Math.abs(constant) <= negligible * size ? 0 : constant };
}
