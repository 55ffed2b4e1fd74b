/**
 * How the block's input gets through the branch's activations unharmed.
 *
 * Reserved channel k holds gain[k]·x[k mod C] + offset[k] up to the first activation, and x is restored
 * as the sum of restore[k] times what arrives there, less the offset. Each strategy makes that exact
 * over the reals:
 *
 * - `nonnegative`: gain 1; x lies where every activation is the identity already.
 * - `shift`: gain a power of two and an offset that move x's range to where it is; both and their
 *   quotient are float32 numbers, so only the sum with the last bias rounds.
 * - `prelu`: gain 1; activations get a slope, or bounds, for each channel, none for reserved ones.
 * - `split`: gains +1 and −1; relu(x) − relu(−x) = x. Twice the channels. As much is true of t·g(t) wherever
 *   g(t) + g(−t) = 1, that is of GELU, SiLU and hard swish, but of the first activation only: what they make has both
 *   signs, so that a second one would bend it.
 *
 * `auto` takes the first that applies, in that order, cheapest first: the first two add nothing to what
 * runs, `prelu` reads a slope for each channel, `split` doubles the reserved channels. A branch
 * without activations needs none of them and is called `linear`.
 */
import type { Clip, LeakyRelu, Opaque, PRelu, Relu } from '../model/layer.ts';
import type { DraftLayer } from './draft.ts';
import type { Range } from './channel-range.ts';

export const strategies = ['auto', 'nonnegative', 'shift', 'prelu', 'split'] as const;
export type Strategy = (typeof strategies)[number];
export type AppliedStrategy = Exclude<Strategy, 'auto'> | 'linear';

/** t·g(t) with g(t) + g(−t) = 1: t·Φ(t), t·σ(t), and t times what is odd but for the addend ½. */
export type Gated = Opaque & { readonly function: 'gelu' | 'geluTanh' | 'silu' | 'hardSwish' };

export type Activation = Relu | Clip | LeakyRelu | PRelu | Gated;

export interface Reserve {
  readonly strategy: AppliedStrategy;
  /** Channels of the block's input; there is a multiple of that many reserved channels. */
  readonly inputs: number;
  readonly gain: Float32Array;
  readonly offset: Float32Array | null;
  readonly restore: Float32Array;
  /** Bound on |x|, Infinity where none is known. */
  readonly magnitude: number;
}

export type ReserveResult =
  | { readonly ok: true; readonly reserve: Reserve }
  | { readonly ok: false; readonly reason: string };

/** The block's input. */
export interface BlockInput {
  readonly name: string;
  readonly channels: number;
  /** The merge reads zeros outside the domain, which a shift would have to fill. */
  readonly padded: boolean;
  readonly range: () => Range;
}

export function isActivation(layer: DraftLayer): layer is Activation {
  switch (layer.kind) {
    case 'relu':
    case 'clip':
    case 'leakyRelu':
    case 'prelu':
      return true;
    default:
      return isGated(layer);
  }
}

function isGated(layer: DraftLayer): layer is Gated {
  if (layer.kind !== 'opaque') return false;
  switch (layer.function) {
    case 'gelu':
    case 'geluTanh':
    case 'silu':
      return true;
    case 'hardSwish':
      return layer.beta === 0.5;
    default:
      return false;
  }
}

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Where an activation is the identity; bounds and slopes stated for each channel are no obstacle. */
function identityInterval(layer: Activation): Interval {
  switch (layer.kind) {
    case 'relu':
    case 'leakyRelu':
      return { lower: 0, upper: Infinity };
    case 'clip':
      return {
        lower: layer.lower.length === 1 ? layer.lower[0] : -Infinity,
        upper: layer.upper.length === 1 ? layer.upper[0] : Infinity,
      };
    case 'prelu':
      return { lower: -Infinity, upper: Infinity };
    case 'opaque':
      return { lower: Infinity, upper: -Infinity };
  }
}

function commonInterval(activations: readonly Activation[]): Interval {
  const intervals = activations.map(identityInterval);
  return {
    lower: Math.max(...intervals.map((i) => i.lower)),
    upper: Math.min(...intervals.map((i) => i.upper)),
  };
}

function refuse(reason: string): ReserveResult {
  return { ok: false, reason };
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : value < 0 ? '−∞' : '∞';
}

const nowhere = 'there is nothing that all activations leave as it is';

/** Reserved channels that hold x itself. */
function unchanged(strategy: AppliedStrategy, input: BlockInput): ReserveResult {
  const gain = new Float32Array(input.channels).fill(1);
  const { channels: inputs } = input;
  const reserve = { strategy, inputs, gain, offset: null, restore: gain, magnitude: Infinity };
  return { ok: true, reserve };
}

function nonnegative(input: BlockInput, where: Interval): ReserveResult {
  if (where.lower > where.upper) return refuse(nowhere);
  const { lower, upper } = input.range();
  for (let c = 0; c < input.channels; c++) {
    if (lower[c] >= where.lower && upper[c] <= where.upper) continue;
    const known = `[${short(lower[c])}, ${short(upper[c])}]`;
    const wanted = `[${short(where.lower)}, ${short(where.upper)}]`;
    return refuse(
      `channel ${c} of ${input.name} is only known to lie in ${known}, and the activations are the identity on ${wanted}`,
    );
  }
  return unchanged('nonnegative', input);
}

/**
 * Room left at either end of a range, relative to its width. The ranges are those of the original, and
 * the converted model's coefficients differ from it by half a unit in the last place each, 2⁻²⁴
 * relative; over L layers a bound moves by about L·2⁻²⁴ of its size, which stays below this for 10⁴.
 */
const room = 2 ** -10;

/**
 * The largest shift, in units of x. What a shift takes away it gives back through the last bias, which
 * float32 then rounds by up to 2⁻²⁴ of the shift: 2.4·10⁻⁴ here. Intervals grow with depth much faster
 * than values do, so a larger shift would leave nothing of x.
 */
const largestShift = 2 ** 12;

/** Gain and offset that move [lower, upper] into `where`, or null where none are found. */
function shiftInto(range: Interval, where: Interval): readonly [number, number] | null {
  const { lower, upper } = range;
  if (lower >= where.lower && upper <= where.upper) return [1, 0];
  let gain = 1;
  let offset: number;
  if (where.upper === Infinity) {
    offset = where.lower - lower + room * Math.abs(lower);
  } else if (where.lower === -Infinity) {
    offset = where.upper - upper - room * Math.abs(upper);
  } else {
    // A narrow range far from zero is not spread out further than its offset can be told apart.
    const size = Math.max(Math.abs(lower), Math.abs(upper)) * 2 ** -8;
    const width = Math.max(upper - lower, size) * (1 + 2 * room);
    if (width === 0) gain = 1;
    else gain = 2 ** Math.floor(Math.log2((where.upper - where.lower) / width));
    offset = (where.lower + where.upper - gain * (lower + upper)) / 2;
  }
  offset = Math.fround(offset);
  const shift = offset / gain;
  // Also false for infinite and undefined shifts, and where float32 cannot hold one exactly.
  if (!(Math.abs(shift) <= largestShift) || Math.fround(shift) !== shift) return null;
  const fits = gain * lower + offset >= where.lower && gain * upper + offset <= where.upper;
  return fits ? [gain, offset] : null;
}

function shift(input: BlockInput, where: Interval): ReserveResult {
  if (where.lower > where.upper) return refuse(nowhere);
  const range = input.range();
  const gain = new Float32Array(input.channels);
  const offset = new Float32Array(input.channels);
  const restore = new Float32Array(input.channels);
  for (let c = 0; c < input.channels; c++) {
    const interval = { lower: range.lower[c], upper: range.upper[c] };
    const found = shiftInto(interval, where);
    if (found === null) {
      const known = `[${short(interval.lower)}, ${short(interval.upper)}]`;
      return refuse(
        `no shift of at most ${largestShift} moves channel ${c} of ${input.name}, known to lie in ${known}, into [${short(where.lower)}, ${short(where.upper)}]`,
      );
    }
    [gain[c], offset[c]] = found;
    restore[c] = 1 / found[0];
  }
  const used = offset.some((b) => b !== 0) ? offset : null;
  if (used !== null && input.padded) {
    return refuse('the shortcut reads zero padding, which a shift would have to fill');
  }
  const { channels: inputs } = input;
  const reserve = {
    strategy: 'shift' as const,
    ...{ inputs, gain, offset: used, restore, magnitude: Infinity },
  };
  return { ok: true, reserve };
}

function prelu(input: BlockInput, activations: readonly Activation[]): ReserveResult {
  const smooth = activations.find(isGated);
  if (smooth !== undefined) {
    return refuse(`no kernel has ${smooth.name} (${smooth.function}) on some channels only`);
  }
  return spared('prelu', input, activations);
}

/** With slopes for each channel, which float32 has to hold. */
function spared(
  strategy: 'prelu' | 'split',
  input: BlockInput,
  activations: readonly Activation[],
): ReserveResult {
  for (const layer of activations) {
    if (layer.kind === 'leakyRelu' && Math.fround(layer.slope) !== layer.slope) {
      return refuse(`the slope of ${layer.name} is no float32 number`);
    }
  }
  return unchanged(strategy, input);
}

function split(input: BlockInput, activations: readonly Activation[]): ReserveResult {
  const smooth = activations.find(isGated);
  if (smooth !== undefined && activations.length > 1) {
    return refuse(
      `the halves of ${smooth.name} (${smooth.function}) are ${smooth === activations[0] ? 'bent again' : 'no longer what they were'} by a second activation`,
    );
  }
  const same = spared('split', input, activations);
  if (!same.ok) return same;
  const { lower, upper } = input.range();
  let magnitude = 0;
  const gain = new Float32Array(2 * input.channels).fill(1).fill(-1, input.channels);
  for (let c = 0; c < input.channels; c++) {
    magnitude = Math.max(magnitude, -lower[c], upper[c]);
  }
  const { channels: inputs } = input;
  const reserve = {
    strategy: 'split' as const,
    ...{ inputs, gain, offset: null, restore: gain, magnitude },
  };
  return { ok: true, reserve };
}

/** What to reserve so that `input` passes `activations`; a reason where the strategy does not apply. */
export function planReserve(
  strategy: Strategy,
  activations: readonly Activation[],
  input: BlockInput,
): ReserveResult {
  if (activations.length === 0) return unchanged('linear', input);
  const where = commonInterval(activations);
  switch (strategy) {
    case 'nonnegative':
      return nonnegative(input, where);
    case 'shift':
      return shift(input, where);
    case 'prelu':
      return prelu(input, activations);
    case 'split':
      return split(input, activations);
    case 'auto': {
      const reasons: string[] = [];
      for (const next of ['nonnegative', 'shift', 'prelu', 'split'] as const) {
        const plan = planReserve(next, activations, input);
        if (plan.ok) return plan;
        reasons.push(`${next}: ${plan.reason}`);
      }
      return refuse(reasons.join('; '));
    }
  }
}
