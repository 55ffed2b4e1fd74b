/** Kernels, strides, dilations and padding of convolutions and pools, `auto_pad` and `ceil_mode` resolved. */
import { noPadding, type Padding, type Pair, type Shape } from '../../../model/shape.ts';
import type { NodeReader } from '../node-reader.ts';

export interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

const largest = 2 ** 31;

function pair(node: NodeReader, name: string): Pair | null {
  const values = node.ints(name) ?? [1, 1];
  if (values.length === 2 && values.every((v) => v >= 1 && v < largest)) {
    return { y: values[0], x: values[1] };
  }
  const reason =
    values.length === 2 ? `${name} is ${values.join('×')}` : `${values.length} spatial axes`;
  if (values.length === 2) node.fail('bad-attribute', reason);
  else node.unsupported(reason);
  return null;
}

/** Padding that gives ⌈size / stride⌉ results, the odd pixel at the end or at the start. */
function samePadding(
  size: Pair,
  window: Omit<Window, 'pads'>,
  lower: boolean,
): { readonly y: Pair; readonly x: Pair } {
  const along = (axis: 'y' | 'x'): Pair => {
    const stride = window.strides[axis];
    const reach = window.dilations[axis] * (window.kernel[axis] - 1) + 1;
    const total = Math.max(0, (Math.ceil(size[axis] / stride) - 1) * stride + reach - size[axis]);
    const less = Math.floor(total / 2);
    return lower ? { y: total - less, x: less } : { y: less, x: total - less };
  };
  return { y: along('y'), x: along('x') };
}

/** Null after recording a failure. `kernel`: the weight's extent, null where the attribute states it. */
export function readWindow(node: NodeReader, shape: Shape, kernel: Pair | null): Window | null {
  const stated = kernel === null || node.has('kernel_shape') ? pair(node, 'kernel_shape') : kernel;
  const strides = pair(node, 'strides');
  const dilations = pair(node, 'dilations');
  const autoPad = node.string('auto_pad', 'NOTSET') || 'NOTSET';
  const pads = node.ints('pads');
  if (stated === null || strides === null || dilations === null) return null;
  if (kernel === null && !node.has('kernel_shape')) {
    node.fail('bad-attribute', 'kernel_shape is missing');
    return null;
  }
  if (kernel !== null && (kernel.y !== stated.y || kernel.x !== stated.x)) {
    node.fail('bad-attribute', 'kernel_shape is not that of the weights');
    return null;
  }
  const window = { kernel: stated, strides, dilations };
  if (autoPad === 'NOTSET') {
    const [top, left, bottom, right] = pads ?? [0, 0, 0, 0];
    const known = pads === null || pads.length === 4;
    if (known && [top, left, bottom, right].every((p) => p >= 0 && p < largest)) {
      return { ...window, pads: { top, left, bottom, right } };
    }
    node.fail('bad-attribute', `pads are ${(pads ?? []).slice(0, 8).join(', ')}`);
    return null;
  }
  if (pads?.some((p) => p !== 0) === true) {
    node.fail('bad-attribute', `pads beside auto_pad ${autoPad}`);
    return null;
  }
  if (autoPad === 'VALID') return { ...window, pads: noPadding };
  if (autoPad === 'SAME_UPPER' || autoPad === 'SAME_LOWER') {
    // For pools onnxruntime leaves the dilation out of the extent to be covered, the standard does not.
    if (kernel === null && (dilations.y !== 1 || dilations.x !== 1)) {
      node.unsupported(`auto_pad ${autoPad} of a dilated pool`);
      return null;
    }
    const size = { y: shape.height, x: shape.width };
    const { y, x } = samePadding(size, window, autoPad === 'SAME_LOWER');
    return { ...window, pads: { top: y.y, bottom: y.x, left: x.y, right: x.x } };
  }
  node.fail('bad-attribute', `auto_pad is ${autoPad}`);
  return null;
}

/**
 * The end padding that makes rounding down give as many windows as `ceil_mode` does, null where the last
 * window would start beyond the image and its left padding: standard and runtimes disagree on that one.
 */
export function ceilPadding(shape: Shape, window: Window): Padding | null {
  const along = (axis: 'y' | 'x', size: number, start: number, end: number): number | null => {
    const stride = window.strides[axis];
    const free = size + start + end - window.dilations[axis] * (window.kernel[axis] - 1) - 1;
    const missing = free < 0 ? 0 : (stride - (free % stride)) % stride;
    const lastStart = Math.ceil(free / stride) * stride;
    return missing > 0 && lastStart >= size + start ? null : end + missing;
  };
  const { top, left, bottom, right } = window.pads;
  const newBottom = along('y', shape.height, top, bottom);
  const newRight = along('x', shape.width, left, right);
  if (newBottom === null || newRight === null) return null;
  return { top, left, bottom: newBottom, right: newRight };
}
