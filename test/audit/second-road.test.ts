/**
 * What an audit derives, by another road: networks drawn from the block are converted and compared by code that
 * shares nothing with the theorem, and counted.
 */
import { describe, expect, test } from 'vitest';
import { additionsOf } from '../../src/audit/addition.ts';
import { residualCost } from '../../src/audit/cost.ts';
import { draw } from '../../src/audit/draw.ts';
import { smallNumbers } from '../../src/audit/numbers.ts';
import { residualOf } from '../../src/audit/residual.ts';
import { textOf } from '../../src/audit/size.ts';
import { removable } from '../../src/blocks/catalogue.ts';
import { mergedKernel } from '../../src/theorems/blocks/parallel.ts';
import { passingKernel } from '../../src/theorems/blocks/rm-rep-vgg.ts';
import { drawnLetters, numberOf } from '../../src/audit/letters.ts';
import { parallelOf } from '../../src/audit/parallel.ts';
import { Random } from '../../src/blocks/random.ts';
import { convert } from '../../src/convert/convert.ts';
import { evaluator } from '../../src/formula/evaluate.ts';
import { formula } from '../../src/formula/language.ts';
import { int } from '../../src/logic/term.ts';
import type { Model } from '../../src/model/model.ts';
import { verify } from '../../src/verify.ts';
import { repVgg } from '../../src/blocks/catalogue/rep-vgg.ts';
import { rmRepVgg } from '../../src/blocks/catalogue/rm-rep-vgg.ts';

function weightsOf({ layers }: Model): number {
  return layers.reduce((sum, layer) => sum + (layer.kind === 'conv' ? layer.weight.length : 0), 0);
}

/** Blocks whose shortcut goes by giving activations slopes and bounds for each channel. */
const spared = removable.flatMap((block) =>
  additionsOf(block).flatMap((addition) => {
    const residual = residualOf(addition);
    const all = residual.ok ? residual.value.layers : [];
    const isSpared = all.every(({ bending }) => bending === null || bending.isPerChannel);
    return residual.ok && isSpared ? [{ name: block.name, block, residual: residual.value }] : [];
  }),
);

describe('blocks drawn, converted, and compared', () => {
  test('are those of all kinds', () => {
    expect(spared.length).toBeGreaterThanOrEqual(9);
  });

  test.each(spared)('$name', async ({ block, residual }) => {
    const numbers = smallNumbers(block, { H: 5, W: 4 });
    if (numbers === null) throw new Error('no small sizes');
    const original = draw(block.output, { numbers, seed: 3 });
    if (!original.ok) throw new Error(original.failure.reason);
    const converted = convert(original.value, {
      strategy: 'prelu',
      inputRange: null,
      foldBatchNorm: false,
      fuse: false,
    });
    if (!converted.ok) throw new Error(converted.failure.reason);
    expect(converted.value.kept).toEqual([]);
    const verdict = await verify(original.value, converted.value.model);
    expect(verdict.verdict).toBe('proved');
    // The costs' formulas, by mathjs, are the weights there really are.
    const { original: before, plain: after } = residualCost(residual, 'prelu');
    const value = (text: string): number =>
      evaluator(formula(text), { symbols: numbers, functions: {} })({});
    expect(value(textOf(before.weights))).toBe(weightsOf(original.value));
    expect(value(textOf(after.weights))).toBe(weightsOf(converted.value.model));
  });
});

/** Those whose branches the audit finds to be one convolution: `plainproof convert` writes it. */
const deployed = removable.filter((block) => additionsOf(block).every((sum) => parallelOf(sum).ok));

test('ten blocks of the catalogue are sums of linear branches', () => {
  expect(deployed).toHaveLength(10);
});

test.each(deployed)('$name is deployed as one convolution', async (block) => {
  const numbers = smallNumbers(block, { H: 5, W: 4 });
  if (numbers === null) throw new Error('no small sizes');
  const original = draw(block.output, { numbers, seed: 1 });
  if (!original.ok) throw new Error(original.failure.reason);
  const converted = convert(original.value, {
    strategy: 'auto',
    inputRange: null,
    foldBatchNorm: true,
    fuse: true,
  });
  if (!converted.ok) throw new Error(converted.failure.reason);
  const kinds = converted.value.model.layers.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind !== 'relu')).toEqual(['conv']);
  const verdict = await verify(original.value, converted.value.model);
  expect(verdict.verdict).toBe('proved');
});

test('RM-RepVGG of ratio 0 is RepVGG, weight by weight', () => {
  const [passing, plain] = [rmRepVgg, repVgg].map((block) => {
    const found = parallelOf(additionsOf(block)[0]);
    if (!found.ok) throw new Error(found.hindrance.reason);
    return found.value;
  });
  const sizes = { C: 3, kh: 3, kw: 3, ci: 1, cj: 1, R: 0 };
  const letters = drawnLetters(sizes, new Random(1));
  // The batch norms of the two blocks have letters of their own: the k-th scale is the k-th in both.
  const scales = [passing, plain].map(({ operands }) =>
    operands.map(({ side }) => `s${side.nodes[side.nodes.length - 1].id}`),
  );
  const shared = {
    ...letters,
    real: (name: string, ...at: readonly number[]): number => {
      const [first, second] = scales.map((names) => names.indexOf(name));
      const k = Math.max(first, second);
      return k < 0 ? letters.real(name, ...at) : letters.real(`scale${k}`, ...at);
    },
  };
  const kernels = [
    passingKernel(passing.branches),
    mergedKernel(plain.branches, { strided: false, grouped: true }),
  ];
  for (let o = 0; o < 3; o++) {
    for (let c = 0; c < 3; c++) {
      for (let tap = 0; tap < 9; tap++) {
        const at = { ...shared, sizes: { ...sizes, index: o } };
        const [a, b] = kernels.map((kernel) =>
          numberOf(kernel(int(o), int(c), int(Math.floor(tap / 3)), int(tap % 3)), at),
        );
        expect(a).toBe(b);
      }
    }
  }
});
