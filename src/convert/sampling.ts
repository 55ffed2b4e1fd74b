/**
 * Which pixels of the block's input the reserved channels hold, layer by layer along the branch.
 *
 * Along each axis, position p of a reserved channel holds x(p·stride + offset) for p in [lower, upper];
 * outside that interval it holds something that must never be read. Each convolution picks the tap of
 * its Dirac so that the offset stays closest to zero. The last one must find, for every tap of the
 * shortcut, a tap of its own that reads the same pixel, and read only positions that are valid. Along an
 * axis where the reserved channels have exactly x's domain, positions outside read zero on both sides,
 * so a padded shortcut fits too.
 */
import type { Padding, Pair, Shape } from '../model/shape.ts';

export interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

interface Axis {
  readonly stride: number;
  readonly offset: number;
  readonly lower: number;
  readonly upper: number;
  /** The reserved channels have x's domain, undisplaced. */
  readonly whole: boolean;
}

export interface Sampling {
  readonly y: Axis;
  readonly x: Axis;
}

export interface MergeTaps {
  /** For every tap of the shortcut, row-major, the tap of the last convolution. */
  readonly taps: Int32Array;
  /** Some tap may read outside the domain, where the reserved channels read as zero. */
  readonly readsOutside: boolean;
}

function alongY(window: Window): AxisWindow {
  const { kernel, strides, dilations, pads } = window;
  return { kernel: kernel.y, stride: strides.y, dilation: dilations.y, before: pads.top };
}

function alongX(window: Window): AxisWindow {
  const { kernel, strides, dilations, pads } = window;
  return { kernel: kernel.x, stride: strides.x, dilation: dilations.x, before: pads.left };
}

export function initialSampling(shape: Shape): Sampling {
  const axis = (size: number): Axis => ({
    stride: 1,
    offset: 0,
    lower: 0,
    upper: size - 1,
    whole: true,
  });
  return { y: axis(shape.height), x: axis(shape.width) };
}

/** Sampling behind a padding layer. */
export function padded(sampling: Sampling, pads: Padding, result: Shape): Sampling {
  const axis = (from: Axis, before: number, size: number): Axis => ({
    stride: from.stride,
    offset: from.offset - before * from.stride,
    lower: Math.max(0, from.lower + before),
    upper: Math.min(size - 1, from.upper + before),
    whole: false,
  });
  return {
    y: axis(sampling.y, pads.top, result.height),
    x: axis(sampling.x, pads.left, result.width),
  };
}

function bestTap(axis: Axis, window: AxisWindow): number {
  let best = 0;
  let distance = Infinity;
  for (let tap = 0; tap < window.kernel; tap++) {
    const reach = tap * window.dilation - window.before;
    const off = Math.abs(axis.offset + reach * axis.stride);
    if (off < distance) [best, distance] = [tap, off];
  }
  return best;
}

function advanced(axis: Axis, window: AxisWindow, tap: number, size: number): Axis {
  const reach = tap * window.dilation - window.before;
  return {
    stride: axis.stride * window.stride,
    offset: axis.offset + reach * axis.stride,
    lower: Math.max(0, Math.ceil((axis.lower - reach) / window.stride)),
    upper: Math.min(size - 1, Math.floor((axis.upper - reach) / window.stride)),
    whole: axis.whole && reach === 0 && window.stride === 1 && size === axis.upper + 1,
  };
}

/** The tap for the Dirac of a convolution with result `result`, and the sampling behind it. */
export function throughConv(
  sampling: Sampling,
  window: Window,
  result: Shape,
): { readonly tap: number; readonly sampling: Sampling } {
  const [wy, wx] = [alongY(window), alongX(window)];
  const [ty, tx] = [bestTap(sampling.y, wy), bestTap(sampling.x, wx)];
  const y = advanced(sampling.y, wy, ty, result.height);
  const x = advanced(sampling.x, wx, tx, result.width);
  return { tap: ty * window.kernel.x + tx, sampling: { y, x } };
}

interface AxisTap {
  readonly tap: number;
  readonly inside: boolean;
}

function matchingTap(
  axis: Axis,
  window: AxisWindow,
  target: { readonly stride: number; readonly offset: number },
  size: number,
): AxisTap | null {
  if (size > 1 && axis.stride * window.stride !== target.stride) return null;
  for (let tap = 0; tap < window.kernel; tap++) {
    const reach = tap * window.dilation - window.before;
    if (axis.offset + reach * axis.stride !== target.offset) continue;
    const inside = reach >= axis.lower && (size - 1) * window.stride + reach <= axis.upper;
    return inside || axis.whole ? { tap, inside } : null;
  }
  return null;
}

/** The taps of the last convolution that read what the shortcut reads, or null where there are none. */
export function mergeTaps(
  sampling: Sampling,
  last: Window,
  shortcut: Window,
  result: Shape,
): MergeTaps | null {
  const [sy, sx] = [alongY(shortcut), alongX(shortcut)];
  const taps = new Int32Array(sy.kernel * sx.kernel);
  let readsOutside = false;
  const target = (window: AxisWindow, tap: number): { stride: number; offset: number } => ({
    stride: window.stride,
    offset: tap * window.dilation - window.before,
  });
  for (let ty = 0; ty < sy.kernel; ty++) {
    for (let tx = 0; tx < sx.kernel; tx++) {
      const y = matchingTap(sampling.y, alongY(last), target(sy, ty), result.height);
      const x = matchingTap(sampling.x, alongX(last), target(sx, tx), result.width);
      if (y === null || x === null) return null;
      readsOutside ||= !(y.inside && x.inside);
      taps[ty * sx.kernel + tx] = y.tap * last.kernel.x + x.tap;
    }
  }
  return { taps, readsOutside };
}
