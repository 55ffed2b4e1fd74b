/**
 * One model as an explanation walks through it: channels of named tensors, upstream.
 *
 * A value does not know where it stands in a model – it may have been made by the other one, and several
 * layers may hold it. This finds the layers that do.
 */
import { perChannel, type Conv, type Dense } from '../../model/layer.ts';
import type { Point } from '../piecewise.ts';
import type { Interner } from '../interner.ts';
import type { Term } from '../piecewise.ts';
import type { ValueId } from '../form.ts';
import type { Domain } from '../shift.ts';
import type { Step } from '../trace.ts';
import type { Tensor } from '../tensor.ts';

/** A channel of a tensor, the tensor by its position in the trace. */
export interface Spot {
  readonly at: number;
  readonly channel: number;
}

/** Whether two numbers are equal up to sixteen units in the last place: what a unit batch norm may round. */
function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 2 ** -19 * Math.max(Math.abs(a), Math.abs(b));
}

function samePoint(p: Point, q: Point): boolean {
  return (
    p.base === q.base &&
    isClose(p.slope.mid, q.slope.mid) &&
    isClose(p.constant.mid, q.constant.mid) &&
    p.kinks.length === q.kinks.length &&
    p.kinks.every(
      (kink, i) =>
        isClose(kink.weight.mid, q.kinks[i].weight.mid) &&
        isClose(kink.threshold.mid, q.kinks[i].threshold.mid),
    )
  );
}

export class View {
  readonly steps: readonly Step[];
  readonly #interner: Interner;
  #holders: Map<ValueId, Spot[]> | null = null;

  constructor(steps: readonly Step[], interner: Interner) {
    this.steps = steps;
    this.#interner = interner;
  }

  step(spot: Spot): Step {
    return this.steps[spot.at];
  }

  domain(spot: Spot): Domain {
    return this.step(spot).tensor.domain;
  }

  /** The last position of a tensor. */
  positionOf(tensor: Tensor): number {
    return this.steps.findLastIndex((step) => step.tensor === tensor);
  }

  point({ at, channel }: Spot): Point {
    return this.steps[at].tensor.point(channel);
  }

  /** The value the channel is a multiple of, constants aside; null for a constant. */
  term(spot: Spot): Term | null {
    return this.#interner.term(this.point(spot), this.step(spot).tensor.place(spot.channel));
  }

  /** Every place that holds a multiple of the value, constants aside, upstream first. */
  holders(value: ValueId): readonly Spot[] {
    this.#holders ??= this.#index();
    return this.#holders.get(value) ?? [];
  }

  /** The last place before a position that holds the value. */
  holderBefore(value: ValueId, before: number): Spot | null {
    return this.holders(value).findLast((spot) => spot.at < before) ?? null;
  }

  /** The channel through which `reader` reads the value; the reader itself where no channel is it. */
  holderFor(reader: Spot, value: ValueId): Spot {
    return (
      this.holderBefore(value, reader.at) ??
      this.sources(reader).find((spot) => this.#resembles(spot, value)) ??
      reader
    );
  }

  /** Whether a channel is the value up to what is known of the slopes of an activation. */
  #resembles(spot: Spot, value: ValueId): boolean {
    if (value === -1) return false;
    const { definition } = this.#interner.table.get(value);
    if (definition.kind !== 'kinks') return this.term(spot)?.value === value;
    const { base, kinks } = this.point(spot);
    return base === definition.base && kinks.length === definition.kinks.length;
  }

  /** Channels nobody has read by name, being inside of one affine piece, are not asked for their value. */
  #index(): Map<ValueId, Spot[]> {
    for (const { layer, inputs } of this.steps) {
      if (layer?.kind !== 'maxPool' && layer?.kind !== 'opaque' && layer?.kind !== 'multiply')
        continue;
      for (const input of inputs) this.steps[input].tensor.nameAll();
    }
    const found = new Map<ValueId, Spot[]>();
    for (const [at, { tensor }] of this.steps.entries()) {
      for (let channel = 0; channel < tensor.channels; channel++) {
        const point = tensor.known(channel);
        if (point === null) continue;
        const term = this.#interner.term(point, tensor.place(channel));
        if (term === null) continue;
        const spots = found.get(term.value);
        if (spots === undefined) found.set(term.value, [{ at, channel }]);
        else spots.push({ at, channel });
      }
    }
    return found;
  }

  /** The channels a layer makes this one of, each by itself; null for layers that mix channels or pixels. */
  parents({ at, channel }: Spot): readonly Spot[] | null {
    const { layer, inputs } = this.steps[at];
    switch (layer?.kind) {
      case undefined:
      case 'conv':
      case 'dense':
      case 'maxPool':
      case 'averagePool':
      case 'globalAveragePool':
      case 'flatten':
      case 'pad':
        return null;
      case 'opaque':
        return layer.function === 'softmax' ? null : [{ at: inputs[0], channel }];
      case 'batchNorm':
      case 'scale':
      case 'translate':
      case 'relu':
      case 'clip':
      case 'leakyRelu':
      case 'prelu':
        return [{ at: inputs[0], channel }];
      case 'select':
        return [{ at: inputs[0], channel: layer.channels[channel] }];
      case 'add':
      case 'subtract':
      case 'multiply':
        return inputs.map((input) => ({
          at: input,
          channel: this.steps[input].tensor.channels === 1 ? 0 : channel,
        }));
      case 'concat': {
        let rest = channel;
        for (const input of inputs) {
          const { channels } = this.steps[input].tensor;
          if (rest < channels) return [{ at: input, channel: rest }];
          rest -= channels;
        }
        return null;
      }
    }
  }

  /** The channels a channel is computed from, whatever the layer. */
  sources(spot: Spot): readonly Spot[] {
    const known = this.parents(spot);
    if (known !== null) return known;
    const { layer, inputs } = this.step(spot);
    if (layer === null) return [];
    const [input] = inputs;
    const { tensor } = this.steps[input];
    const channel = (c: number): Spot => ({ at: input, channel: c });
    const every = (from: number, count: number): Spot[] =>
      Array.from({ length: count }, (_, c) => channel(from + c));
    switch (layer.kind) {
      case 'conv':
      case 'dense': {
        const groups = layer.kind === 'conv' ? layer.groups : 1;
        const count = tensor.channels / groups;
        const group = Math.floor(spot.channel / (layer.outChannels / groups));
        const length = layer.weight.length / layer.outChannels;
        const row = layer.weight.subarray(spot.channel * length, (spot.channel + 1) * length);
        const taps = length / count;
        return every(group * count, count).filter((_, i) =>
          row.subarray(i * taps, (i + 1) * taps).some((w) => w !== 0),
        );
      }
      case 'maxPool':
      case 'averagePool':
      case 'globalAveragePool':
      case 'pad':
        return [channel(spot.channel)];
      case 'flatten': {
        const area = tensor.domain.height * tensor.domain.width;
        return [
          channel(
            layer.order === 'chw'
              ? Math.floor(spot.channel / area)
              : spot.channel % tensor.channels,
          ),
        ];
      }
      default:
        return every(0, tensor.channels);
    }
  }

  /**
   * By how much a constant of an upstream channel counts in this one, away from the border, through affine
   * layers and one convolution at most.
   */
  gain(spot: Spot, upstream: Spot): number {
    if (spot.at === upstream.at) return spot.channel === upstream.channel ? 1 : 0;
    const { layer, inputs } = this.step(spot);
    if (layer === null || spot.at < upstream.at) return 0;
    if (layer.kind === 'conv' || layer.kind === 'dense') {
      return inputs[0] === upstream.at ? this.#sumOfTaps(layer, spot.channel, upstream) : 0;
    }
    const gains = this.sources(spot).map((source) => this.gain(source, upstream));
    switch (layer.kind) {
      case 'subtract':
        return gains[0] - gains[1];
      case 'add':
        return gains[0] + gains[1];
      case 'batchNorm': {
        const { scale, variance, epsilon } = layer;
        return (gains[0] * scale[spot.channel]) / Math.sqrt(variance[spot.channel] + epsilon);
      }
      case 'scale': {
        const factor = perChannel(layer.factor, spot.channel);
        return gains[0] * (layer.operation === 'multiply' ? factor : 1 / factor);
      }
      default:
        return gains[0] ?? 0;
    }
  }

  #sumOfTaps(layer: Conv | Dense, output: number, { at, channel }: Spot): number {
    const groups = layer.kind === 'conv' ? layer.groups : 1;
    const count = this.steps[at].tensor.channels / groups;
    const group = Math.floor(output / (layer.outChannels / groups));
    if (Math.floor(channel / count) !== group) return 0;
    const length = layer.weight.length / layer.outChannels;
    const taps = length / count;
    const start = output * length + (channel % count) * taps;
    return layer.weight.subarray(start, start + taps).reduce((sum, w) => sum + w, 0);
  }

  /** Upstream past layers that pass the channel on unchanged, to where it is made. */
  made(spot: Spot): Spot {
    return this.#upstream(spot, (at) => samePoint(this.point(at), this.point(spot)));
  }

  /** Upstream past layers that only scale the channel or add a constant, to where its value is made. */
  bent(spot: Spot): Spot {
    const value = this.term(spot)?.value;
    return this.#upstream(spot, (at) => this.term(at)?.value === value);
  }

  #upstream(spot: Spot, still: (spot: Spot) => boolean): Spot {
    let current = spot;
    for (;;) {
      const parents = this.parents(current);
      if (parents?.length !== 1 || !still(parents[0])) return current;
      [current] = parents;
    }
  }
}
