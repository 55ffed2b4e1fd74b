/**
 * Writes channels of either model in symbols: what the layers mean, as far as they are affine.
 *
 * A layer's result is zero outside its domain. Where a later layer may look there, that is only passed over where
 * what it reads is zero there as well; anything else is rejected (docs/certificate.md, "Borders").
 */
import {
  perChannel,
  type AveragePool,
  type Conv,
  type Dense,
  type TensorId,
} from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { sameShape, type Pair, type Shape } from '../model/shape.ts';
import { isInside, isNowhere, strided, start, through, type Place } from './place.ts';
import { pixelOf, pointwise, single, slopeOf, spread, tapsOf } from './stencil.ts';
import { Plans } from './plans.ts';
import { made, rowOf } from './claim.ts';
import type { Sum, Sums } from './sums.ts';
import {
  isAffineHere,
  isHalf,
  one,
  Rejected,
  shapeOf,
  symbolOf,
  tensorOf,
  type Claims,
  type Side,
  type SymbolId,
} from './symbols.ts';

/** Where terms go: a row, of a model, with a factor, at a place. */
interface Into {
  readonly row: Sum;
  readonly side: Side;
  readonly factor: number;
  readonly place: Place;
  readonly depth: number;
}

const deepest = 16;

export class Rows {
  readonly #sums: Sums;
  readonly #original: Side;
  readonly #converted: Model;
  readonly #plans: Plans;
  #open: ReadonlySet<TensorId> = new Set();
  /** Terms that may still be made: a certificate cannot make its checking last for ever. */
  #budget: number;

  constructor(sums: Sums, original: Side, converted: Model, budget: number) {
    this.#converted = converted;
    this.#plans = new Plans(sums, original, converted);
    this.#sums = sums;
    this.#original = original;
    this.#budget = budget;
  }

  restart(output: Shape, open: ReadonlySet<TensorId>): void {
    this.#sums.restart(output);
    this.#plans.restart(open);
    this.#open = open;
  }

  /** Adds factor · a channel; `fresh`: by its layer, whatever is claimed of it. */
  add(
    row: Sum,
    side: Side,
    tensor: TensorId,
    channel: number,
    options: { readonly factor: number; readonly fresh: boolean; readonly stride?: Pair },
  ): void {
    const { factor, fresh, stride = single } = options;
    const place = strided(start(this.#sums.output), stride);
    this.#emit({ row, side, factor, place, depth: 0 }, tensor, channel, fresh);
  }

  /** Adds what is claimed of a channel of the tensor that rows are of. */
  addClaim(row: Sum, claims: Claims, channel: number): void {
    const { output } = this.#sums;
    const into = { row, side: this.#original, factor: 1, place: start(output), depth: 0 };
    this.#claimed(into, claims, channel, output);
  }

  addConstant(row: Sum, value: number): void {
    const { output } = this.#sums;
    this.#put(row, this.#sums.one(output, start(output)), value);
  }

  /** Adds factor · relu of a channel of the original. */
  addHalf(row: Sum, tensor: TensorId, channel: number, by: { scale: number; stride: Pair }): void {
    const place = strided(start(this.#sums.output), by.stride);
    const into = { row, side: this.#original, factor: by.scale, place, depth: 0 };
    this.#symbol(into, made(this.#original.relus, symbolOf(tensor, true)), channel);
  }

  #put({ mid, magnitude }: Sum, column: number, value: number): void {
    mid[column] += value;
    magnitude[column] += Math.abs(value);
  }

  #spend(terms: number): void {
    this.#afford(terms);
    this.#sums.count(terms);
  }

  #afford(terms: number): void {
    this.#budget -= terms;
    if (this.#budget < 0) throw new Rejected('checking would take too long');
  }

  #symbol(into: Into, symbol: SymbolId, channel: number): void {
    const tensor = tensorOf(symbol);
    if (!isHalf(symbol) && this.#open.has(tensor)) {
      return this.#emit({ ...into, side: this.#original }, tensor, channel, true);
    }
    const base = this.#sums.column(
      symbol,
      shapeOf(symbol, this.#original.model, this.#converted),
      into.place,
    );
    this.#put(into.row, base === 0 ? 0 : base + channel, into.factor);
  }

  #claimed(into: Into, claims: Claims, channel: number, shape: Shape): void {
    for (const k of rowOf(claims, channel)) {
      const [symbol, scale] = [claims.symbols[k], claims.scales[k]];
      if (symbol === one) {
        this.#constant(into, shape, scale);
        continue;
      }
      const place = strided(into.place, claims.strides[k]);
      this.#symbol({ ...into, factor: into.factor * scale, place }, symbol, claims.channels[k]);
    }
  }

  #constant(into: Into, shape: Shape, value: number): void {
    if (value === 0) return;
    const column = this.#sums.one(shape, into.place);
    this.#put(into.row, column, into.factor * value);
  }

  #emit(into: Into, tensor: TensorId, channel: number, fresh: boolean): void {
    const { side, factor, place } = into;
    if (factor === 0) return;
    this.#spend(8);
    if (into.depth > deepest) throw new Rejected('a step goes too deep');
    if (!(Math.abs(factor) > 2 ** -300 && Math.abs(factor) < 2 ** 300)) {
      throw new Rejected('a factor is out of range');
    }
    const { shape, name } = side.model.tensors[tensor];
    if (isNowhere(place, shape, this.#sums.output)) return;
    const claims = fresh ? undefined : side.claims[tensor];
    if (claims !== undefined) return this.#claimed(into, claims, channel, shape);
    const layer = side.makers[tensor];
    if (layer === undefined) throw new Rejected(`nothing is claimed of ${name}`);
    const [input] = layer.inputs;
    const deeper = { ...into, depth: into.depth + 1 };
    switch (layer.kind) {
      case 'conv':
      case 'dense':
        this.#convolve(deeper, layer, channel);
        return layer.bias === null ? undefined : this.#constant(into, shape, layer.bias[channel]);
      case 'batchNorm': {
        const slope = slopeOf(layer, channel);
        this.#constant(into, shape, layer.offset[channel]);
        this.#constant(into, shape, -slope * layer.mean[channel]);
        return this.#emit({ ...deeper, factor: factor * slope }, input, channel, false);
      }
      case 'scale': {
        const by = perChannel(layer.factor, channel);
        const scaled = layer.operation === 'multiply' ? factor * by : factor / by;
        return this.#emit({ ...deeper, factor: scaled }, input, channel, false);
      }
      case 'translate':
        this.#constant(into, shape, perChannel(layer.addend, channel));
        return this.#emit(deeper, input, channel, false);
      case 'add':
      case 'subtract':
        for (const [i, read] of layer.inputs.entries()) {
          if (!sameShape(side.model.tensors[read].shape, shape))
            throw new Rejected(`${name} is broadcast`);
          const sign = i > 0 && layer.kind === 'subtract' ? -1 : 1;
          this.#emit({ ...deeper, factor: sign * factor }, read, channel, false);
        }
        return;
      case 'concat': {
        let rest = channel;
        for (const read of layer.inputs) {
          const { channels } = side.model.tensors[read].shape;
          if (rest < channels) return this.#emit(deeper, read, rest, false);
          rest -= channels;
        }
        return;
      }
      case 'select':
        return this.#emit(deeper, input, layer.channels[channel], false);
      case 'pad': {
        const by = { y: -layer.pads.top, x: -layer.pads.left };
        const inner = { ...deeper, place: this.#through(deeper, layer.output, input, by, single) };
        // The number everywhere, but for where the input is.
        this.#constant(into, shape, layer.value);
        this.#constant(inner, side.model.tensors[input].shape, -layer.value);
        return this.#emit(inner, input, channel, false);
      }
      case 'averagePool':
        return this.#pool(deeper, layer, channel);
      case 'globalAveragePool':
        this.#needsInside(into, tensor);
        return this.#emit({ ...deeper, place: { ...place, mean: true } }, input, channel, false);
      case 'flatten': {
        const { channel: c, offset } = pixelOf(layer, channel, side.model.tensors[input].shape);
        this.#needsInside(into, tensor);
        if (place.mean) throw new Rejected(`${name} is averaged`);
        return this.#emit(
          { ...deeper, place: { stride: { y: 0, x: 0 }, offset, mean: false } },
          input,
          c,
          false,
        );
      }
      case 'multiply':
      case 'relu':
      case 'clip':
      case 'leakyRelu':
      case 'prelu':
      case 'maxPool':
      case 'opaque':
        throw new Rejected(`nothing is claimed of ${name}`);
    }
  }

  #through({ side, place }: Into, output: TensorId, input: TensorId, by: Pair, times: Pair): Place {
    const [to, from] = [side.model.tensors[output], side.model.tensors[input]];
    const extents = { output: to.shape, input: from.shape, row: this.#sums.output };
    const read = through(place, extents, by, times);
    if (read === null) throw new Rejected(`${to.name} is read outside its border, or averaged`);
    return read;
  }

  #needsInside({ side, place }: Into, tensor: TensorId): void {
    const { shape, name } = side.model.tensors[tensor];
    if (isInside(place, shape, this.#sums.output)) return;
    throw new Rejected(`${name} is read outside its border`);
  }

  #pool(into: Into, layer: AveragePool, channel: number): void {
    if (!isAffineHere(layer)) throw new Rejected(`nothing is claimed of ${layer.name}`);
    const window = { ...layer, dilations: single };
    this.#afford(window.kernel.y * window.kernel.x);
    const taps = tapsOf(window);
    for (const tap of taps) {
      const place = this.#through(into, layer.output, layer.inputs[0], tap, layer.strides);
      this.#emit(
        { ...into, place, factor: into.factor / taps.length },
        layer.inputs[0],
        channel,
        false,
      );
    }
  }

  #convolve(into: Into, layer: Conv | Dense, channel: number): void {
    const [groups, window] = layer.kind === 'conv' ? [layer.groups, layer] : [1, pointwise];
    const [input] = layer.inputs;
    const { channels } = into.side.model.tensors[input].shape;
    const taps = window.kernel.y * window.kernel.x;
    const perGroup = channels / groups;
    const from = Math.floor(channel / (layer.outChannels / groups)) * perGroup;
    // Asked for where columns are looked up, which takes longer than adding to them.
    const places = (): readonly Place[] => {
      this.#afford(taps * (32 + channels));
      return tapsOf(window).map((tap) =>
        this.#through(into, layer.output, input, tap, window.strides),
      );
    };
    const plan = this.#plans.of(into.side, layer.output, input, { place: into.place, places });
    const { weight } = layer;
    let w = channel * perGroup * taps;
    if (plan === null) {
      const taken = places();
      for (let i = from; i < from + perGroup; i++) {
        for (const place of taken) {
          const factor = into.factor * weight[w++];
          if (factor !== 0) this.#emit({ ...into, place, factor }, input, i, false);
        }
      }
      return;
    }
    this.#spend(perGroup * taps);
    spread(into, { weight, start: w, from, count: perGroup, taps }, plan);
  }
}
