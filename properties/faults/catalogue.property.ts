/**
 * Claims about the faults themselves: there are many kinds, every kind fits somewhere, leaves the model it
 * is put into alone, and changes the function at some place. A fault that never changes anything would make
 * the soundness law easy. Expected: holds.
 */
import { describe, expect, test } from 'vitest';
import { parameterArrays } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { correctPairs } from '../../test/pairs/library.ts';
import { functionsApart } from '../soundness/apart.ts';
import { families, subject } from '../soundness/subject.ts';
import { faults } from './catalogue.ts';

interface Host {
  readonly model: Model;
  readonly inputRange: { readonly lower: number; readonly upper: number } | null;
}

const hosts: readonly Host[] = [
  ...families.flatMap((_, k) =>
    [0, 1, 2].map((round): Host => {
      const { converted, inputRange } = subject(5, k + round * families.length);
      return { model: converted, inputRange };
    }),
  ),
  ...correctPairs().flatMap(({ original, converted, inputRange }): Host[] => [
    { model: original, inputRange },
    { model: converted, inputRange },
  ]),
];

function contents(model: Model): string {
  const numbers = model.layers.flatMap((layer) =>
    parameterArrays(layer).map((values) => Array.from(values)),
  );
  return JSON.stringify([numbers, model]);
}

describe('kinds of fault', () => {
  test('are many, and have names of their own', () => {
    expect(faults.length).toBeGreaterThanOrEqual(30);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  test('stand for every bug of the list that can be an edit of a model', () => {
    const sources = faults.map(({ source }) => source).join(' ');
    for (const bug of [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 14, 15, 16, 17]) {
      expect(sources).toMatch(new RegExp(`bug ${bug}\\b`));
    }
    expect(sources).toContain('bugs 7, 13');
  });

  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', (_, fault) => {
    let tried = 0;
    for (const { model, inputRange } of hosts) {
      const places = fault.places(model);
      if (places.length === 0) continue;
      const before = contents(model);
      // The middle of the list, so that not always the first channel of the first layer is meant.
      const faulty = fault.inject(model, places[Math.floor(places.length / 2)]);
      expect(contents(model)).toBe(before);
      if (faulty === null) continue;
      tried += 1;
      const pair = { original: model, converted: faulty };
      if (functionsApart(pair, inputRange, tried) !== null) return;
    }
    expect.fail(`changed nothing in ${tried} models`);
  });
});
