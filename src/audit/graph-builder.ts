/** Builds the graph of a block: sizes checked, mistakes recorded with their lines. */
import type { Activation, Mistake, Node, Operation } from './graph.ts';
import type { ConvOptions, Layer, Layers, PoolOptions } from './layers.ts';
import { callerPlace } from './place.ts';
import {
  isNumber,
  letter,
  NoSize,
  over,
  plus,
  printed,
  sameSize,
  scaled,
  sizeOf,
  times,
  unit,
  valueOf,
  type Size,
  type SizeText,
} from './size.ts';

const input: Operation = { kind: 'input' };

export class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly mistakes: Mistake[] = [];
  readonly #counts = new Map<string, number>();
  readonly #x: Node;

  constructor() {
    this.#x = this.#node('x', input, { inputs: [], channels: letter('C'), stride: unit });
  }

  mistake(reason: string): void {
    this.mistakes.push({ place: callerPlace(), reason });
  }

  #node(
    stem: string,
    operation: Operation,
    of: Pick<Node, 'inputs' | 'channels' | 'stride'>,
  ): Node {
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    const name = stem === 'x' ? stem : `${stem}${/\d$/.test(stem) ? '-' : ''}${count}`;
    const node: Node = { id: this.nodes.length, name, operation, place: callerPlace(), ...of };
    this.nodes.push(node);
    return node;
  }

  /** The size, or 1 and a mistake. */
  #size(text: SizeText, what: string): Size {
    try {
      const size = sizeOf(text);
      const value = isNumber(size) ? valueOf(size, {}) : 1;
      if (value >= 1 && Number.isInteger(value)) return size;
      this.mistake(`${what} of ${text}`);
    } catch (error) {
      if (!(error instanceof NoSize)) throw error;
      this.mistake(`${what}: ${error.message}`);
    }
    return unit;
  }

  /** The node itself, or x and a mistake where it is something else: a block may be written in JavaScript. */
  #given(value: Node): Node {
    if (this.nodes.includes(value)) return value;
    this.mistake('a layer reads something that is no value of this block');
    return this.#x;
  }

  #channelwise(stem: string, operation: Operation): Layer {
    return (value) => {
      const node = this.#given(value);
      const { channels, stride } = node;
      return this.#node(stem, operation, { inputs: [node], channels, stride });
    };
  }

  #activation(activation: Activation, stem: string = activation.kind): Layer {
    return this.#channelwise(stem, { kind: 'activation', activation });
  }

  #strided(node: Node, stride: Size): Size | null {
    if (node.stride !== null) return times(node.stride, stride);
    if (!sameSize(stride, unit)) this.mistake('a stride on a single pixel');
    return null;
  }

  #conv(value: Node, options: ConvOptions, isDepthwise: boolean): Node {
    const node = this.#given(value);
    const { kernel = 1, stride = 1, dilation = 1, groups, channels, border = 'zero' } = options;
    const [rows, columns] = typeof kernel === 'object' ? kernel : [kernel, kernel];
    const sizes = [this.#size(rows, 'a kernel'), this.#size(columns, 'a kernel')] as const;
    const step = this.#size(stride, 'a stride');
    if (!(Number.isInteger(dilation) && dilation >= 1)) this.mistake(`a dilation of ${dilation}`);
    const among = groups === undefined ? unit : this.#size(groups, 'groups');
    const width = channels === undefined ? node.channels : this.#size(channels, 'channels');
    for (const count of [node.channels, width]) {
      const whole = over(count, among);
      if (whole !== null && isNumber(whole) && !Number.isInteger(valueOf(whole, {}))) {
        this.mistake(`${printed(count)} channels are no ${printed(among)} whole groups`);
      }
    }
    const isEach =
      sameSize(among, node.channels) && sameSize(among, width) && !sameSize(among, unit);
    const operation: Operation = {
      kind: 'conv',
      kernel: sizes,
      stride: step,
      dilation,
      groups: isDepthwise || isEach ? 'depthwise' : among,
      border,
    };
    const resolution = this.#strided(node, step);
    return this.#node('conv', operation, { inputs: [node], channels: width, stride: resolution });
  }

  #pool(kind: 'maxPool' | 'averagePool', value: Node, options: PoolOptions): Node {
    const node = this.#given(value);
    const kernel = this.#size(options.kernel, 'a kernel');
    const stride = this.#size(options.stride ?? 1, 'a stride');
    return this.#node(
      kind,
      { kind, kernel, stride, border: options.border ?? 'zero' },
      { inputs: [node], channels: node.channels, stride: this.#strided(node, stride) },
    );
  }

  #alike(first: Node, second: Node, what: string, isBroadcast: boolean): void {
    if (!sameSize(first.channels, second.channels)) {
      const [a, b] = [first, second].map(({ channels }) => printed(channels));
      this.mistake(`${what} of ${a} and of ${b} channels: ${first.name} and ${second.name}`);
    }
    const [a, b] = [first.stride, second.stride];
    const alike = a === null || b === null ? a === b : sameSize(a, b);
    if (!alike && !(isBroadcast && (a === null || b === null))) {
      this.mistake(`${what} of images of different sizes: ${first.name} and ${second.name}`);
    }
  }

  #pair(kind: 'add' | 'subtract' | 'multiply', a: Node, b: Node): Node {
    const [first, second] = [this.#given(a), this.#given(b)];
    this.#alike(first, second, kind === 'add' ? 'an add' : `a ${kind}`, kind === 'multiply');
    const { channels } = first;
    const stride = first.stride ?? second.stride;
    return this.#node(kind, { kind }, { inputs: [first, second], channels, stride });
  }

  #concat(values: readonly Node[]): Node {
    const inputs = values.map((value) => this.#given(value));
    const [{ stride }] = inputs;
    for (const { stride: other, name } of inputs.slice(1)) {
      const alike = stride === null || other === null ? stride === other : sameSize(stride, other);
      if (!alike) this.mistake(`a concat of images of different sizes: ${name}`);
    }
    const channels = plus(...inputs.map((node) => node.channels));
    return this.#node('concat', { kind: 'concat' }, { inputs, channels, stride });
  }

  #part(value: Node, count: SizeText, isFirst: boolean): Node {
    const node = this.#given(value);
    const size = this.#count(count);
    const others = plus(node.channels, scaled(size, -1));
    const of = { inputs: [node], stride: node.stride };
    return isFirst
      ? this.#node('part', { kind: 'part', from: [] }, { ...of, channels: size })
      : this.#node('part', { kind: 'part', from: size }, { ...of, channels: others });
  }

  /** A count of channels that may be none. */
  #count(count: SizeText): Size {
    return count === 0 ? [] : this.#size(count, 'channels');
  }

  #repeat(count: SizeText, copy: () => Node): Node {
    const size = this.#size(count, 'copies');
    const node = this.#given(copy());
    const { channels, stride } = node;
    return this.#node(
      'repeat',
      { kind: 'repeat', count: size },
      { inputs: [node], channels, stride },
    );
  }

  layers(): Layers {
    return {
      x: this.#x,
      conv: (value, options = {}) => this.#conv(value, options, false),
      depthwise: (value, options) => this.#conv(value, options, true),
      batchNorm: this.#channelwise('batchNorm', { kind: 'batchNorm' }),
      scale: this.#channelwise('scale', { kind: 'scale' }),
      shift: this.#channelwise('shift', { kind: 'shift' }),
      relu: this.#activation({ kind: 'relu' }),
      relu6: this.#activation({ kind: 'clip', lower: 0, upper: 6 }, 'relu6'),
      clip: (value, { lower, upper }) => {
        if (!(lower <= upper)) this.mistake(`a clip to [${lower}, ${upper}]`);
        return this.#activation({ kind: 'clip', lower, upper })(value);
      },
      leakyRelu: (value, slope) => this.#activation({ kind: 'leakyRelu', slope })(value),
      prelu: this.#activation({ kind: 'prelu' }),
      elu: (value, alpha = 1) => this.#activation({ kind: 'elu', alpha })(value),
      gelu: this.#activation({ kind: 'gelu' }),
      silu: this.#activation({ kind: 'silu' }),
      hardSwish: this.#activation({ kind: 'hardSwish' }),
      hardSigmoid: this.#activation({ kind: 'hardSigmoid' }),
      sigmoid: this.#activation({ kind: 'sigmoid' }),
      tanh: this.#activation({ kind: 'tanh' }),
      add: (a, b, ...more) => [b, ...more].reduce((sum, next) => this.#pair('add', sum, next), a),
      subtract: (a, b) => this.#pair('subtract', a, b),
      multiply: (a, b) => this.#pair('multiply', a, b),
      concat: (...values) => this.#concat(values),
      first: (value, count) => this.#part(value, count, true),
      rest: (value, count) => this.#part(value, count, false),
      maxPool: (value, options) => this.#pool('maxPool', value, options),
      averagePool: (value, options) => this.#pool('averagePool', value, options),
      globalAveragePool: (value) => {
        const node = this.#given(value);
        const of = { inputs: [node], channels: node.channels, stride: null };
        return this.#node('globalAveragePool', { kind: 'globalAveragePool' }, of);
      },
      repeat: (count, copy) => this.#repeat(count, copy),
    };
  }
}
