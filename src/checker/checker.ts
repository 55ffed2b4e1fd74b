/**
 * Checks what a certificate says, step by step.
 *
 * By induction over the layers of the converted model: what a step claims of a tensor follows from what earlier
 * steps claim of the tensors it is made of, from the layers' meaning, and from nothing else.
 */
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { sameShape, type Shape } from '../model/shape.ts';
import type { Argument, Fact, Run, Step, Term } from '../certificate/certificate.ts';
import { apart, bendOf, bent, isRelu, isStraight, layersApart, type Bend } from './bend.ts';
import { byOf, claimsOf, halfScale, isWhole, table, type Claim } from './claim.ts';
import { anything, Ranges, times, type Interval } from './ranges.ts';
import { Rows } from './rows.ts';
import { Sums, ulpsOf, type Sum } from './sums.ts';
import {
  budgetOf,
  idsByName,
  isAffineHere,
  isHalf,
  original as originalSide,
  Rejected,
  sideOf,
  symbolOf,
  tensorOf,
  type Side,
  type SymbolId,
} from './symbols.ts';

export class Checker {
  readonly #original: Side;
  readonly #converted: Side;
  readonly #names: {
    readonly original: ReadonlyMap<string, TensorId>;
    readonly converted: ReadonlyMap<string, TensorId>;
  };
  readonly #sums = new Sums();
  readonly #rows: Rows;
  readonly #ranges: Ranges;
  ulps = 0;

  constructor(
    original: Model,
    converted: Model,
    certificate: Pick<Argument, 'named' | 'inputRange'>,
  ) {
    this.#names = { original: idsByName(original), converted: idsByName(converted) };
    const named = new Set(certificate.named.map((name) => this.#find('original', name)));
    this.#original = originalSide(original, named);
    this.#converted = sideOf(converted);
    const most = budgetOf(original, converted);
    this.#rows = new Rows(this.#sums, this.#original, converted, most);
    const sums = new Sums();
    const input = certificate.inputRange ?? ([-Infinity, Infinity] as const);
    this.#ranges = new Ranges(
      this.#original,
      input,
      new Rows(sums, this.#original, converted, most),
      sums,
    );
    for (const [i, { tensor }] of converted.inputs.entries()) {
      this.#converted.claims[tensor] = this.#original.claims[original.inputs[i].tensor];
    }
  }

  #find(side: 'original' | 'converted', name: string): TensorId {
    const id = this.#names[side].get(name);
    if (id !== undefined && id >= 0) return id;
    throw new Rejected(`the ${side} model has no one tensor ${name}`);
  }

  #open(names: readonly string[]): ReadonlySet<TensorId> {
    const ids = names.map((name) => this.#find('original', name));
    const { inputs } = this.#original.model;
    const isInput = inputs.some(({ tensor }) => ids.includes(tensor));
    if (isInput) throw new Rejected('an input cannot be opened');
    return new Set(ids);
  }

  #charge(ulps: number, most: number, channel: number, name: string): void {
    const where = `channel ${channel} of ${name}`;
    if (!(ulps <= most)) {
      throw new Rejected(`${where} is not what the certificate says (${ulps} ulps)`, channel);
    }
    this.ulps = Math.max(this.ulps, ulps);
  }

  step({ tensor: name, open, runs }: Step, most: number): void {
    const tensor = this.#find('converted', name);
    const { shape } = this.#converted.model.tensors[tensor];
    const layer = this.#converted.makers[tensor];
    if (layer === undefined) throw new Rejected(`${name} is an input`);
    const claims = claimsOf(runs, { name, shape, id: tensor }, this.#original, (of) =>
      this.#find('original', of),
    );
    const opened = this.#open(open);
    const isOwn =
      bendOf(layer, 0) === null && runs.every(({ rule }) => rule === 'is' || rule === 'any');
    const read = isOwn ? [tensor] : layer.inputs;
    for (const [position, argument] of read.entries()) {
      this.#rows.restart(this.#converted.model.tensors[argument].shape, opened);
      for (const [channel, claim] of claims.entries()) {
        const part = { layer, argument, position, channel, fresh: isOwn };
        this.#charge(this.#channel(claim, part), most, channel, name);
      }
    }
    this.#converted.claims[tensor] = table(claims);
  }

  /** The rounding of one channel's claim; ∞ where it does not hold. */
  #channel(
    claim: Claim,
    part: { layer: Layer; argument: TensorId; position: number; channel: number; fresh: boolean },
  ): number {
    const { layer, argument, position, channel, fresh } = part;
    const { model } = this.#converted;
    const { left, right } = this.#sums;
    const { channels } = model.tensors[argument].shape;
    const own = layer.inputs.length > 1 && channels === 1 ? 0 : channel;
    const { run, symbols } = claim;
    if (run.rule === 'any') return 0;
    this.#rows.add(left, this.#converted, argument, own, { factor: 1, fresh });
    const bend = bendOf(layer, channel);
    const form = bend ?? (layer.kind === 'maxPool' ? straight : null);
    switch (run.rule) {
      case 'is': {
        if (bend === null && !fresh) return Infinity;
        for (const [k, symbol] of symbols.entries()) {
          this.#rows.addSymbol(right, symbol, claim.channels[k], byOf(run.terms[k]));
        }
        this.#rows.addConstant(right, model.tensors[argument].shape, run.constant);
        const ulps = this.#sums.compare(this.ulps);
        if (bend === null) return ulps;
        return this.#straight(claim, (range) => isStraight(bend, range)) ? ulps : Infinity;
      }
      case 'same':
        return this.#same(claim, layer, position, argument);
      case 'half': {
        const factor = halfScale(claim);
        if (!isRelu(bend) || factor === null) return Infinity;
        const by = { factor, stride: byOf(run.terms[0]).stride, fresh: false };
        this.#rows.add(right, this.#original, tensorOf(symbols[0]), claim.channels[0], by);
        return this.#sums.compare(this.ulps);
      }
      case 'bound':
        return bend === null ? Infinity : this.#bound(claim, bend, model.tensors[argument].shape);
      case 'flat':
        if (form === null || symbols.length > 0) return Infinity;
        return this.#flat(run.constant, form);
    }
  }

  /** Whether the claim's values satisfy `holds`: by a look first, by intervals if that does not say so. */
  #straight(claim: Claim, holds: (range: Interval) => boolean): boolean {
    const { run, symbols, channels } = claim;
    const rangeBy = (of: (symbol: SymbolId, channel: number) => Interval): Interval => {
      // One symbol as it is has its own range; what is worked out is rounded.
      const isPlain = symbols.length === 1 && run.terms[0].scale === 1 && run.constant === 0;
      const off = (x: number): number => (isPlain ? 0 : 2 ** -48 * Math.abs(x));
      let [low, high] = [run.constant - off(run.constant), run.constant + off(run.constant)];
      for (const [k, symbol] of symbols.entries()) {
        const [a, b] = times(of(symbol, channels[k]), run.terms[k].scale);
        [low, high] = [low + a - off(a), high + b + off(b)];
      }
      return [low, high];
    };
    // relu(−t) as relu(t) − t.
    if (halfScale(claim) !== null && holds([0, Infinity])) return true;
    if (holds(rangeBy((symbol) => this.#ranges.quick(symbol)))) return true;
    return holds(rangeBy((symbol, channel) => this.#ranges.thorough(symbol, channel)));
  }

  #same(
    { run, symbols, channels, channel }: Claim,
    layer: Layer,
    position: number,
    argument: TensorId,
  ): number {
    const theirs = symbols.length === 1 ? this.#original.makers[tensorOf(symbols[0])] : undefined;
    if (theirs === undefined || isHalf(symbols[0]) || run.constant !== 0) return Infinity;
    if (!isWhole(run.terms[0])) return Infinity;
    const [{ scale }] = run.terms;
    const { tensors } = this.#original.model;
    const read = theirs.inputs[position];
    const shape = tensors[read]?.shape;
    const own = this.#converted.model.tensors[argument].shape;
    if (theirs.inputs.length !== layer.inputs.length) return Infinity;
    if (shape.height !== own.height || shape.width !== own.width) return Infinity;
    const isMixing = layer.kind === 'opaque' && layer.function === 'softmax';
    // A channel of softmax is a function of all channels of the argument, so all have to be claimed together.
    const isAll = channels[0] === channel && run.count === own.channels;
    if (isMixing && !(isAll && sameShape(shape, own))) return Infinity;
    const at = theirs.inputs.length > 1 && shape.channels === 1 ? 0 : channels[0];
    const factor = position === 0 ? scale : 1;
    this.#rows.add(this.#sums.right, this.#original, read, at, { factor, fresh: false });
    const both = [layer, channel, theirs, channels[0], scale] as const;
    let layers = layersApart(...both, anything);
    if (layers === Infinity) layers = layersApart(...both, this.#rangeOf(this.#sums.right));
    return Math.max(layers, this.#sums.compare(this.ulps));
  }

  /** clip(a·relu(t), ≤ 0, a·h) = a·clip(t, 0, h), and relu(a·h − a·relu(t)) = a·h − a·clip(t, 0, h) if a·h is exact. */
  #bound({ run, symbols, channels }: Claim, bend: Bend, shape: Shape): number {
    const theirs = symbols.length === 1 ? this.#original.makers[tensorOf(symbols[0])] : undefined;
    const clip = theirs === undefined ? null : bendOf(theirs, channels[0]);
    if (theirs === undefined || isHalf(symbols[0]) || clip?.kind !== 'clip') return Infinity;
    const [term] = run.terms;
    const { scale } = term;
    const { lower, upper } = clip;
    const isClip = lower === 0 && upper > 0 && upper < Infinity && isWhole(term);
    const isExact = Math.fround(scale) === scale && run.constant === -scale * upper;
    const isRest = isRelu(bend) && isExact;
    const isCap = bend.kind === 'clip' && bend.lower <= 0 && run.constant === 0;
    if (!isClip || !(scale < 0 ? isRest : isCap)) return Infinity;
    const { right } = this.#sums;
    this.#rows.addConstant(right, shape, run.constant);
    this.#rows.addSymbol(right, symbolOf(theirs.inputs[0], true), channels[0], byOf(term));
    const bounds = scale > 0 && bend.kind === 'clip' ? apart(bend.upper, scale * upper) : 0;
    return Math.max(bounds, this.#sums.compare(this.ulps));
  }

  #rangeOf(row: Sum): Interval {
    return this.#ranges.rowRange(this.#sums, row, (s, c) => this.#ranges.thorough(s, c));
  }

  /** The argument is a number, and the layer makes the other number of it. */
  #flat(value: number, bend: Bend): number {
    const [low, high] = this.#rangeOf(this.#sums.left);
    if (bend.kind === 'clip' && (high <= bend.lower || low >= bend.upper)) {
      this.#sums.drop();
      const end = high <= bend.lower ? bend.lower : bend.upper;
      return value === end ? 0 : ulpsOf(value - end, Math.abs(end));
    }
    const f = (t: number): number => bent(bend, t);
    const steepest = bend.kind === 'leaky' ? Math.max(1, Math.abs(bend.slope)) : 1;
    const { left, right, error, blocks } = this.#sums;
    let [mid, magnitude] = [0, 0];
    for (const { base, symbol, inside } of blocks) {
      if (symbol !== null || !inside) continue;
      [mid, magnitude] = [left.mid[base], left.magnitude[base]];
      [right.mid[base], right.magnitude[base]] = [mid, magnitude];
    }
    const apart = Math.abs(f(mid) - value) + 2 * error * steepest * magnitude;
    const ulps =
      f(mid) === value && magnitude === 0 ? 0 : ulpsOf(apart, Math.max(magnitude, Math.abs(value)));
    return Math.max(ulps, this.#sums.compare(this.ulps));
  }

  /** Puts numbers in the place of channels of the original that are nothing else. */
  fact({ tensor: name, runs }: Fact, most: number): void {
    const tensor = this.#find('original', name);
    const layer = this.#original.makers[tensor];
    if (layer === undefined || this.#original.claims[tensor] === undefined)
      throw new Rejected(`${name} is no symbol`);
    const { shape } = this.#original.model.tensors[tensor];
    const fresh = isAffineHere(layer);
    const argument = fresh ? tensor : layer.inputs[0];
    this.#rows.restart(this.#original.model.tensors[argument].shape, new Set());
    const numbers = new Map<number, number>();
    for (const { first, count, constant } of runs) {
      if (first + count > shape.channels) throw new Rejected(`${name} has fewer channels`);
      for (let channel = first; channel < first + count; channel++) {
        const isStraight = fresh || layer.kind === 'maxPool';
        const form = isStraight ? straight : bendOf(layer, channel);
        if (form === null) throw new Rejected(`${name} is not known to be a number`);
        this.#rows.add(this.#sums.left, this.#original, argument, channel, { factor: 1, fresh });
        this.#charge(this.#flat(constant, form), most, channel, name);
        numbers.set(channel, constant);
      }
    }
    const kept = Array.from({ length: shape.channels }, (_, channel): Claim => {
      const constant = numbers.get(channel);
      const stays = constant === undefined;
      const terms: Term[] = stays
        ? [{ tensor: name, channel, scale: 1, half: false, stride: [1, 1] }]
        : [];
      const run: Run = { first: channel, count: 1, rule: 'is', terms, constant: constant ?? 0 };
      const symbols = stays ? [symbolOf(tensor, false)] : [];
      return { run, channel, symbols, channels: stays ? [channel] : [] };
    });
    this.#original.claims[tensor] = table(kept);
  }

  output(index: number, open: readonly string[], most: number): void {
    const ours = this.#converted.model.outputs[index].tensor;
    const theirs = this.#original.model.outputs[index].tensor;
    const { shape, name } = this.#converted.model.tensors[ours];
    this.#rows.restart(shape, this.#open(open));
    for (let channel = 0; channel < shape.channels; channel++) {
      this.#rows.add(this.#sums.left, this.#converted, ours, channel, { factor: 1, fresh: false });
      this.#rows.add(this.#sums.right, this.#original, theirs, channel, {
        factor: 1,
        fresh: false,
      });
      this.#charge(this.#sums.compare(this.ulps), most, channel, `the output ${name}`);
    }
  }
}

const straight: Bend = { kind: 'clip', lower: -Infinity, upper: Infinity };
