/** Counts of channels in a file as letters: what is left of one beside another, and halves. */
import type { Layer } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import { letter, plus, scaled, type Size } from './size.ts';

const names = ['C', 'M', 'N', 'K', 'L', 'P', 'Q', 'R', 'T', 'U'];

/** Where channels are cut in two: so many of `whole` come first. */
interface Cut {
  readonly whole: number;
  readonly front: number;
}

/** How a selection cuts; null where it is neither the first channels nor all others. */
export function cutOf(model: Model, layer: Layer): Cut | null {
  if (layer.kind !== 'select') return null;
  const whole = shapeOf(model, layer.inputs[0]).channels;
  const { channels } = layer;
  const [first] = channels;
  if (channels.some((c, k) => c !== first + k)) return null;
  if (first === 0) return channels.length < whole ? { whole, front: channels.length } : null;
  return first + channels.length === whole ? { whole, front: first } : null;
}

/** Counts of channels as sizes: letters, and what is left of one beside another. */
export class Counts {
  readonly numbers: Record<string, number> = {};
  readonly #sizes = new Map<number, Size>();
  #letters = 0;

  of(channels: number): Size {
    const known = this.#sizes.get(channels);
    if (known !== undefined) return known;
    const own = names[this.#letters] ?? `M${this.#letters}`;
    this.#letters++;
    this.numbers[own] = channels;
    return this.set(channels, letter(own));
  }

  /** The size that goes by the count from now on, which is the given one unless there is one already. */
  set(channels: number, size: Size): Size {
    const known = this.#sizes.get(channels) ?? size;
    this.#sizes.set(channels, known);
    return known;
  }

  /** The first part and the rest. */
  cut({ whole, front }: Cut): readonly [Size, Size] {
    const all = this.of(whole);
    if (2 * front === whole) {
      const half = this.set(front, scaled(all, 1 / 2));
      return [half, half];
    }
    const first = this.of(front);
    return [first, this.set(whole - front, plus(all, scaled(first, -1)))];
  }
}
