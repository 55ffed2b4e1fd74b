/**
 * Batch norms folded the way converters do it: every operation rounded to float32, the common factor
 * first. All of these conversions are correct; each is built to make the errors of rounding agree.
 */
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import type { Filter } from '../../src/networks/filter.ts';
import type { Norm } from '../../src/networks/norm.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';

/**
 * `signed`: random weights. `positive`: sums of positive terms, so that the error of a channel's factor
 * counts in all of them. `equal`: one weight for all taps, rounded alike. `cancelling`: mean and bias
 * of some hundreds, a hundredth apart, so that the folded bias is a small difference of large products.
 */
export type Weights = 'signed' | 'positive' | 'equal' | 'cancelling';

interface Block {
  readonly filter: Filter;
  readonly norm: Norm;
}

function block(random: Random, channels: number, weights: Weights): Block {
  const count = channels * 9;
  const weight = (): number => {
    switch (weights) {
      case 'signed':
      case 'cancelling':
        return random.between(-1, 1) / Math.sqrt(count);
      case 'positive':
        return random.between(0, 2) / count;
      case 'equal':
        return 0.37 / count;
    }
  };
  const each = (draw: () => number): number[] =>
    Array.from({ length: channels }, () => Math.fround(draw()));
  const mean = each(() => (weights === 'cancelling' ? 300 : 0.3) * random.between(-1, 1));
  const near = mean.map((m) => Math.fround(m + 0.01 * random.between(-1, 1)));
  return {
    filter: {
      inChannels: channels,
      outChannels: channels,
      groups: 1,
      height: 3,
      width: 3,
      weight: Array.from({ length: channels * count }, () => Math.fround(weight())),
      bias: weights === 'cancelling' ? near : each(() => random.between(-0.1, 0.1)),
    },
    norm: {
      scale: each(() => random.between(0.5, 1.5)),
      offset: each(() => random.between(-0.2, 0.2)),
      mean,
      variance: each(() => random.between(0.2, 1.2)),
      epsilon: Math.fround(1e-5),
    },
  };
}

function foldInFloat32({ filter, norm }: Block): Filter {
  const f = Math.fround;
  const factor = norm.scale.map((g, c) => f(g / f(Math.sqrt(f(norm.variance[c] + norm.epsilon)))));
  const taps = filter.weight.length / filter.outChannels;
  return {
    ...filter,
    weight: filter.weight.map((w, k) => f(w * factor[Math.floor(k / taps)])),
    bias: factor.map((s, c) =>
      f(f(norm.offset[c] - f(norm.mean[c] * s)) + f((filter.bias?.[c] ?? 0) * s)),
    ),
  };
}

export interface Folded {
  readonly original: Model;
  readonly converted: Model;
}

/** `depth` times convolution, batch norm and ReLU on 6×6 pixels, and the same folded. */
export function foldedInFloat32(
  weights: Weights,
  { channels, depth, seed }: { channels: number; depth: number; seed: number },
): Folded {
  const random = new Random(seed);
  const blocks = Array.from({ length: depth }, () => block(random, channels, weights));
  const draw = (step: (s: Sketch, x: TensorId, b: Block, name: string) => TensorId): Model => {
    const sketch = new Sketch();
    let x = sketch.input(channels, 6, 6);
    blocks.forEach((b, k) => (x = sketch.relu(`relu${k}`, step(sketch, x, b, `conv${k}`))));
    return sketch.finish(x);
  };
  return {
    original: draw((s, x, b, name) => s.norm(`${name}.bn`, s.conv(name, x, b.filter), b.norm)),
    converted: draw((s, x, b, name) => s.conv(name, x, foldInFloat32(b))),
  };
}
