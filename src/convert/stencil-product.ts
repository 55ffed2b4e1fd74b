/**
 * One linear map after another, as one: right only where the second reads nothing of the first outside its domain,
 * or where the first, continued there, would be zero anyway.
 *
 * The first map's formula goes on outside its domain, and what a layer reads there is zero. A bias ahead of
 * padding differs between the two, and so does a kernel whose taps reach back into the image: the mistake of
 * Diverse Branch Block's issues 9 and 16. Such a pair is refused, never merged but for the border.
 */
import type { Shape } from '../model/shape.ts';
import {
  biasFromOnes,
  gcd,
  refused,
  type Stencil,
  type StencilResult,
  type TapAxis,
} from './stencil.ts';

/** More coefficients than this in one layer is a merge nobody wants. */
const largestWeight = 2 ** 28;

interface Along {
  readonly axis: TapAxis;
  readonly stride: number;
  /** Pixels of the result. */
  readonly size: number;
}

interface Axes {
  readonly y: Along;
  readonly x: Along;
}

function axesOf({ y, x, strides, shape }: Stencil): Axes {
  return {
    y: { axis: y, stride: strides.y, size: shape.height },
    x: { axis: x, stride: strides.x, size: shape.width },
  };
}

function lastOffset({ first, step, count }: TapAxis): number {
  return first + (count - 1) * step;
}

/** Whether `second` reads positions below zero, or beyond `size`. */
function overshoots(second: Along, size: number): readonly [below: boolean, beyond: boolean] {
  const highest = (second.size - 1) * second.stride + lastOffset(second.axis);
  return [second.axis.first < 0, highest >= size];
}

/** Whether `first`, continued outside its domain, reads nothing of the `source` pixels it starts from. */
function isZeroOutside(first: Along, second: Along, source: number): boolean {
  const [below, beyond] = overshoots(second, first.size);
  const isZeroBelow = lastOffset(first.axis) < first.stride;
  const isZeroBeyond = first.size * first.stride + first.axis.first >= source;
  return (!below || isZeroBelow) && (!beyond || isZeroBeyond);
}

/** Whether any window of the map reads outside the domain of the tensor it acts on. */
export function readsOutside(stencil: Stencil, from: Shape): boolean {
  const { y, x } = axesOf(stencil);
  return [...overshoots(y, from.height), ...overshoots(x, from.width)].includes(true);
}

/** The offsets of one axis after the other, the first one's stride between them. */
function composedAxis(first: Along, second: Along): TapAxis {
  const stretched = { count: second.axis.count, step: second.axis.step * first.stride };
  const steps = [first.axis, stretched].map(({ count, step }) => (count > 1 ? step : 0));
  const step = gcd(steps[0], steps[1]);
  const start = first.axis.first + second.axis.first * first.stride;
  if (step === 0) return { first: start, step: 1, count: 1 };
  const reach = (first.axis.count - 1) * first.axis.step + (stretched.count - 1) * stretched.step;
  return { first: start, step, count: reach / step + 1 };
}

/** Coefficients by output tap, then input: the order in which sums over inputs are contiguous. */
function tapsFirst({ weight, groups, inChannels, shape, y, x }: Stencil): Float64Array {
  const taps = y.count * x.count;
  const inputs = inChannels / groups;
  if (taps === 1 || inputs === 1) return weight;
  const moved = new Float64Array(weight.length);
  for (let o = 0; o < shape.channels; o++) {
    const from = o * inputs * taps;
    for (let i = 0; i < inputs; i++) {
      for (let t = 0; t < taps; t++) moved[from + t * inputs + i] = weight[from + i * taps + t];
    }
  }
  return moved;
}

/** The number, among the taps of the product, of tap t of the second and tap u of the first. */
function tapTable(
  first: Stencil,
  second: Stencil,
  product: { readonly y: TapAxis; readonly x: TapAxis },
): Int32Array {
  const table = new Int32Array(second.y.count * second.x.count * first.y.count * first.x.count);
  let at = 0;
  for (let ty = 0; ty < second.y.count; ty++) {
    for (let tx = 0; tx < second.x.count; tx++) {
      for (let uy = 0; uy < first.y.count; uy++) {
        const y = ty * second.y.step * first.strides.y + uy * first.y.step;
        for (let ux = 0; ux < first.x.count; ux++) {
          const x = tx * second.x.step * first.strides.x + ux * first.x.step;
          table[at++] = (y / product.y.step) * product.x.count + x / product.x.step;
        }
      }
    }
  }
  return table;
}

function multiplied(
  first: Stencil,
  second: Stencil,
  product: { readonly y: TapAxis; readonly x: TapAxis; readonly groups: number },
): Float64Array {
  const outputs = second.shape.channels;
  const middle = second.inChannels / second.groups;
  const own = first.inChannels / first.groups;
  const inputs = first.inChannels / product.groups;
  const taps = product.y.count * product.x.count;
  const [outer, inner] = [second.y.count * second.x.count, first.y.count * first.x.count];
  const table = tapTable(first, second, product);
  const rows = tapsFirst(first);
  const weight = new Float64Array(outputs * inputs * taps);
  const sums = new Float64Array(taps * inputs);
  for (let o = 0, at = 0; o < outputs; o++) {
    sums.fill(0);
    const firstMiddle = Math.floor(o / (outputs / second.groups)) * middle;
    const firstInput = Math.floor(o / (outputs / product.groups)) * inputs;
    for (let m = firstMiddle; m < firstMiddle + middle; m++) {
      const group = Math.floor(m / (first.shape.channels / first.groups));
      const shift = group * own - firstInput;
      for (let t = 0; t < outer; t++) {
        const factor = second.weight[at++];
        if (factor === 0) continue;
        for (let u = 0; u < inner; u++) {
          const to = table[t * inner + u] * inputs + shift;
          const from = (m * inner + u) * own;
          for (let i = 0; i < own; i++) sums[to + i] += factor * rows[from + i];
        }
      }
    }
    const base = o * inputs * taps;
    for (let t = 0; t < taps; t++) {
      for (let i = 0; i < inputs; i++) weight[base + i * taps + t] = sums[t * inputs + i];
    }
  }
  return weight;
}

/** What the second map makes of the first one's bias, where it reads nothing outside. */
function composedBias(first: Stencil, second: Stencil): Float64Array {
  if (!first.bias.some((b) => b !== 0)) return second.bias;
  const outputs = second.shape.channels;
  const middle = second.inChannels / second.groups;
  const taps = second.y.count * second.x.count;
  return second.bias.map((b, o) => {
    let sum = b;
    const from = Math.floor(o / (outputs / second.groups)) * middle;
    for (let m = 0, at = o * middle * taps; m < middle; m++) {
      for (let t = 0; t < taps; t++) sum += second.weight[at++] * first.bias[from + m];
    }
    return sum;
  });
}

/** The first map as padding behind it sees it, or why padding sees something else. */
function beforePadding(
  first: Stencil,
  second: Stencil,
  { source, ones, second: name }: ProductContext,
): StencilResult {
  let continued: Stencil | null = first;
  if (first.bias.some((b) => b !== 0)) continued = ones ? biasFromOnes(first, source) : null;
  if (continued === null) {
    const reason = `the padding of ${name} holds zeros, not the bias of what stands ahead of it`;
    return { ok: false, reason, isBias: true };
  }
  const [one, two] = [axesOf(continued), axesOf(second)];
  const isZero =
    isZeroOutside(one.y, two.y, source.height) && isZeroOutside(one.x, two.x, source.width);
  return isZero
    ? { ok: true, stencil: continued }
    : refused(`the padding of ${name} holds zeros where a larger kernel would read the image`);
}

export interface ProductContext {
  /** What the first map starts from, less a channel of ones. */
  readonly source: Shape;
  /** Whether the first map's last input channel is one of ones. */
  readonly ones: boolean;
  /** The second layer's name. */
  readonly second: string;
}

/** `second` after `first`, whose result it reads. */
export function composedStencil(
  first: Stencil,
  second: Stencil,
  context: ProductContext,
): StencilResult {
  const ready: StencilResult = readsOutside(second, first.shape)
    ? beforePadding(first, second, context)
    : { ok: true, stencil: first };
  if (!ready.ok) return ready;
  const { stencil } = ready;
  const [one, two] = [axesOf(stencil), axesOf(second)];
  const groups = gcd(stencil.groups, second.groups);
  const product = { y: composedAxis(one.y, two.y), x: composedAxis(one.x, two.x), groups };
  const { inChannels } = stencil;
  const length = second.shape.channels * (inChannels / groups) * product.y.count * product.x.count;
  if (length > largestWeight) return refused(`it would have more than ${largestWeight} weights`);
  const strides = {
    y: stencil.strides.y * second.strides.y,
    x: stencil.strides.x * second.strides.x,
  };
  const weight = multiplied(stencil, second, product);
  const bias = composedBias(stencil, second);
  return {
    ok: true,
    stencil: { ...product, inChannels, strides, weight, bias, shape: second.shape },
  };
}
