/** The numbers of docs/floating-point.md are those of the computation, and this is as far off as it has to be. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { arrangements, drift, driftTable, recipes } from '../../src/theorems/floats/drift.ts';

test('docs/floating-point.md has the table', async () => {
  expect(await readFile('docs/floating-point.md', 'utf8')).toContain(driftTable());
});

test.each(arrangements)('σ² = fl(1 − ε) does not drift, by %s', (arrangement) => {
  const exact = recipes.filter(({ name }) => name.includes('fl(1−ε)'));
  expect(exact.length).toBe(2);
  for (const recipe of exact) expect(drift(recipe, arrangement, 1000)).toBe(0);
});

test.each(arrangements)('σ² = γ = 1 loses what the real numbers say, by %s', (arrangement) => {
  const taken = recipes.filter(({ name }) => name.startsWith('γ=σ²=1'));
  expect(taken.length).toBe(2);
  for (const recipe of taken) {
    const { epsilon } = recipe.block(0);
    const real = 1 - (1 + epsilon) ** -500;
    // The sum, the root, its inverse, the product with γ, and the product with the value round each time.
    expect(Math.abs(drift(recipe, arrangement, 1000) - real)).toBeLessThan(1000 * 6 * 2 ** -24);
  }
});

test.each(arrangements)('γ = √(σ² + ε), β = μ is not exact, by %s', (arrangement) => {
  const [undone] = recipes.filter(({ name }) => name.startsWith('γ=√'));
  expect(drift(undone, arrangement, 1)).toBeGreaterThan(0);
});
