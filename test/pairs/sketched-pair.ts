/** A pair from two drawings: the shortest way to write one down. */
import type { Model } from '../../src/model/model.ts';
import type { Expectation, Pair } from './pair.ts';
import { Sketch } from '../../src/networks/sketch.ts';

export interface Drawing {
  readonly name: string;
  readonly expected: Expectation;
  readonly note: string;
  readonly original: (sketch: Sketch) => Model;
  readonly converted: (sketch: Sketch) => Model;
  readonly inputRange?: Pair['inputRange'];
}

export function sketchedPair(drawing: Drawing): Pair {
  const { name, expected, note } = drawing;
  return {
    name,
    original: drawing.original(new Sketch()),
    converted: drawing.converted(new Sketch()),
    inputRange: drawing.inputRange ?? null,
    expected,
    note,
  };
}
