/**
 * A residual branch and its plain twin, layer by layer, as terms.
 *
 * A hidden layer is a convolution (or nothing, at the start of a pre-activation block), a batch norm as a scale
 * and a shift for each channel, and an activation, written inside its own domain only. Layer l has the letters
 * Vl, sl, bl, Ml channels, khl × kwl taps with stride syl, sxl and dilation dyl, dxl, and the domain Hl × Wl.
 */
import { fun, int, operation, type Term } from '../../logic/term.ts';
import { add, one, times, zero } from '../notation.ts';
import {
  convolution,
  inside,
  tensor,
  type Kernel,
  type Tensor,
  type Vector,
  type Window,
} from '../tensors.ts';
import { C, integer } from './frame.ts';
import {
  besides,
  blockDiagonal,
  dirac,
  keepingCentre,
  origin,
  rows,
  type Centre,
} from './stacking.ts';
import type { Bend, Strategy } from './strategy.ts';

/** `identity`: the layer has no convolution of its own. */
export type LayerKind = 'dense' | 'depthwise' | 'grouped' | 'identity';

export interface LayerSpec {
  readonly kind: LayerKind;
  /** Any kernel, or one of 1×1. */
  readonly kernel: 'any' | '1x1';
  /** Any stride, or 1. */
  readonly strided: boolean;
  /** Its activation, where the layers of a branch differ in it. */
  readonly bend?: Bend;
  /** Whether a scale and a shift for each channel stand behind it, as they do unless told. */
  readonly normed?: boolean;
}

export interface Layer extends LayerSpec {
  readonly level: number;
  /** Names of the letters, for whoever gives them values. */
  readonly weights: Kernel;
  readonly scale: Vector;
  readonly shift: Vector;
  /** Output channels of the branch. */
  readonly width: Term;
  readonly window: Window;
  readonly centre: Centre;
  readonly domain: readonly [height: Term, width: Term];
  /** Null for a layer that is not grouped. */
  readonly groups: Groups | null;
}

export const x = tensor('x', integer('H'), integer('W'));
/** Of a grouped layer: channels of a group; groups of reserved channels, and of the branch's own. */
export interface Groups {
  readonly width: Term;
  readonly reserved: Term;
  readonly own: Term;
  /** The three letters, in that order. */
  readonly letters: readonly [width: string, reserved: string, own: string];
}

/** Channels of a group, in theorems about one. */
export const groupWidth = integer('w');

/** The first grouped layer of a branch has letters without a number, as it had when it was the only one. */
function groupsAt(suffix: string): Groups {
  const letters = [`w${suffix}`, `gR${suffix}`, `gM${suffix}`] as const;
  const [width, reserved, own] = letters.map(integer);
  return { width, reserved, own, letters };
}

const unit = [int(1), int(1)] as const;
/** The converted twin of no convolution. */
const duplicate = dirac(origin, undefined, () => one);

/** The layer behind the others, which has `previous` input channels. */
export function layerOf(spec: LayerSpec, before: readonly Layer[], previous: Term): Layer {
  const level = before.length + 1;
  const isFirst = before.every(({ groups }) => groups === null);
  const letter = (name: string): Term => integer(`${name}${level}`);
  const pair = (first: string, second: string): readonly [Term, Term] => [
    letter(first),
    letter(second),
  ];
  const any = spec.kernel === 'any';
  const centre = any ? pair('ci', 'cj') : origin;
  const window = keepingCentre(
    {
      size: any ? pair('kh', 'kw') : unit,
      stride: spec.strided ? pair('sy', 'sx') : unit,
      dilation: any ? pair('dy', 'dx') : unit,
    },
    centre,
  );
  const keepsWidth = spec.kind !== 'dense';
  return {
    ...spec,
    level,
    weights: spec.kind === 'identity' ? duplicate : fun(`V${level}`),
    scale: spec.normed === false ? () => one : fun(`s${level}`),
    shift: spec.normed === false ? () => zero : fun(`b${level}`),
    width: keepsWidth ? previous : letter('M'),
    window,
    centre,
    domain: pair('H', 'W'),
    groups: spec.kind === 'grouped' ? groupsAt(isFirst ? '' : String(level)) : null,
  };
}

/** Channel c of the group of so many channels that channel k is in. */
export const inGroupOf =
  (width: Term) =>
  (k: Term, c: Term): Term =>
    add(times(operation('div', k, width), width), c);

export const inGroup = inGroupOf(groupWidth);

/** Of a layer that is grouped. */
export function groupsOf({ groups, level }: Layer): Groups {
  if (groups === null) throw new Error(`layer ${level} has no groups`);
  return groups;
}

/** The layer's convolution with these weights, over `channels` of its input. */
export function applied(
  layer: Layer,
  of: { readonly weights: Kernel; readonly input: Tensor; readonly channels: Term },
): Tensor {
  const { kind, window } = layer;
  switch (kind) {
    case 'dense':
    case 'identity':
      return convolution({ ...of, window });
    case 'depthwise':
      return convolution({ ...of, channels: int(1), window, channel: (k) => k });
    case 'grouped': {
      const { width } = groupsOf(layer);
      return convolution({ ...of, channels: width, window, channel: inGroupOf(width) });
    }
  }
}

/** Batch norm, activation and domain of a hidden layer. */
function finished(
  {
    scale,
    shift,
    bend,
  }: { readonly scale: Vector; readonly shift: Vector; readonly bend: (k: Term, t: Term) => Term },
  mapped: Tensor,
  [height, width]: Layer['domain'],
): Tensor {
  return inside(
    (k, u, v) => bend(k, add(times(scale(k), mapped(k, u, v)), shift(k))),
    height,
    width,
  );
}

/** A hidden tensor three times: the original's, what is reserved beside it, and the converted one. */
export interface Hidden {
  readonly layer: Layer;
  /** The converted one; its window may be wider. */
  readonly wide: Layer;
  readonly own: Tensor;
  readonly reserved: Tensor;
  readonly converted: Tensor;
  /** Channels of `own`'s and of `converted`'s input. */
  readonly inputs: { readonly own: Term; readonly converted: Term };
  /** Channels of `converted`. */
  readonly channels: Term;
  /** The converted layer's kernel, and the scale and shift of its channels. */
  readonly kernel: Kernel;
  readonly gain: Vector;
  readonly offset: Vector;
}

/** The converted layer's kernel: the reserved channels' part first. */
function widened(layer: Layer, strategy: Strategy): Kernel {
  const { kind, weights, centre, level } = layer;
  const { count, source, factor } = strategy;
  if (level === 1) return rows(count, dirac(centre, source, factor), weights);
  switch (kind) {
    case 'dense':
    case 'identity':
      return blockDiagonal(count, dirac(centre), weights);
    case 'depthwise':
      return rows(
        count,
        dirac(centre, () => int(0)),
        weights,
      );
    case 'grouped':
      return rows(
        count,
        dirac(centre, (k) => operation('mod', k, groupsOf(layer).width)),
        weights,
      );
  }
}

/** The position that the centre reads. */
export function centreAt({ window }: Layer, [u, v]: readonly [Term, Term]): readonly [Term, Term] {
  return [times(u, window.stride[0]), times(v, window.stride[1])];
}

/** What the first converted layer has in the place of Dirac rows. */
export interface Rows {
  /** Channels of the block's input. */
  readonly inputs: Term;
  readonly wide: Layer;
  readonly kernel: Kernel;
  /** What they hold, before the strategy's gain and offset. */
  readonly carried: Tensor;
  readonly offset: Vector;
}

/** One layer on, behind `previous`; null for the block's input. */
export function nextHidden(
  layer: Layer,
  previous: Hidden | null,
  of: { readonly strategy: Strategy; readonly bend: Bend; readonly rows: Rows | null },
): Hidden {
  const { strategy, bend: usual } = of;
  const bend = layer.bend ?? usual;
  const { count } = strategy;
  const first = previous === null;
  const given = first ? of.rows : null;
  const from = given?.inputs ?? C;
  const inputs = {
    own: first ? from : previous.layer.width,
    converted: first ? from : previous.channels,
  };
  const gain = first ? strategy.gain : () => one;
  const offset = first ? strategy.offset : () => zero;
  const { weights, scale, shift, domain } = layer;
  const wide = given?.wide ?? layer;
  const kernel = given?.kernel ?? widened(layer, strategy);
  const carried: Tensor = (k, ...at) => {
    if (given !== null) return given.carried(k, ...at);
    const from = centreAt(layer, at);
    return first
      ? times(strategy.factor(k), x(strategy.source(k), ...from))
      : previous.reserved(k, ...from);
  };
  const mine = (k: Term, t: Term): Term => strategy.bend(bend, k, t);
  const [gains, offsets] = [
    besides(count, gain, scale),
    besides(count, given?.offset ?? offset, shift),
  ];
  return {
    layer,
    wide,
    inputs,
    kernel,
    gain: gains,
    offset: offsets,
    channels: add(count, layer.width),
    own: finished(
      { scale, shift, bend: (k, t) => bend.of(t, k) },
      layer.kind === 'identity'
        ? x
        : applied(layer, { weights, input: first ? x : previous.own, channels: inputs.own }),
      domain,
    ),
    reserved: finished({ scale: gain, shift: offset, bend: mine }, carried, domain),
    converted: finished(
      { scale: gains, shift: offsets, bend: mine },
      applied(wide, {
        weights: kernel,
        input: first ? x : previous.converted,
        channels: inputs.converted,
      }),
      domain,
    ),
  };
}
