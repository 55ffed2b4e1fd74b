/**
 * Checks what a certificate says, step by step.
 *
 * By induction over the layers of the converted model: what a step claims of a tensor follows from what earlier
 * steps claim of the tensors it is made of, from the layers' meaning, and from nothing else.
 */
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { sameShape, type Shape } from '../model/shape.ts';
import type { Argument, Step } from '../certificate/certificate.ts';
import { apart, bendOf, cutTo, isRelu, isStraight, layersApart, type Bend } from './bend.ts';
import { byOf, claimsOf, halfScale, isWhole, table, type Claim } from './claim.ts';
import { anything, Ranges, type Interval } from './ranges.ts';
import { Rows } from './rows.ts';
import { intervalsOf, isReluOf, levelOf } from './values.ts';
import { Sums, type Sum } from './sums.ts';
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
  unknown,
  type Claims,
  type Side,
} from './symbols.ts';

/** What a claim is about: one channel of an argument of a layer. */
interface Part {
  readonly side: Side;
  readonly rows: Claims;
  readonly layer: Layer;
  readonly argument: TensorId;
  readonly position: number;
  readonly channel: number;
  /** The tensor itself is looked at, written by its layer. */
  readonly fresh: boolean;
}

export class Checker {
  readonly #original: Side;
  readonly #converted: Side;
  readonly #names: {
    readonly original: ReadonlyMap<string, TensorId>;
    readonly converted: ReadonlyMap<string, TensorId>;
  };
  /** What may be opened: inputs and what is not affine are symbols without a name. */
  readonly #named: ReadonlySet<TensorId>;
  readonly #sums = new Sums();
  readonly #rows: Rows;
  readonly #ranges: Ranges;
  /** Of which tensors something is said. */
  readonly #told = new Set<string>();
  /** Why a row could not be made. */
  #why: string | null = null;
  ulps = 0;

  constructor(
    original: Model,
    converted: Model,
    certificate: Pick<Argument, 'named' | 'inputRange'>,
  ) {
    this.#names = { original: idsByName(original), converted: idsByName(converted) };
    const named = new Set(certificate.named.map((name) => this.#find('original', name)));
    const affine = new Set(original.layers.filter(isAffineHere).map(({ output }) => output));
    if ([...named].some((id) => !affine.has(id))) throw new Rejected('a symbol is named');
    this.#named = named;
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
    const stranger = ids.find((id) => !this.#named.has(id));
    if (stranger === undefined) return new Set(ids);
    throw new Rejected(`${this.#original.model.tensors[stranger].name} cannot be opened`);
  }

  /** What the converted model's tensor is. */
  step(step: Step, most: number): void {
    this.#said('converted', step, most);
  }

  /** What a tensor of the original is, in terms of its others. */
  fact(step: Step, most: number): void {
    this.#said('original', step, most);
  }

  #said(which: 'original' | 'converted', { tensor: name, open, runs }: Step, most: number): void {
    const side = which === 'original' ? this.#original : this.#converted;
    const tensor = this.#find(which, name);
    const { shape } = side.model.tensors[tensor];
    const layer = side.makers[tensor];
    if (layer === undefined) throw new Rejected(`${name} is an input`);
    if (this.#told.has(`${which} ${tensor}`)) throw new Rejected(`${name} is told of twice`);
    const isSymbol = this.#original.claims[tensor] !== undefined;
    if (which === 'original' && !isSymbol) throw new Rejected(`${name} is no symbol`);
    const free =
      which === 'original' ? symbolOf(tensor, false) : unknown(this.#original.model, tensor);
    const claims = claimsOf(runs, { name, shape, free }, this.#original, (of) =>
      this.#find('original', of),
    );
    // What an argument is said to be where the layer is flat, the tensor is not.
    const isFlat = runs.some(({ rule }) => rule === 'flat');
    const kept = claims.map((claim) =>
      claim.run.rule === 'flat' ? levelOf(claim, layer, this.#ranges) : claim,
    );
    const rows = table(claims, this.#original);
    const opened = this.#open(open);
    const isOwn =
      bendOf(layer, 0) === null && runs.every(({ rule }) => rule === 'is' || rule === 'any');
    const read = isOwn ? [tensor] : layer.inputs;
    const wrong = new Set<number>();
    this.#why = null;
    const none = new Float64Array(shape.channels).fill(Infinity);
    for (const [position, argument] of read.entries()) {
      this.#rows.restart(side.model.tensors[argument].shape, opened);
      for (const [channel, claim] of claims.entries()) {
        const part = { side, rows, layer, argument, position, channel, fresh: isOwn };
        let ulps = this.#tried(claim, part);
        if (claim.run.rule === 'dead' && layer.kind === 'multiply') {
          // A product is zero where either factor is.
          none[channel] = Math.min(none[channel], ulps);
          ulps = position < read.length - 1 ? 0 : none[channel];
        }
        if (ulps <= most) this.ulps = Math.max(this.ulps, ulps);
        else {
          wrong.add(channel);
          this.#sums.drop();
        }
      }
    }
    if (wrong.size > 0) {
      const first = Math.min(...wrong);
      const why = this.#why ?? 'not what the certificate says';
      throw new Rejected(`channel ${first} of ${name}: ${why}`, [...wrong]);
    }
    this.#told.add(`${which} ${tensor}`);
    side.claims[tensor] = isFlat ? table(kept, this.#original) : rows;
  }

  #tried(claim: Claim, part: Part): number {
    try {
      return this.#channel(claim, part);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      this.#sums.drop();
      this.#why ??= error.message;
      return Infinity;
    }
  }

  /** The rounding of one channel's claim; ∞ where it does not hold. */
  #channel(claim: Claim, part: Part): number {
    const { side, rows, layer, argument, position, channel, fresh } = part;
    const { model } = side;
    const { left, right } = this.#sums;
    const { channels } = model.tensors[argument].shape;
    const own = layer.inputs.length > 1 && channels === 1 ? 0 : channel;
    const { run, symbols } = claim;
    if (run.rule === 'any') return 0;
    this.#rows.add(left, side, argument, own, { factor: 1, fresh });
    const bend = bendOf(layer, channel);
    switch (run.rule) {
      case 'is': {
        if (bend === null && !fresh) return Infinity;
        this.#rows.addClaim(right, rows, channel);
        const ulps = this.#sums.compare(this.ulps);
        if (bend === null) return ulps;
        return intervalsOf(claim, this.#ranges).some((range) => isStraight(bend, range()))
          ? ulps
          : Infinity;
      }
      case 'flat':
        this.#rows.addClaim(right, rows, channel);
        return this.#sums.compare(this.ulps);
      case 'dead': {
        if (symbols.length > 0) return Infinity;
        if (layer.kind === 'multiply')
          return run.constant === 0 ? this.#sums.compare(this.ulps) : Infinity;
        const range = this.#rangeOf(left);
        this.#sums.drop();
        return bend !== null && cutTo(bend, range) === run.constant ? 0 : Infinity;
      }
      case 'same':
        return this.#same(claim, layer, position, model.tensors[argument].shape);
      case 'half': {
        const factor = halfScale(claim);
        if (factor === null || !isReluOf(claim, factor, bend, this.#ranges)) return Infinity;
        const by = { factor, stride: byOf(run.terms[0]).stride, fresh: false };
        this.#rows.add(right, this.#original, tensorOf(symbols[0]), claim.channels[0], by);
        return this.#sums.compare(this.ulps);
      }
      case 'bound':
        return bend === null ? Infinity : this.#bound(claim, bend);
    }
  }

  #same(
    { run, symbols, channels, channel }: Claim,
    layer: Layer,
    position: number,
    own: Shape,
  ): number {
    const theirs = symbols.length === 1 ? this.#original.makers[tensorOf(symbols[0])] : undefined;
    if (theirs === undefined || isHalf(symbols[0]) || run.constant !== 0) return Infinity;
    if (!isWhole(run.terms[0])) return Infinity;
    const [{ scale }] = run.terms;
    const { tensors } = this.#original.model;
    const read = theirs.inputs[position];
    const shape = tensors[read]?.shape;
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
  #bound({ run, symbols, channels }: Claim, bend: Bend): number {
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
    this.#rows.addConstant(right, run.constant);
    this.#rows.addHalf(right, theirs.inputs[0], channels[0], byOf(term));
    const bounds = scale > 0 && bend.kind === 'clip' ? apart(bend.upper, scale * upper) : 0;
    return Math.max(bounds, this.#sums.compare(this.ulps));
  }

  #rangeOf(row: Sum): Interval {
    return this.#ranges.rowRange(this.#sums, row, (s, c) => this.#ranges.thorough(s, c));
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
      const ulps = this.#sums.compare(this.ulps);
      if (!(ulps <= most)) throw new Rejected(`the output ${name} differs at channel ${channel}`);
      this.ulps = ulps;
    }
  }
}
