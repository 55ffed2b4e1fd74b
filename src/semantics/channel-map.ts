/**
 * Layers that treat every pixel alone: one real function per channel, and a bound for it.
 *
 * A kind of layer gives, for a channel, `value` (x ↦ f(x)) and `error` (x, e) ↦ a bound on
 * |f̂(x) − f(t)| for every t with |x − t| ≤ e, f̂ being f evaluated in the arithmetic asked for.
 */
import { elements } from '../model/shape.ts';
import type { Operand } from './operand.ts';
import { outward } from './rounding.ts';

export interface ChannelMap {
  readonly value: (x: number) => number;
  readonly error: (x: number, e: number) => number;
}

/** No `error` below takes more than this many roundings. */
const roundings = 24;

export function mapChannels(input: Operand, of: (channel: number) => ChannelMap): Float64Array {
  const result = new Float64Array(elements(input.shape));
  const area = input.shape.height * input.shape.width;
  for (let c = 0; c < input.shape.channels; c++) {
    const { value } = of(c);
    for (let k = c * area; k < (c + 1) * area; k++) result[k] = value(input.values[k]);
  }
  return result;
}

export function mapChannelErrors(
  input: Operand,
  of: (channel: number) => ChannelMap,
): Float64Array {
  const result = new Float64Array(elements(input.shape));
  const area = input.shape.height * input.shape.width;
  const up = outward(roundings);
  for (let c = 0; c < input.shape.channels; c++) {
    const { error } = of(c);
    for (let k = c * area; k < (c + 1) * area; k++) {
      result[k] = up * error(input.values[k], input.errors === null ? 0 : input.errors[k]);
    }
  }
  return result;
}
