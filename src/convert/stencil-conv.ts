/** A linear map written as the one convolution it is: offsets become padding, dilation and, where needed, zero taps. */
import type { TensorId } from '../model/layer.ts';
import type { Shape } from '../model/shape.ts';
import type { DraftConv } from './draft.ts';
import { hull, type Stencil, type TapAxis } from './stencil.ts';

interface Fit {
  readonly axis: TapAxis;
  readonly before: number;
  readonly after: number;
}

/**
 * Padding for `outputs` pixels out of `inputs`: ⌊(inputs + before + after − reach − 1)/stride⌋ + 1 of them. A
 * convolution cannot crop, so where the first tap lies behind the pixel or the last row of windows ahead of the
 * image's end, the kernel grows by taps of zero.
 */
function fit(
  axis: TapAxis,
  sizes: { readonly stride: number; readonly inputs: number; readonly outputs: number },
): Fit {
  const { stride, inputs, outputs } = sizes;
  let taps = axis.first > 0 ? hull(axis, { first: 0, step: 1, count: 1 }) : axis;
  const least = (): number =>
    (outputs - 1) * stride + taps.first + (taps.count - 1) * taps.step - inputs + 1;
  const short = 1 - stride - least();
  if (short > 0) taps = { ...taps, count: taps.count + Math.ceil(short / taps.step) };
  const before = 0 - taps.first;
  const [low, high] = [Math.max(0, least()), least() + stride - 1];
  return { axis: taps, before, after: before >= low && before <= high ? before : low };
}

/** The coefficients on a grid of taps that holds the stencil's. */
function regridded(stencil: Stencil, y: TapAxis, x: TapAxis): Float64Array {
  if (y.count === stencil.y.count && x.count === stencil.x.count) return stencil.weight;
  const taps = stencil.y.count * stencil.x.count;
  const kernels = stencil.weight.length / taps;
  const weight = new Float64Array(kernels * y.count * x.count);
  for (let k = 0, at = 0; k < kernels; k++) {
    for (let ty = 0; ty < stencil.y.count; ty++) {
      const row = (stencil.y.first + ty * stencil.y.step - y.first) / y.step;
      for (let tx = 0; tx < stencil.x.count; tx++) {
        const column = (stencil.x.first + tx * stencil.x.step - x.first) / x.step;
        weight[(k * y.count + row) * x.count + column] = stencil.weight[at++];
      }
    }
  }
  return weight;
}

/** The stencil as a convolution from the tensor `input` of shape `source`. */
export function convolutionOf(
  stencil: Stencil,
  source: Shape,
  ends: { readonly name: string; readonly input: TensorId; readonly output: TensorId },
): DraftConv {
  const { strides, shape, groups, inChannels, bias } = stencil;
  const y = fit(stencil.y, {
    stride: strides.y,
    inputs: source.height,
    outputs: shape.height,
  });
  const x = fit(stencil.x, { stride: strides.x, inputs: source.width, outputs: shape.width });
  return {
    kind: 'conv',
    name: ends.name,
    inputs: [ends.input],
    output: ends.output,
    weight: regridded(stencil, y.axis, x.axis),
    rowScale: null,
    bias: bias.some((v) => v !== 0) ? bias : null,
    inChannels,
    outChannels: shape.channels,
    kernel: { y: y.axis.count, x: x.axis.count },
    groups,
    strides,
    dilations: { y: y.axis.step, x: x.axis.step },
    pads: { top: y.before, left: x.before, bottom: y.after, right: x.after },
    dense: false,
    synthetic: false,
  };
}
