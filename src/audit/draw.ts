/**
 * A block as a network of particular sizes: parameters drawn from a seed, each node's from its own number, so that
 * two graphs that share nodes share their parameters.
 */
import { Random } from '../blocks/random.ts';
import { randomStatistics } from '../blocks/statistics.ts';
import { ModelBuilder } from '../model/builder.ts';
import type { Result } from '../model/failure.ts';
import type { LayerSpec, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { noPadding, type Padding } from '../model/shape.ts';
import { activationLayer } from './activation-layer.ts';
import type { Conv, Node } from './graph.ts';
import { valueOf, type Numbers } from './size.ts';

export interface DrawOptions {
  /** Of every letter, H and W included. */
  readonly numbers: Numbers;
  readonly seed: number;
  /** A layer in the place of the one that would be drawn; `copy` is the number of a repeated one's copy. */
  readonly given?: (node: Node, copy: number) => LayerSpec | null;
}

/** The network from the input to `output`. Errors: sizes that do not fit, such as channels that are no whole groups. */
export function draw(output: Node, options: DrawOptions): Result<Model> {
  const drawing = new Drawing(options);
  drawing.builder.output('output', drawing.tensor(output));
  return drawing.builder.finish();
}

class Drawing {
  readonly builder = new ModelBuilder();
  readonly #numbers: Numbers;
  readonly #seed: number;
  readonly #given: NonNullable<DrawOptions['given']>;
  /** Of nodes within a copy, by copy and number. */
  readonly #tensors = new Map<string, TensorId>();

  constructor({ numbers, seed, given = () => null }: DrawOptions) {
    this.#numbers = numbers;
    this.#seed = seed;
    this.#given = given;
    const channels = numbers['C'] ?? 1;
    const shape = { channels, height: numbers['H'] ?? 1, width: numbers['W'] ?? 1 };
    this.#tensors.set('0', this.builder.input('x', shape));
  }

  /** `copy` tells apart what is drawn more than once. */
  tensor(node: Node, copy = ''): TensorId {
    const id = node.operation.kind === 'input' ? '0' : `${node.id}${copy}`;
    const known = this.#tensors.get(id);
    if (known !== undefined) return known;
    const drawn = this.#drawn(node, copy);
    this.#tensors.set(id, drawn);
    return drawn;
  }

  #drawn(node: Node, copy: string): TensorId {
    if (node.operation.kind === 'repeat') {
      const count = valueOf(node.operation.count, this.#numbers);
      const copies = Array.from({ length: count }, (_, k) =>
        this.tensor(node.inputs[0], `${copy}.${k}`),
      );
      return copies.reduce((sum, next) =>
        this.builder.add({ kind: 'add', name: node.name, inputs: [sum, next] }),
      );
    }
    const border = borderOf(node, this.#numbers);
    const inputs = node.inputs.map((input) =>
      border === null ? this.tensor(input, copy) : this.#enlarged(input, border),
    );
    return this.builder.add({ ...this.#named(node, copy), inputs });
  }

  /** The node's tensor with a border of what the pointwise layers up to it make of zero. */
  #enlarged(node: Node, pads: Padding): TensorId {
    const [input] = node.inputs;
    if (isPointwise(node, this.#numbers)) {
      const layer = this.#named(node, '');
      return this.builder.add({ ...layer, inputs: [this.#enlarged(input, pads)] });
    }
    const inputs = [this.tensor(node)];
    return this.builder.add({ kind: 'pad', name: `${node.name}.pad`, inputs, pads, value: 0 });
  }

  #named(node: Node, copy: string): LayerSpec {
    const random = new Random(this.#seed * 7919 + node.id * 104729 + copy.length * 31);
    for (const digit of copy) random.chance(digit.charCodeAt(0) / 256);
    const layer = this.#given(node, Number(copy.slice(1))) ?? this.#layer(node, random);
    return { ...layer, name: `${node.name}${copy}` };
  }

  #layer(node: Node, random: Random): LayerSpec {
    const { operation, name } = node;
    const wiring = { name, inputs: [] };
    const channels = valueOf(node.channels, this.#numbers);
    switch (operation.kind) {
      case 'conv':
        return this.#conv(node, operation, random);
      case 'batchNorm':
        return { kind: 'batchNorm', ...wiring, ...randomStatistics(random, channels, 1) };
      case 'scale': {
        const factor = random.symmetric(channels, 1.5);
        return { kind: 'scale', operation: 'multiply', ...wiring, factor };
      }
      case 'shift':
        return { kind: 'translate', ...wiring, addend: random.symmetric(channels, 1) };
      case 'activation': {
        const slopes = (): Float32Array => random.symmetric(channels, 0.5);
        return activationLayer(name, operation.activation, slopes);
      }
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'concat':
      case 'globalAveragePool':
        return { kind: operation.kind, ...wiring };
      case 'part': {
        const from = valueOf(operation.from, this.#numbers);
        const run = Int32Array.from({ length: channels }, (_, k) => from + k);
        return { kind: 'select', ...wiring, channels: run };
      }
      case 'maxPool':
      case 'averagePool': {
        const [size, stride] = [operation.kernel, operation.stride].map((value) =>
          valueOf(value, this.#numbers),
        );
        const padded = operation.border === 'shift';
        const before = Math.floor((size - 1) / 2);
        const after = size - 1 - before;
        const window = {
          ...wiring,
          kernel: { y: size, x: size },
          strides: { y: stride, x: stride },
          pads: padded ? noPadding : { top: before, left: before, bottom: after, right: after },
        };
        return operation.kind === 'maxPool'
          ? { kind: 'maxPool', ...window, dilations: { y: 1, x: 1 } }
          : { kind: 'averagePool', ...window, countIncludePad: padded };
      }
      case 'input':
      case 'repeat':
        throw new Error(`${name} is no layer`);
    }
  }

  #conv(node: Node, conv: Conv, random: Random): LayerSpec {
    const value = (size: Node['channels']): number => valueOf(size, this.#numbers);
    const [input] = node.inputs;
    const [from, outChannels] = [value(input.channels), value(node.channels)];
    const groups = conv.groups === 'depthwise' ? from : value(conv.groups);
    const [y, x] = conv.kernel.map(value);
    const { dilation } = conv;
    const stride = value(conv.stride);
    const perGroup = from / groups;
    if (!Number.isInteger(perGroup) || !Number.isInteger(outChannels / groups)) {
      this.builder.fail('bad-attribute', node.name, `${from} channels in ${groups} groups`);
    }
    const fanIn = Math.max(1, Math.floor(perGroup) * y * x);
    return {
      kind: 'conv',
      name: node.name,
      inputs: [],
      weight: random.symmetric(outChannels * fanIn, Math.sqrt(3 / fanIn)),
      bias: null,
      outChannels,
      kernel: { y, x },
      groups,
      strides: { y: stride, x: stride },
      dilations: { y: dilation, x: dilation },
      pads: conv.border === 'shift' ? noPadding : around([y, x], dilation),
    };
  }
}

function around([y, x]: readonly number[], dilation: number): Padding {
  const [top, left] = [y, x].map((taps) => Math.floor((taps - 1) / 2) * dilation);
  return { top, left, bottom: (y - 1) * dilation - top, right: (x - 1) * dilation - left };
}

/** What a layer whose border holds the shifts reads outside the image, on each side; null for other layers. */
function borderOf({ operation }: Node, numbers: Numbers): Padding | null {
  switch (operation.kind) {
    case 'conv':
    case 'averagePool': {
      if (operation.border !== 'shift') return null;
      const taps =
        operation.kind === 'conv' ? operation.kernel : [operation.kernel, operation.kernel];
      const dilation = operation.kind === 'conv' ? operation.dilation : 1;
      return around(
        taps.map((size) => valueOf(size, numbers)),
        dilation,
      );
    }
    default:
      return null;
  }
}

/** Whether each of its pixels is made of one pixel, without a stride. */
function isPointwise({ operation }: Node, numbers: Numbers): boolean {
  switch (operation.kind) {
    case 'batchNorm':
    case 'scale':
    case 'shift':
      return true;
    case 'conv':
      return [...operation.kernel, operation.stride].every((size) => valueOf(size, numbers) === 1);
    default:
      return false;
  }
}
