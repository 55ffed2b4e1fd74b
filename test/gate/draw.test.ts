/** The same seed draws the same networks on any machine, whatever else is drawn. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { modelChunks } from '../../src/formats/onnx/write.ts';
import { families, usualSizes, type Family } from '../../src/networks/choice.ts';
import { drawRecipe } from '../../src/networks/draw.ts';
import { drawNetwork } from '../../src/networks/network.ts';

const drawing = { families, sizes: usualSizes, seed: 1 };

function digestOf(indices: readonly number[]): string {
  const hash = createHash('sha256');
  for (const k of indices) {
    const chunks = modelChunks(drawNetwork(drawRecipe(drawing, k)).original);
    if (!chunks.ok) throw new Error(chunks.failure.reason);
    for (const chunk of chunks.value) hash.update(chunk);
  }
  return hash.digest('hex');
}

test('the first forty networks are these, to the last bit', () => {
  const first = Array.from({ length: 40 }, (_, k) => k);
  expect(digestOf(first)).toBe('e655cf6f0071e74609ab71308aac966416cde8bf2516f333f96d8c36a21eed1e');
});

test('every other network is of one family, in turn', () => {
  const alone = families.map((_, k) => {
    const { blocks } = drawRecipe(drawing, 2 * k);
    return [...new Set(blocks.map(({ family }) => family))];
  });
  expect(alone).toEqual(families.map((family) => [family]));
});

test('only what is asked for is drawn, and none larger', () => {
  const of: readonly Family[] = ['basic', 'repVgg'];
  const sizes = { channels: 2, blocks: 1, image: 4 };
  for (let k = 0; k < 60; k++) {
    const { blocks, stem, image } = drawRecipe({ families: of, sizes, seed: 5 }, k);
    expect(blocks).toHaveLength(1);
    expect(of).toContain(blocks[0].family);
    expect(Math.max(stem.channels, blocks[0].width)).toBeLessThanOrEqual(2);
    expect(Math.max(image.height, image.width)).toBeLessThanOrEqual(4);
  }
});

test('no network is drawn twice, by one seed or by several', () => {
  const recipes = [0, 1, 2].flatMap((seed) =>
    Array.from({ length: 300 }, (_, k) => JSON.stringify(drawRecipe({ ...drawing, seed }, k))),
  );
  expect(new Set(recipes).size).toBe(recipes.length);
});
