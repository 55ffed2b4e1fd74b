/**
 * Every step of a numbering cites a theorem, and every theorem cited is in the library, which
 * test/theorems/library.test.ts proves as a whole.
 */
import { describe, expect, test } from 'vitest';
import { resnet } from '../../src/blocks/resnet.ts';
import { prove } from '../../src/equivalence/prove.ts';
import { citations } from '../../src/equivalence/steps.ts';
import { everything } from '../../src/equivalence/interval.ts';
import { catalogue } from '../../src/theorems/catalogue.ts';

const names = new Set(catalogue.map(({ name }) => name));

describe('each kind of step', () => {
  test.each(Object.entries(citations))('%s cites theorems of the library', (_, cited) => {
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter((name) => !names.has(name))).toEqual([]);
  });
});

test('a proof names the theorems of the steps it took, and no others', () => {
  const model = resnet(18, { seed: 1, stages: 1, image: { height: 32, width: 32 } });
  const twin = resnet(18, { seed: 1, stages: 1, image: { height: 32, width: 32 } });
  if (!model.ok || !twin.ok) throw new Error('the network is not built');
  const attempt = prove(model.value, twin.value, { inputRange: everything, maxUlps: 16 });
  if (attempt.kind !== 'equal') throw new Error('a model is not equal to itself');
  expect(attempt.theorems).toContain('batch-norm-affine');
  expect(attempt.theorems).toContain('max-pool-zero-padding');
  expect(attempt.theorems).not.toContain('clip-as-relus');
  expect(attempt.theorems.filter((name) => !names.has(name))).toEqual([]);
});
