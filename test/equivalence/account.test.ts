import { describe, expect, test } from 'vitest';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { convert } from '../../src/convert/convert.ts';
import type { LayerAccount } from '../../src/verdict/layers.ts';
import { verify } from '../../src/verify.ts';
import { built } from '../convert/support.ts';

const original = built(cifarResnet({ depth: 8, seed: 3 }));
const options = { strategy: 'auto', inputRange: null, fuse: false } as const;

async function accountOf(foldBatchNorm: boolean): Promise<ReadonlyMap<string, LayerAccount>> {
  const converted = built(convert(original, { ...options, foldBatchNorm }));
  const verdict = await verify(original, converted.model, { account: true });
  expect(verdict.verdict).toBe('proved');
  return new Map(verdict.account?.layers.map((layer) => [layer.layer, layer]));
}

function layer(account: ReadonlyMap<string, LayerAccount>, name: string): LayerAccount {
  const found = account.get(name);
  if (found === undefined) throw new Error(`no account of ${name}`);
  return found;
}

describe('a residual network without its shortcuts, batch norms folded', async () => {
  const account = await accountOf(true);

  test('the first convolution of a block carries the block’s input beside its own channels', () => {
    const { counts, runs, counterpart, standsFor } = layer(account, 'layer1.0.conv1');
    expect(counts.reserved).toBe(16);
    expect(counts.fused + counts.constant).toBe(16);
    expect(runs[0]).toMatchObject({ kind: 'reserved', first: 0, layer: 'relu', channel: 0 });
    expect(counterpart).toBe('layer1.0.bn1');
    expect(standsFor).toEqual(['layer1.0.conv1', 'layer1.0.bn1']);
  });

  test('the last convolution merges, and stands for the addition too', () => {
    const { counts, whole, standsFor } = layer(account, 'layer1.0.conv2');
    expect(counts.merged).toBe(16);
    expect(whole).toBe(true);
    expect(standsFor).toEqual(['layer1.0.conv2', 'layer1.0.bn2', 'layer1.0.add']);
  });

  test('rounding is that of folding, and cites the theorem', () => {
    const { ulps, theorems } = layer(account, 'layer1.0.conv1');
    expect(ulps).toBeGreaterThan(0);
    expect(ulps).toBeLessThan(1);
    expect(theorems).toContain('dirac-convolution');
  });
});

test('where batch norms stay, a convolution is the convolution it was, beside what it reserves', async () => {
  const account = await accountOf(false);
  const { counts, standsFor, ulps } = layer(account, 'layer1.0.conv1');
  expect(counts).toMatchObject({ reserved: 16, own: 16, fused: 0, merged: 0 });
  expect(standsFor).toEqual(['layer1.0.conv1']);
  expect(ulps).toBe(0);
});

test('a model is its own account: every layer stands for itself', async () => {
  const verdict = await verify(original, original, { account: true });
  for (const { layer: name, standsFor, whole } of verdict.account?.layers ?? []) {
    expect(standsFor).toEqual([name]);
    expect(whole).toBe(true);
  }
  expect(verdict.account?.roundings.counts.every((count) => count === 0)).toBe(true);
});

test('of two different models, the layers up to the difference are accounted for', async () => {
  const converted = built(convert(original, { ...options, foldBatchNorm: true })).model;
  const wrong = {
    ...converted,
    layers: converted.layers.map((layer) => {
      if (layer.kind !== 'conv' || layer.name !== 'layer2.0.conv2') return layer;
      const weight = layer.weight.slice();
      weight[5] += 1;
      return { ...layer, weight };
    }),
  };
  const verdict = await verify(original, wrong, { account: true });
  expect(verdict.verdict).toBe('refuted');
  const account = new Map(verdict.account?.layers.map((l) => [l.layer, l]));
  expect(layer(account, 'layer1.0.relu2').whole).toBe(true);
  expect(layer(account, 'layer2.0.conv2').counts).toMatchObject({ other: 1, merged: 31 });
});

test('without being asked, a verdict has none', async () => {
  expect(await verify(original, original)).not.toHaveProperty('account');
});
