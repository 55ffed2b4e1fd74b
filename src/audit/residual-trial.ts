/** Random networks of a residual block's theorem, on inputs within what a strategy assumes. */
import { Random } from '../blocks/random.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { strategies } from '../theorems/blocks/strategy.ts';
import type { Sizes } from '../theorems/entry.ts';
import type { Bending } from './bend.ts';
import { drawnLetters, type Letters } from './letters.ts';
import type { Residual } from './residual.ts';
import { isNumber, valueOf, type Size } from './size.ts';
import { tried, type Trial } from './trial.ts';
import { twinNetworks } from './twin-networks.ts';
import type { Wide } from './wide.ts';

export const strategyNames = ['nonnegative', 'prelu', 'split', 'shift'] as const;
export type StrategyName = (typeof strategyNames)[number];

export function bendings({ layers }: Residual): readonly Bending[] {
  return layers.flatMap(({ bending }) => (bending === null ? [] : [bending]));
}

/** A number that stands for the size in a trial: its own where it is small. */
function small(size: Size, otherwise: number): number {
  const value = isNumber(size) ? valueOf(size, {}) : otherwise;
  return Math.min(value, 5);
}

/** Sizes at which the theorem is tried: its letters are free, so channels are few whatever the block says. */
function trialSizes(residual: Residual, random: Random): Readonly<Record<string, number>> {
  const { layers, shortcut, wide } = residual;
  const isEach = shortcut === 'identity' || shortcut === 'ahead';
  const upTo = (most: number): number => 1 + Math.floor(random.uniform() * most);
  const w = upTo(2);
  const gM = upTo(2);
  const isGrouped = layers.some(({ spec }) => spec.kind === 'grouped');
  const C = isGrouped ? w * upTo(2) : upTo(3);
  const sizes: Record<string, number> = { C, H: 3 + upTo(3), W: 2 + upTo(3), w, gM, gR: C / w };
  if (wide !== null) Object.assign(sizes, wideSizes(residual, wide), { N: upTo(3) });
  layers.forEach(({ spec, step }, k) => {
    const level = k + 1;
    const previous = k === 0 ? (shortcut === 'ahead' ? sizes['N'] : C) : sizes[`M${k}`];
    const isLast = level === layers.length;
    const own = isGrouped ? gM * w : upTo(4);
    const width = isLast && isEach ? C : own;
    sizes[`M${level}`] = spec.kind === 'dense' ? width : previous;
    // Every grouped layer has groups of as many channels here, whatever their letters.
    Object.assign(sizes, { [`w${level}`]: w, [`gM${level}`]: gM, [`gR${level}`]: C / w });
    const [rows, columns] = step.conv?.operation.kernel ?? [[], []];
    const [kh, kw] = spec.kernel === '1x1' ? [1, 1] : [small(rows, 3), small(columns, 3)];
    const stride = spec.strided && step.conv !== null ? small(step.conv.operation.stride, 2) : 1;
    const dilation = step.conv?.operation.dilation ?? 1;
    Object.assign(sizes, {
      [`kh${level}`]: kh,
      [`kw${level}`]: kw,
      [`ci${level}`]: Math.floor((kh - 1) / 2),
      [`cj${level}`]: Math.floor((kw - 1) / 2),
      [`dy${level}`]: dilation,
      [`dx${level}`]: dilation,
      [`sy${level}`]: stride,
      [`sx${level}`]: stride,
    });
  });
  // A branch that ends without a convolution of its own has as many channels as its shortcut.
  if (layers[layers.length - 1].spec.kind === 'identity' && isEach) {
    alignWidths(residual, sizes, C);
  }
  return sizes;
}

/** Of the shortcut's kernel and of the one that holds it and the layer's. */
function wideSizes({ shortcutSide }: Residual, { kernel, dilation }: Wide): Sizes {
  const [step] = shortcutSide.steps;
  const own = step.conv?.operation.kernel ?? kernel;
  const [ph, pw, kh, kw] = [...own, ...kernel].map((size) => small(size, 3));
  const centre = (taps: number): number => Math.floor((taps - 1) / 2);
  return {
    ...{ ph, pw, pi: centre(ph), pj: centre(pw) },
    ...{ kh, kw, ci: centre(kh), cj: centre(kw), dy: dilation, dx: dilation },
  };
}

/** The width of the last convolution over all channels, and of what follows it, is that of the output. */
function alignWidths({ layers }: Residual, sizes: Record<string, number>, width: number): void {
  for (let k = layers.length - 1; k >= 0; k--) {
    sizes[`M${k + 1}`] = width;
    if (layers[k].spec.kind === 'dense') return;
  }
}

/** Where every activation is the identity. */
function commonRange(residual: Residual): { readonly lower: number; readonly upper: number } {
  const ranges = bendings(residual).map(({ identity }) => identity);
  const lower = Math.max(-8, ...ranges.map((range) => range?.lower ?? -Infinity));
  const upper = Math.min(lower + 8, ...ranges.map((range) => range?.upper ?? Infinity));
  return { lower, upper };
}

/** Of what reserved channels hold, before a shift. */
function carriedRange(residual: Residual, name: StrategyName): readonly [number, number] {
  const { lower, upper } = commonRange(residual);
  if (name === 'nonnegative') return [lower, upper];
  return name === 'split' && Number.isFinite(upper) ? [-upper, upper] : [-2, 2];
}

/** The letters of a shortcut that is made ahead, such that its value is in range for inputs in [−2, 2]. */
function within(letters: Letters, residual: Residual, name: StrategyName): Letters {
  if (residual.shortcut !== 'ahead') return letters;
  const [lower, upper] = carriedRange(residual, name);
  const { N, ph, pw } = letters.sizes;
  const room = (upper - lower) / 4;
  // Weights are at most 1, scales 1.5.
  const factor = 2 ** Math.floor(Math.log2(room / (3 * N * ph * pw)));
  const addend = 2 ** Math.floor(Math.log2(room));
  return {
    ...letters,
    real: (letter, ...at) => {
      const value = letters.real(letter, ...at);
      if (letter === 'P') return value * factor;
      return letter === 'bp' ? (lower + upper) / 2 + value * addend : value;
    },
  };
}

/** Inputs within what the strategy assumes, as multiples of a sixteenth. */
function trialInput(
  residual: Residual,
  name: StrategyName,
  of: { readonly count: number; readonly random: Random },
): Float32Array {
  const { count, random } = of;
  // What is carried is the shortcut's value where it is made ahead.
  const [lower, upper] = residual.shortcut === 'ahead' ? [-2, 2] : carriedRange(residual, name);
  return Float32Array.from(
    { length: count },
    () => Math.round(random.between(lower, upper) * 16) / 16,
  );
}

/** The letters of a shift that moves [−2, 2] into the range. */
function shifted(letters: Letters, residual: Residual): Letters {
  const { lower, upper } = commonRange(residual);
  let a = 1;
  while (4 * a > upper - lower) a /= 2;
  return {
    ...letters,
    real: (name, ...at) => {
      if (name === 'a') return a;
      if (name === 'ainv') return 1 / a;
      return name === 'b' ? lower + 2 * a : letters.real(name, ...at);
    },
  };
}

function outputsOf({ layers, shortcut }: Residual, sizes: Letters['sizes']): number {
  const isEach = shortcut === 'identity' || shortcut === 'ahead';
  return isEach ? sizes['C'] : sizes[`M${layers.length}`];
}

/** Random networks of the theorem, on random inputs. */
export async function trials(
  residual: Residual,
  name: StrategyName,
  {
    kernels,
    count,
    seed,
  }: { readonly kernels: readonly Kernel[]; readonly count: number; readonly seed: number },
): Promise<readonly Trial[]> {
  const random = new Random(seed);
  const seen: Trial[] = [];
  for (let k = 0; k < count; k++) {
    const sizes = trialSizes(residual, random);
    const drawn = within(drawnLetters(sizes, random), residual, name);
    const letters = shifted(drawn, residual);
    const strategy = strategies[name];
    const pair = twinNetworks(residual, strategy, letters, outputsOf(residual, sizes));
    const values = sizes[residual.shortcut === 'ahead' ? 'N' : 'C'] * sizes['H'] * sizes['W'];
    const input = trialInput(residual, name, { count: values, random });
    seen.push(await tried(pair, input, kernels));
  }
  return seen;
}
