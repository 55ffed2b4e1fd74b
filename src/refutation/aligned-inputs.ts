/**
 * Inputs that push one value inside a model as far up, and as far down, as the range allows.
 *
 * A clip that is missing or too high shows only where its argument is beyond it, and among the corners of
 * the input box few may get there: where the value is affine in the inputs, the corner that takes upper or
 * lower ends by the sign of each coefficient is the extreme one. Behind nonlinearities the signs change
 * with the input, so the corner is looked for in a few steps and is only a good one.
 *
 * The value is one of the models' own, at the channel where they part, and not the difference between the
 * models: see inputs.ts for why.
 */
import { shapeOf, type Model } from '../model/model.ts';
import type { Difference } from '../verdict/verdict.ts';
import type { ModelPair } from './gap.ts';
import { gradientAt, type Place } from './gradient.ts';
import { finiteRanges, rest, type InputRange } from './inputs.ts';

/** Gradients taken on the way to one corner. */
const steps = 2;

interface Aim extends Place {
  readonly model: Model;
}

/** The middle pixel of a layer's channel. */
function middleOf(model: Model, layer: string | null, channel: number | null): readonly Aim[] {
  const found = model.layers.find(({ name }) => name === layer);
  if (found === undefined || channel === null) return [];
  const { channels, height, width } = shapeOf(model, found.output);
  if (channel >= channels) return [];
  const pixel = Math.floor(height / 2) * width + Math.floor(width / 2);
  return [{ model, tensor: found.output, index: channel * height * width + pixel }];
}

function corner(aim: Aim, range: InputRange, sign: number): readonly Float32Array[] {
  const { model } = aim;
  let inputs = model.inputs.map(({ tensor }) => {
    const { channels, height, width } = shapeOf(model, tensor);
    return new Float32Array(channels * height * width).fill(rest(range));
  });
  for (let step = 0; step < steps; step++) {
    const wide = inputs.map((values) => Float64Array.from(values));
    const gradient = gradientAt(model, wide, aim);
    inputs = inputs.map((values, k) =>
      values.map((x, i) => {
        const g = sign * gradient[k][i];
        return g > 0 ? range.upper : g < 0 ? range.lower : x;
      }),
    );
  }
  return inputs;
}

/** Yields inputs, one array for each of the models' inputs, channel-major. */
export function* alignedInputs(
  { original, converted }: ModelPair,
  difference: Difference,
  range: InputRange | null,
): Generator<readonly Float32Array[]> {
  const { layer, channel, originalLayer, originalChannel } = difference;
  const aims = [
    ...middleOf(original, originalLayer, originalChannel),
    ...middleOf(converted, layer, channel),
    ...middleOf(original, layer, channel),
  ];
  for (const aim of aims) {
    for (const finite of finiteRanges(range)) {
      for (const sign of [1, -1]) yield corner(aim, finite, sign);
    }
  }
}
