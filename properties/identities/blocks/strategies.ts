/** The strategies of src/theorems/blocks/strategy.ts in numbers: what reserved channels hold, and how it is bent. */
import type { LayerSpec } from '../../../src/model/layer.ts';
import { filled } from '../layer-networks.ts';
import type { Given, Letters } from '../letters.ts';
import { affine, epsilon, powerOfTwo, type Statistics } from './norms.ts';

export type StrategyName = 'nonnegative' | 'unit-norm' | 'prelu' | 'bounds' | 'split' | 'shift';

export interface Strategy {
  readonly name: StrategyName;
  /** Reserved channels. */
  readonly count: number;
  /** The channel that reserved channel k holds, and the sign with which it does. */
  readonly source: (k: number) => number;
  readonly sign: (k: number) => number;
  /** Of the first batch norm. */
  readonly norm: (k: number) => Statistics;
}

export function strategyOf(name: StrategyName, letters: Letters): Strategy {
  const C = letters.int('C');
  const isSplit = name === 'split';
  return {
    name,
    count: isSplit ? 2 * C : C,
    source: (k) => k % C,
    sign: (k) => (isSplit && k >= C ? -1 : 1),
    norm: (k) => {
      if (name === 'shift') return affine(letters.real('a', k), letters.real('b', k));
      if (name !== 'unit-norm') return affine(1, 0);
      const [gamma, beta, mean, r] = ['gamma', 'beta', 'mean', 'r'].map((letter) =>
        letters.real(letter, k),
      );
      return { gamma, beta, mean, inverseRoot: r };
    },
  };
}

const rectified: LayerSpec = { kind: 'relu', name: 'relu', inputs: [0] };

/** The original's activation: a clip where the block has an upper bound. */
export function bendOf(letters: Letters, isClipped: boolean): LayerSpec {
  if (!isClipped) return rectified;
  const [lower, upper] = [Float32Array.of(0), Float32Array.of(letters.real('top'))];
  return { kind: 'clip', name: 'clip', inputs: [0], lower, upper };
}

/** The converted layer's, of so many channels. */
export function convertedBend(
  { name, count }: Strategy,
  letters: Letters,
  of: { readonly channels: number; readonly isClipped: boolean },
): LayerSpec {
  const each = (reserved: number, own: number): Float32Array =>
    filled([of.channels], (k) => (k < count ? reserved : own));
  switch (name) {
    case 'prelu':
      return { kind: 'prelu', name: 'prelu', inputs: [0], slopes: each(1, 0) };
    case 'bounds': {
      // Its counterexample was asked for with 0 ≤ reach and 0 ≤ top: no layer has bounds the wrong way round.
      const reach = letters.real('reach');
      const [lower, upper] = [each(-reach, 0), each(reach, letters.real('top'))];
      return { kind: 'clip', name: 'clip', inputs: [0], lower, upper };
    }
    case 'nonnegative':
    case 'unit-norm':
    case 'split':
    case 'shift':
      return bendOf(letters, of.isClipped);
  }
}

/** Letters such that the strategy's hypotheses hold at most pixels, but not at all. */
export function determinedBy(name: StrategyName, letters: Letters, isClipped: boolean): Given {
  const signed = (k: number): number => {
    const value = letters.real('a', k);
    // A clip has little room.
    return powerOfTwo(value) * (value < 0 ? -1 : 1) * (isClipped ? 0.5 : 1);
  };
  const root = (k: number): number => powerOfTwo(letters.real('r', k));
  const top = isClipped ? { top: 48 + letters.real('top') } : {};
  switch (name) {
    case 'nonnegative':
      return { ...top, ...mostlyPositive(letters) };
    case 'unit-norm':
      return {
        ...mostlyPositive(letters),
        epsilon,
        r: root,
        variance: (k) => root(k) ** -2 - epsilon,
        gamma: (k) => 1 / root(k),
        beta: (k) => letters.real('mean', k),
      };
    case 'bounds':
      return { ...top, reach: 24 + letters.real('reach') };
    case 'shift':
      return {
        ...top,
        a: signed,
        ainv: (k) => 1 / signed(k),
        b: (k) => 24 + letters.real('b', k),
      };
    case 'prelu':
    case 'split':
      return top;
  }
}

/** An image with few negative pixels. */
function mostlyPositive(letters: Letters): Given {
  return {
    x: (...at) => {
      const value = letters.real('x', ...at);
      return value < -24 ? value : Math.abs(value);
    },
  };
}
