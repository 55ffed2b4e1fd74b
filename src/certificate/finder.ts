/**
 * Finds for each channel of the converted model channels of the original, and by which rule it is them.
 *
 * Asks the numbering of a proof, which knows what is equal. What is found need not be right: the checker judges it.
 */
import { bendOf, type Bend } from '../checker/bend.ts';
import { isAffineHere } from '../checker/symbols.ts';
import type { ValueId } from '../equivalence/form.ts';
import type { Holder, Multiple } from '../equivalence/holders.ts';
import type { Step as Traced } from '../equivalence/trace.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Term } from './certificate.ts';
import { byShare, free, number, ratio, type Guess, type Guesses } from './guess.ts';
import { isAffineLayer, type Domain, type Originals } from './originals.ts';

/** A channel of the converted model, and what was found of it. */
interface Seen {
  readonly of: Guess;
  readonly multiple: Multiple;
  readonly domain: Domain;
}

export class Finder {
  readonly #originals: Originals;
  /** What was found of tensors of the converted model. */
  readonly #found = new Map<TensorId, readonly Guess[]>();
  readonly #seen = new Map<ValueId, Seen>();

  constructor(originals: Originals) {
    this.#originals = originals;
  }

  /**
   * What each channel may be, best guess first; the last resort of what is not affine is to say nothing. Null for an
   * affine tensor with a channel that is none of the original's, unless `isPartial`.
   */
  channels(step: Traced, argument: Traced | null, isPartial: boolean): Guesses | null {
    const isAffine = isAffineLayer(step.layer);
    const all: (readonly Guess[])[] = [];
    for (let channel = 0; channel < step.tensor.channels; channel++) {
      const guesses = this.#guesses(step, argument, channel);
      if (guesses.length === 0 && isAffine && !isPartial) return null;
      all.push(guesses);
    }
    const found = byShare(all);
    if (isAffine && found.every((guesses) => guesses.length === 0)) return null;
    for (const [channel, [best]] of found.entries())
      if (best !== undefined) this.#note(step, channel, best);
    if (step.layer !== null)
      this.#found.set(
        step.layer.output,
        found.map(([best]) => best ?? free),
      );
    return found.map((guesses) => (isAffine && guesses.length > 0 ? guesses : [...guesses, free]));
  }

  #guesses(step: Traced, from: Traced | null, channel: number): readonly Guess[] {
    const { layer, tensor } = step;
    const own = this.#originals.multiple(step, channel);
    const { domain } = tensor.place(channel);
    if (layer === null || isAffineHere(layer)) return this.#is(own, domain);
    const bend = bendOf(layer, channel);
    const isEach = from !== null && from.tensor.channels === tensor.channels;
    const before = isEach ? this.#originals.multiple(from, channel) : null;
    if (own.value === null) return this.numbers(own, before, domain);
    const passes =
      bend !== null && before?.value === own.value && this.#originals.same(before, own);
    const guesses: (Guess | null)[] = [];
    const read = from?.layer ? this.#found.get(from.layer.output)?.[channel] : undefined;
    if (bend !== null && read !== undefined) guesses.push(this.#capped(bend, read));
    const same = this.#originals.of(own).filter((holder) => this.#isSame(holder, layer));
    const alike = same.filter(({ multiple }) => this.#originals.same(multiple, own));
    // What an earlier layer holds is handed on here; what none does is made here.
    const isHandedOn = passes && (alike.length === 0 || this.#isHeld(own));
    if (isHandedOn) guesses.push(...this.#is(own, domain));
    for (const holder of [...alike, ...same.slice(0, 1)]) {
      const { scale, constant } = ratio(own, holder.multiple);
      // The argument has been a ReLU before, and this layer bounds it.
      if (read?.terms.at(0)?.half === true) guesses.push(this.#bound(holder, scale));
      const theirs = this.#originals.layer(holder);
      const isBent = bend === null || sameEnds(bend, theirs && bendOf(theirs, holder.channel));
      if (constant !== 0 || !isBent) continue;
      guesses.push({ rule: 'same', terms: [this.#originals.term(holder, scale)], constant: 0 });
    }
    if (passes && !isHandedOn) guesses.push(...this.#is(own, domain));
    if (before !== null) guesses.push(this.#half(before, domain));
    return guesses.filter((guess) => guess !== null);
  }

  /** Why a channel that is not affine is a number. */
  numbers(own: Multiple, before: Multiple | null, domain: Domain): readonly Guess[] {
    const flat = before === null ? [] : this.#is(before, domain).slice(0, 1);
    return [
      ...flat.map((is): Guess => ({ ...is, rule: 'flat' })),
      { rule: 'dead', terms: [], constant: own.constant.mid },
      // The prover may know more of the values than the checker: then it is what the original makes of the same.
      ...flat.flatMap((is) => this.#readers(is)),
    ];
  }

  /** What layers of the original make of a channel. */
  #readers({ terms, constant }: Guess): readonly Guess[] {
    const term = terms.at(0);
    if (term === undefined || constant !== 0 || term.half || !(term.scale > 0)) return [];
    return this.#originals.bending(term.tensor).map(({ output }): Guess => {
      const tensor = this.#originals.name(output);
      return { rule: 'same', terms: [{ ...term, tensor }], constant: 0 };
    });
  }

  /** The upper bound of a clip of the original, put on the ReLU of what that clips. */
  #capped(bend: Bend, { rule, terms: [term] }: Guess): Guess | null {
    if (rule !== 'half' || bend.kind !== 'clip' || bend.upper === Infinity) return null;
    const clip = this.#originals
      .bending(term.tensor)
      .find((layer) => isClip(bendOf(layer, term.channel)));
    if (clip === undefined || term.stride.some((s) => s !== 1)) return null;
    const tensor = this.#originals.name(clip.output);
    return { rule: 'bound', terms: [{ ...term, tensor, half: false }], constant: 0 };
  }

  /** A clip from zero to an upper bound, or what is left to that. */
  #bound(holder: Holder, scale: number): Guess | null {
    const layer = this.#originals.layer(holder);
    const clip = layer === null ? null : bendOf(layer, holder.channel);
    if (!isClip(clip)) return null;
    const factor = scale < 0 ? Math.fround(scale) : scale;
    const constant = scale < 0 ? -factor * clip.upper : 0;
    return { rule: 'bound', terms: [this.#originals.term(holder, factor)], constant };
  }

  /** Remembers what a channel was found to be, for those that hand it on. */
  #note(step: Traced, channel: number, of: Guess): void {
    this.#originals.keep(of.terms);
    const multiple = this.#originals.multiple(step, channel);
    if (multiple.value === null || this.#seen.has(multiple.value)) return;
    this.#seen.set(multiple.value, { of, multiple, domain: step.tensor.place(channel).domain });
  }

  /** What an earlier channel of the converted model was found to be, which this one is a multiple of. */
  #again(own: Multiple, { height, width }: Domain): Guess | null {
    if (own.value === null) return null;
    const itself = this.#seen.get(own.value);
    const isWhole = itself?.domain.height === height && itself.domain.width === width;
    const every = this.#originals.every(own);
    const seen = isWhole ? itself : every && this.#seen.get(every.value);
    if (!seen) return null;
    const { scale, constant } = ratio(own, seen.multiple);
    const [y, x] = isWhole || every === null ? [1, 1] : every.stride(seen.domain);
    const terms = seen.of.terms.map((term): Term => {
      const stride = [y * term.stride[0], x * term.stride[1]] as const;
      return { ...term, stride, scale: scale * term.scale };
    });
    return { rule: 'is', terms, constant: constant + scale * seen.of.constant };
  }

  #isHeld(own: Multiple): boolean {
    const all = this.#originals.of(own).filter((holder) => this.#originals.isKept(holder));
    return all.some(({ multiple }) => this.#originals.same(multiple, own));
  }

  #isSame(holder: Holder, layer: Layer): boolean {
    const theirs = this.#originals.layer(holder);
    if (theirs === null || isAffineHere(theirs)) return false;
    return theirs.kind === layer.kind || (bendOf(theirs, 0) !== null && bendOf(layer, 0) !== null);
  }

  #is(own: Multiple, domain: Domain): readonly Guess[] {
    if (own.value === null) return [number(own.constant.mid)];
    const all = this.#originals.fitting(own, domain);
    const alike = all.filter(({ multiple }) => this.#originals.same(multiple, own));
    const kept = alike.filter((holder) => this.#originals.isKept(holder));
    const best = new Set([...kept, ...alike, ...all]);
    if (best.size > 0) return [...best].map((holder) => this.is(own, holder));
    const every = this.#originals.strided(own);
    const again = every === null ? this.#again(own, domain) : null;
    if (every === null) return again === null ? [] : [again];
    const { terms, ...is } = this.is(own, every.holder);
    return [{ ...is, terms: terms.map((term) => ({ ...term, stride: every.stride })) }];
  }

  is(own: Multiple, holder: Holder): Guess {
    const { scale, constant } = ratio(own, holder.multiple);
    return { rule: 'is', terms: [this.#originals.term(holder, scale)], constant };
  }

  #half(argument: Multiple, domain: Domain): Guess | null {
    const alike = this.#originals
      .fitting(argument, domain)
      .filter(({ multiple }) => ratio(argument, multiple).constant === 0);
    // The latest before any activation is what the original's own activation reads.
    const isRead = (holder: Holder): boolean => isAffineLayer(this.#originals.layer(holder));
    const here = alike.findLast(isRead) ?? alike.at(-1);
    const found =
      here === undefined
        ? this.#originals.strided(argument)
        : { holder: here, stride: [1, 1] as const };
    if (found === null) return null;
    const { scale, constant } = ratio(argument, found.holder.multiple);
    if (constant !== 0) return null;
    const own = { ...this.#originals.term(found.holder, scale), stride: found.stride };
    const half = { ...own, scale: Math.abs(scale), half: true };
    return { rule: 'half', terms: scale > 0 ? [half] : [half, own], constant: 0 };
  }
}

/** From zero to an upper bound. */
function isClip(bend: Bend | null): bend is Bend & { readonly kind: 'clip' } {
  return bend?.kind === 'clip' && bend.lower === 0 && bend.upper !== Infinity;
}

/** Whether both have an upper bound, or neither: where one is never reached, the other layer makes the same value. */
function sameEnds(a: Bend, b: Bend | null): boolean {
  const isBounded = (bend: Bend | null): boolean =>
    bend?.kind === 'clip' && bend.upper !== Infinity;
  return isBounded(a) === isBounded(b);
}
