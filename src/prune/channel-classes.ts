/**
 * Channels that can only go together: a partition of all channels of all tensors of a model.
 *
 * A layer that treats every channel alone ties a channel of its result to the same one of its input: batch norms,
 * activations, pools, depthwise convolutions. Additions and products tie those of both operands as well, which is how a
 * shortcut ties layers far apart. Concatenations, selections and flattening tie channels that are the same. A
 * convolution with several inputs a group and a dense layer tie nothing; they are where a class begins and ends.
 * Classes that hold a channel of the model's inputs or outputs, or of a layer that mixes the channels of a pixel
 * without weights (softmax), are pinned: they cannot go.
 */
import type { Conv, Layer, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';

/** Whether each group reads one channel, so that every channel of the result belongs to one of the input. */
export function isDepthwise(layer: Conv, inChannels: number): boolean {
  return layer.groups > 1 && layer.groups === inChannels;
}

export class ChannelClasses {
  readonly #starts: Int32Array;
  readonly #parent: Int32Array;
  readonly #pins = new Map<number, string>();
  readonly #channels: readonly number[];
  #members: Map<number, (readonly [TensorId, number])[]> | null = null;

  constructor(model: Model) {
    this.#channels = model.tensors.map(({ shape }) => shape.channels);
    this.#starts = new Int32Array(model.tensors.length + 1);
    for (const [t, { shape }] of model.tensors.entries()) {
      this.#starts[t + 1] = this.#starts[t] + shape.channels;
    }
    const count = this.#starts[model.tensors.length];
    this.#parent = Int32Array.from({ length: count }, (_, k) => k);
    for (const layer of model.layers) this.#tie(layer, model);
    for (const { name, tensor } of model.inputs) this.#pin(tensor, `${name}, an input`);
    for (const { name, tensor } of model.outputs) this.#pin(tensor, `${name}, an output`);
    for (const layer of model.layers) this.#pinMixed(layer, model);
  }

  /** The class of a channel, as a number. */
  of(tensor: TensorId, channel: number): number {
    return this.#find(this.#starts[tensor] + channel);
  }

  /** Why the class cannot go whatever is masked, or null. */
  pinned(root: number): string | null {
    return this.#pins.get(root) ?? null;
  }

  /** Tensors and channels of the class, in the model's order. */
  members(root: number): readonly (readonly [TensorId, number])[] {
    if (this.#members === null) {
      this.#members = new Map();
      for (const [tensor, count] of this.#channels.entries()) {
        for (let c = 0; c < count; c++) {
          const own = this.of(tensor, c);
          const known = this.#members.get(own);
          if (known === undefined) this.#members.set(own, [[tensor, c]]);
          else known.push([tensor, c]);
        }
      }
    }
    return this.#members.get(root) ?? [];
  }

  #find(element: number): number {
    const parent = this.#parent;
    let root = element;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  #join(a: TensorId, i: number, b: TensorId, j: number): void {
    const [first, second] = [this.of(a, i), this.of(b, j)];
    this.#parent[Math.max(first, second)] = Math.min(first, second);
  }

  #pin(tensor: TensorId, reason: string): void {
    const count = this.#channels[tensor];
    for (let c = 0; c < count; c++) {
      const root = this.of(tensor, c);
      if (!this.#pins.has(root)) this.#pins.set(root, reason);
    }
  }

  #tie(layer: Layer, model: Model): void {
    const { output, inputs } = layer;
    const [input] = inputs;
    const from = shapeOf(model, input);
    const { channels } = shapeOf(model, output);
    switch (layer.kind) {
      case 'dense':
        return;
      case 'conv': {
        if (!isDepthwise(layer, from.channels)) return;
        const each = channels / from.channels;
        for (let c = 0; c < channels; c++) this.#join(input, Math.floor(c / each), output, c);
        return;
      }
      case 'concat': {
        let at = 0;
        for (const each of inputs) {
          const { channels: count } = shapeOf(model, each);
          for (let c = 0; c < count; c++) this.#join(each, c, output, at++);
        }
        return;
      }
      case 'select':
        layer.channels.forEach((c, k) => {
          this.#join(input, c, output, k);
        });
        return;
      case 'flatten': {
        const pixels = from.height * from.width;
        for (let k = 0; k < channels; k++) {
          const source = layer.order === 'chw' ? Math.floor(k / pixels) : k % from.channels;
          this.#join(input, source, output, k);
        }
        return;
      }
      default:
        // An operand of one channel that many read is pinned instead.
        for (const each of inputs) {
          if (shapeOf(model, each).channels !== channels) continue;
          for (let c = 0; c < channels; c++) this.#join(each, c, output, c);
        }
    }
  }

  #pinMixed(layer: Layer, model: Model): void {
    const { channels } = shapeOf(model, layer.output);
    const mixes = layer.kind === 'opaque' && layer.function === 'softmax';
    const isPair = layer.kind === 'add' || layer.kind === 'subtract' || layer.kind === 'multiply';
    if (mixes) this.#pin(layer.output, `${layer.name}, a softmax`);
    for (const each of isPair ? layer.inputs : []) {
      if (shapeOf(model, each).channels !== channels) {
        this.#pin(each, `${layer.name}, every channel of which reads it`);
      }
    }
  }
}
