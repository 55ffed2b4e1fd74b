/** Parsers for the values of options; what they throw becomes commander's usage error. */
import { InvalidArgumentError } from 'commander';
import { kernelNames, type KernelName } from '../kernels/kernel.ts';

export interface InputRange {
  readonly lower: number;
  readonly upper: number;
}

function finite(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError(`'${text}' is not a number.`);
  return value;
}

/** "0,1" → { lower: 0, upper: 1 }. */
export function inputRange(text: string): InputRange {
  const parts = text.split(',');
  if (parts.length !== 2) throw new InvalidArgumentError('Two numbers are needed, as in 0,1.');
  const [lower, upper] = parts.map(finite);
  if (lower > upper) throw new InvalidArgumentError(`${lower} is above ${upper}.`);
  return { lower, upper };
}

export function nonNegative(text: string): number {
  const value = finite(text);
  if (value < 0) throw new InvalidArgumentError('It must not be negative.');
  return value;
}

/** A number in [0, 1]. */
export function share(text: string): number {
  const value = nonNegative(text);
  if (value > 1) throw new InvalidArgumentError('It must not be above 1.');
  return value;
}

export function positiveInteger(text: string): number {
  const value = finite(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It must be a positive whole number.');
  }
  return value;
}

/** "wasm,cpu" → ['wasm', 'cpu'], each once. */
export function kernelList(text: string): readonly KernelName[] {
  const names = text.split(',').map((part) => {
    const name = kernelNames.find((known) => known === part.trim());
    if (name === undefined) {
      throw new InvalidArgumentError(`'${part}' is none of ${kernelNames.join(', ')}.`);
    }
    return name;
  });
  return [...new Set(names)];
}

export function nonNegativeInteger(text: string): number {
  const value = finite(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError('It must be a whole number that is not negative.');
  }
  return value;
}

/** A seed has 32 bits: a larger one would draw what another draws. */
export function seed(text: string): number {
  const value = nonNegativeInteger(text);
  if (value >= 2 ** 32) throw new InvalidArgumentError('It must be below 4294967296.');
  return value;
}

/** "2/4" → { index: 2, count: 4 }. */
export function shard(text: string): { readonly index: number; readonly count: number } {
  const [index, count, more] = text.split('/').map((part) => positiveInteger(part));
  if (count === undefined || more !== undefined || index > count) {
    throw new InvalidArgumentError('It must be a part and the number of parts, as in 2/4.');
  }
  return { index, count };
}
