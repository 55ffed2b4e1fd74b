/**
 * The common ground of the catalogue: a model builder that draws the parameters it needs.
 *
 * Convolution weights are uniform with He's variance 2/fan-in (arXiv 1502.01852), so that a convolution
 * behind a ReLU keeps the size of its input; the batch norm behind it carries the block's gain. Uniform
 * rather than normal, for speed: the sums that follow are as good as normal either way. Nothing here
 * knows a particular architecture.
 */
import { ModelBuilder } from '../model/builder.ts';
import type { Result } from '../model/failure.ts';
import type { TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';
import { Random } from './random.ts';
import { randomStatistics } from './statistics.ts';

/** Rows and columns of the input image. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

export interface ConvChoice {
  readonly channels: number;
  /** Odd; the padding keeps the size at stride 1. */
  readonly kernel: number;
  readonly stride?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}

export class SeededNetwork {
  readonly random: Random;
  readonly #builder = new ModelBuilder();

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  shape(tensor: TensorId): Shape {
    return this.#builder.shape(tensor);
  }

  /** Records that the catalogue was asked for a network that does not exist. */
  refuse(network: string, reason: string): void {
    this.#builder.fail('bad-attribute', network, reason);
  }

  image(channels: number, size: ImageSize): TensorId {
    return this.#builder.input('input', { channels, height: size.height, width: size.width });
  }

  conv(name: string, input: TensorId, choice: ConvChoice): TensorId {
    const { channels, kernel, stride = 1, groups = 1, bias = false } = choice;
    const fanIn = Math.max(1, Math.floor(this.shape(input).channels / groups)) * kernel * kernel;
    const padding = (kernel - 1) / 2;
    return this.#builder.add({
      kind: 'conv',
      name,
      inputs: [input],
      weight: this.random.symmetric(channels * fanIn, Math.sqrt(6 / fanIn)),
      bias: bias ? this.random.symmetric(channels, 0.3) : null,
      outChannels: channels,
      kernel: { y: kernel, x: kernel },
      groups,
      strides: { y: stride, x: stride },
      dilations: { y: 1, x: 1 },
      pads: { top: padding, left: padding, bottom: padding, right: padding },
    });
  }

  /** A random batch norm whose linear factor is about `gain`. */
  batchNorm(name: string, input: TensorId, gain = 1): TensorId {
    const statistics = randomStatistics(this.random, this.shape(input).channels, gain);
    return this.#builder.add({ kind: 'batchNorm', name, inputs: [input], ...statistics });
  }

  relu(name: string, input: TensorId): TensorId {
    return this.#builder.add({ kind: 'relu', name, inputs: [input] });
  }

  relu6(name: string, input: TensorId): TensorId {
    const lower = Float32Array.of(0);
    const upper = Float32Array.of(6);
    return this.#builder.add({ kind: 'clip', name, inputs: [input], lower, upper });
  }

  add(name: string, first: TensorId, second: TensorId): TensorId {
    return this.#builder.add({ kind: 'add', name, inputs: [first, second] });
  }

  /** The channels from `first` on up to, but without, `end`. */
  select(name: string, input: TensorId, [first, end]: readonly [number, number]): TensorId {
    const channels = Int32Array.from({ length: end - first }, (_, k) => first + k);
    return this.#builder.add({ kind: 'select', name, inputs: [input], channels });
  }

  concat(name: string, inputs: readonly TensorId[]): TensorId {
    return this.#builder.add({ kind: 'concat', name, inputs });
  }

  maxPool(name: string, input: TensorId): TensorId {
    return this.#builder.add({
      kind: 'maxPool',
      name,
      inputs: [input],
      kernel: { y: 3, x: 3 },
      strides: { y: 2, x: 2 },
      dilations: { y: 1, x: 1 },
      pads: { top: 1, left: 1, bottom: 1, right: 1 },
    });
  }

  /** Global average pooling and one dense layer with bias. */
  classifier(names: readonly [string, string], input: TensorId, classes: number): TensorId {
    const pooled = this.#builder.add({
      kind: 'globalAveragePool',
      name: names[0],
      inputs: [input],
    });
    const features = this.shape(pooled).channels;
    return this.#builder.add({
      kind: 'dense',
      name: names[1],
      inputs: [pooled],
      weight: this.random.symmetric(classes * features, Math.sqrt(3 / features)),
      bias: this.random.symmetric(classes, 0.3),
      outChannels: classes,
    });
  }

  finish(output: TensorId): Result<Model> {
    const { height, width } = this.shape(output);
    this.#builder.output('output', output, height === 1 && width === 1 ? 'vector' : 'nchw');
    return this.#builder.finish();
  }
}
