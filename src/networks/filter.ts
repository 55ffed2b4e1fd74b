/**
 * The weights of a convolution or dense layer, and the few things a converter does to them.
 *
 * Numbers are float64 until a sketch writes them into a layer, so that every conversion here rounds
 * once. Functions return new filters and leave their arguments alone.
 */
import type { Norm } from './norm.ts';
import { factors } from './norm.ts';

export interface Filter {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly height: number;
  readonly width: number;
  /** outChannels × inChannels/groups × height × width, row-major. */
  readonly weight: readonly number[];
  readonly bias: readonly number[] | null;
}

export interface Size {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly height: number;
  readonly width: number;
}

/** A filter from a formula; `input` counts within the group, as the weights do. */
export function filterFrom(
  size: Size & { readonly groups?: number },
  weight: (output: number, input: number, y: number, x: number) => number,
  bias: readonly number[] | null = null,
): Filter {
  const groups = size.groups ?? 1;
  const weights: number[] = [];
  for (let o = 0; o < size.outChannels; o++) {
    for (let i = 0; i < size.inChannels / groups; i++) {
      for (let y = 0; y < size.height; y++) {
        for (let x = 0; x < size.width; x++) weights.push(weight(o, i, y, x));
      }
    }
  }
  return { ...size, groups, weight: weights, bias };
}

/** The weight at a tap, zero outside the kernel. */
export function tap(f: Filter, output: number, input: number, y: number, x: number): number {
  if (y < 0 || x < 0 || y >= f.height || x >= f.width) return 0;
  const perGroup = f.inChannels / f.groups;
  return f.weight[((output * perGroup + input) * f.height + y) * f.width + x];
}

export function biasOf(f: Filter, output: number): number {
  return f.bias === null ? 0 : f.bias[output];
}

function biases(f: Filter): number[] {
  return f.bias === null ? new Array<number>(f.outChannels).fill(0) : [...f.bias];
}

/** Passes every channel through: the kernel that is one at its centre. */
export function dirac(channels: number, kernel: number, groups = 1): Filter {
  const centre = (kernel - 1) / 2;
  const perGroup = channels / groups;
  return filterFrom(
    { inChannels: channels, outChannels: channels, height: kernel, width: kernel, groups },
    (o, i, y, x) => (i === o % perGroup && y === centre && x === centre ? 1 : 0),
  );
}

/** Outputs of the one, then of the other, from the same input. Both are ungrouped. */
export function rows(...parts: readonly Filter[]): Filter {
  return {
    ...parts[0],
    outChannels: parts.reduce((sum, f) => sum + f.outChannels, 0),
    weight: parts.flatMap((f) => f.weight),
    bias: parts.every((f) => f.bias === null) ? null : parts.flatMap(biases),
  };
}

/** The sum of two filters, each on its own run of input channels. */
export function columns(left: Filter, right: Filter): Filter {
  return filterFrom(
    { ...left, inChannels: left.inChannels + right.inChannels },
    (o, i, y, x) =>
      i < left.inChannels ? tap(left, o, i, y, x) : tap(right, o, i - left.inChannels, y, x),
    left.bias === null && right.bias === null
      ? null
      : biases(left).map((b, o) => b + biasOf(right, o)),
  );
}

/** Two filters side by side on disjoint channels, written out without groups. */
export function diagonal(first: Filter, second: Filter): Filter {
  const a = ungrouped(first);
  const b = ungrouped(second);
  const none = { height: a.height, width: a.width };
  const zero = (outChannels: number, inChannels: number): Filter =>
    filterFrom({ ...none, outChannels, inChannels }, () => 0);
  return rows(
    columns(a, zero(a.outChannels, b.inChannels)),
    columns(zero(b.outChannels, a.inChannels), b),
  );
}

/** Two grouped filters side by side; both have the same number of channels in a group. */
export function besideGroups(a: Filter, b: Filter): Filter {
  return { ...rows(a, b), inChannels: a.inChannels + b.inChannels, groups: a.groups + b.groups };
}

/** Output k of the result is output order[k] of the filter. */
export function permuteRows(f: Filter, order: readonly number[]): Filter {
  return filterFrom(
    { ...f, outChannels: order.length },
    (o, i, y, x) => tap(f, order[o], i, y, x),
    f.bias === null ? null : order.map((o) => biasOf(f, o)),
  );
}

/** Input k of the result is input order[k] of the filter, which is ungrouped. */
export function permuteColumns(f: Filter, order: readonly number[]): Filter {
  return filterFrom(
    { ...f, inChannels: order.length },
    (o, i, y, x) => tap(f, o, order[i], y, x),
    f.bias,
  );
}

/** The same function with groups = 1. */
export function ungrouped(f: Filter): Filter {
  const perGroup = f.inChannels / f.groups;
  const outPerGroup = f.outChannels / f.groups;
  return filterFrom(
    { ...f, groups: 1 },
    (o, i, y, x) =>
      Math.floor(i / perGroup) === Math.floor(o / outPerGroup) ? tap(f, o, i % perGroup, y, x) : 0,
    f.bias,
  );
}

/** Writes a smaller kernel into the centre of a larger one. */
export function centred(f: Filter, height: number, width: number): Filter {
  const top = (height - f.height) / 2;
  const left = (width - f.width) / 2;
  return filterFrom(
    { ...f, height, width },
    (o, i, y, x) => tap(f, o, i, y - top, x - left),
    f.bias,
  );
}

/** The sum of filters of one size, biases included. */
export function sum(...parts: readonly Filter[]): Filter {
  return {
    ...parts[0],
    weight: parts[0].weight.map((_, k) => parts.reduce((total, f) => total + f.weight[k], 0)),
    bias: parts.every((f) => f.bias === null)
      ? null
      : biases(parts[0]).map((_, o) => parts.reduce((total, f) => total + biasOf(f, o), 0)),
  };
}

/** Each output multiplied by its factor, bias included. */
export function scaleRows(f: Filter, by: readonly number[]): Filter {
  return filterFrom(
    f,
    (o, i, y, x) => by[o] * tap(f, o, i, y, x),
    f.bias === null ? null : f.bias.map((b, o) => by[o] * b),
  );
}

/** Each input multiplied by its factor; the filter is ungrouped. */
export function scaleColumns(f: Filter, by: readonly number[]): Filter {
  return filterFrom(f, (o, i, y, x) => by[i] * tap(f, o, i, y, x), f.bias);
}

/** The convolution followed by the batch norm, as one convolution. */
export function fold(f: Filter, norm: Norm): Filter {
  const s = factors(norm);
  const scaled = scaleRows(f, s);
  return {
    ...scaled,
    bias: s.map((factor, o) => factor * (biasOf(f, o) - norm.mean[o]) + norm.offset[o]),
  };
}

/** `second` after `first`, as one kernel; right where nothing is padded between the two. Ungrouped. */
export function compose(second: Filter, first: Filter): Filter {
  const size = {
    inChannels: first.inChannels,
    outChannels: second.outChannels,
    height: first.height + second.height - 1,
    width: first.width + second.width - 1,
  };
  const weight = (o: number, i: number, y: number, x: number): number => {
    let total = 0;
    for (let m = 0; m < second.inChannels; m++) {
      for (let v = 0; v < second.height; v++) {
        for (let u = 0; u < second.width; u++) {
          total += tap(second, o, m, v, u) * tap(first, m, i, y - v, x - u);
        }
      }
    }
    return total;
  };
  const bias = biases(second).map((b, o) => {
    let total = b;
    for (let m = 0; m < second.inChannels; m++) {
      for (let v = 0; v < second.height; v++) {
        for (let u = 0; u < second.width; u++) total += tap(second, o, m, v, u) * biasOf(first, m);
      }
    }
    return total;
  });
  return filterFrom(size, weight, first.bias === null && second.bias === null ? null : bias);
}
