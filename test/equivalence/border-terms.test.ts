/**
 * Rounding near the border is judged by the terms that are there: a constant that is large in the middle of the
 * image does not excuse an error where zero padding leaves only a small one.
 */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove, type Attempt } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

interface Taps {
  /** Weight of the pixel above, which the top row of the image does not have. */
  readonly above: number;
  readonly centre: number;
  readonly bias?: number;
  /** With 4, the pixel four rows above: only the last row of the image has it, and the middle has none. */
  readonly dilation?: number;
}

interface Extent {
  /** 1×1 convolutions behind the border. */
  readonly between: number;
  /** Of the input. Short rows and long ones are compared on different roads. */
  readonly channels: number;
}

/**
 * A channel that is 1 everywhere (γ = 0, β = 1) beside one that is not, under a zero-padded 3×3 convolution, then
 * `between` 1×1 convolutions with a bias, then a ReLU.
 */
function bordered(
  { above, centre, bias = 0, dilation = 1 }: Taps,
  { between, channels }: Extent,
): Model {
  const pointwise = { inChannels: 1, outChannels: 1, height: 1, width: 1 };
  const sketch = new Sketch();
  const input = sketch.input(channels, 5, 5);
  const norm = { scale: [0], offset: [1], mean: [0], variance: [1], epsilon: 1e-5 };
  const constant = sketch.norm(
    'constant',
    sketch.conv(
      'conv',
      input,
      filterFrom({ ...pointwise, inChannels: channels }, () => 1),
    ),
    norm,
  );
  const both = sketch.concat('both', [input, constant]);
  const size = { inChannels: channels + 1, outChannels: 1, height: 3, width: 3 };
  const weight = (_output: number, channel: number, y: number, x: number): number => {
    if (channel < channels) return 0.5;
    if (x !== 1 || y === 2) return 0;
    return y === 0 ? above : centre;
  };
  let y = sketch.conv('border', both, filterFrom(size, weight, [bias]), { dilation });
  for (let i = 0; i < between; i++) {
    y = sketch.conv(
      `between${i}`,
      y,
      filterFrom(pointwise, () => 1.5, [0.25]),
    );
  }
  return sketch.finish(sketch.relu('relu', y));
}

function attempt(original: Taps, converted: Taps, extent: Extent): Attempt {
  const options = { inputRange: everything, maxUlps: 16 };
  return prove(bordered(original, extent), bordered(converted, extent), options);
}

describe.each([
  { between: 0, channels: 1 },
  { between: 1, channels: 1 },
  { between: 3, channels: 1 },
  { between: 0, channels: 3 },
  { between: 2, channels: 3 },
])('%j', (extent) => {
  test.each([
    [
      { above: 2 ** 20, centre: 1 },
      { above: 2 ** 20, centre: 2 },
    ],
    [
      { above: 2 ** 22, centre: 1 },
      { above: 2 ** 22, centre: 0 },
    ],
    [
      { above: 1024, centre: 1 },
      { above: 1024, centre: 1.001 },
    ],
    // The middle of the image stays as it was, the top row does not.
    [
      { above: 2 ** 20, centre: 1 },
      { above: 2 ** 20 - 1, centre: 2 },
    ],
    // The terms that would excuse the difference are in the last row only.
    [
      { above: 2 ** 22, centre: 0, bias: 1, dilation: 4 },
      { above: 2 ** 22, centre: 0, bias: 1.25, dilation: 4 },
    ],
    [
      { above: 2 ** 22, centre: 0, bias: 1, dilation: 4 },
      { above: 2 ** 22 - 1, centre: 0, bias: 2, dilation: 4 },
    ],
  ])('%j is not %j', (original, converted) => {
    expect(attempt(original, converted, extent).kind).toBe('unmatched');
    expect(attempt(converted, original, extent).kind).toBe('unmatched');
  });

  test('the last bit of each weight is rounding', () => {
    const [above, centre] = [0.7, 0.3].map(Math.fround);
    const next = { above: above + 2 ** -24, centre: centre - 2 ** -25 };
    const found = attempt({ above, centre }, next, extent);
    if (found.kind !== 'equal') throw new Error('a correctly rounded pair is not proved');
    expect(found.exact).toBe(false);
    expect(found.ulps).toBeLessThan(8);
  });
});
