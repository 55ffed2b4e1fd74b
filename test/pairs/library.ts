/** Every pair, in one list for the verifier's tests and one for whoever wants the wrong ones alone. */
import { basicBlockPairs } from './correct/basic-block.ts';
import type { Pair } from './pair.ts';

export function correctPairs(): Pair[] {
  return [...basicBlockPairs()];
}

/** Each original of the correct pairs, against itself. */
export function selfPairs(): Pair[] {
  return correctPairs().map((pair) => ({
    ...pair,
    name: `${pair.name}-itself`,
    converted: pair.original,
    expected: 'exact',
    note: 'a model against itself',
  }));
}
