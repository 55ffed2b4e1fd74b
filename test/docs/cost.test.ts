/**
 * reports/cost.md and its plots are what `npm run report:cost` makes of what is counted today and of the latencies
 * kept: what is counted at depth 18, and where PLAINPROOF_ALL_PAGES is set, as CI does, all depths and the proofs.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { costsOf } from '../../scripts/cost/count.ts';
import { blockActivationBytes, keptActivationBytes } from '../../scripts/cost/memory.ts';
import { costPage } from '../../scripts/cost/page.ts';
import { costAt } from '../../scripts/cost/place.ts';
import { costPlot } from '../../scripts/cost/plot.ts';
import { depths, readCostRecord } from '../../scripts/cost/record.ts';
import { basicBlock } from '../../src/blocks/basic-block.ts';
import { repVggBlock } from '../../src/blocks/rep-vgg-block.ts';
import { SeededNetwork } from '../../src/blocks/seeded-network.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { built } from '../blocks/support.ts';

const isAll = (process.env['PLAINPROOF_ALL_PAGES'] ?? '') !== '';
const record = readCostRecord(readFileSync('reports/cost.json', 'utf8'));

test.each(isAll ? depths : [depths[0]])(
  'the costs at depth %i',
  { timeout: 120_000 },
  async (depth) => {
    const kept = record.costs.filter((cost) => cost.depth === depth);
    const compared = isAll ? kept : kept.map((cost) => ({ ...cost, proof: null }));
    expect(await costsOf(depth, isAll)).toEqual(compared);
  },
);

test('the page and the plots are those of the record', () => {
  const hint = 'run `npm run report:cost`';
  expect(readFileSync('reports/cost.md', 'utf8') === costPage(record) || hint).toBe(true);
  for (const depth of depths) {
    const plot = readFileSync(`reports/cost-${depth}.svg`, 'utf8');
    expect(plot === costPlot(record, depth) || hint).toBe(true);
  }
});

test.each(depths)('at depth %i RM-RepVGG runs as RepVGG does, which the page says', (depth) => {
  const of = (network: 'RepVGG' | 'RM-RepVGG'): unknown => {
    const {
      parameters,
      macs,
      blockActivationBytes: blocks,
    } = costAt(record, {
      depth,
      network,
      form: 'deployed',
    });
    return { parameters, macs, blocks };
  };
  expect(of('RM-RepVGG')).toEqual(of('RepVGG'));
});

test('every kernel has a latency for every network but the ResNet and its own conversion’s training', () => {
  const kernels = new Set(record.latencies.map(({ kernel }) => kernel));
  expect(kernels.size).toBeGreaterThan(1);
  expect(record.latencies).toHaveLength(kernels.size * depths.length * 5);
  for (const { lowerQuartile, median, upperQuartile, rounds } of record.latencies) {
    expect(rounds).toBeGreaterThan(3);
    expect(lowerQuartile).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(upperQuartile);
  }
});

describe('activation memory, counted by hand', () => {
  /** 8 channels of 4×4 pixels behind the max pool: tensors of 512 bytes. */
  function behindPool(block: (network: SeededNetwork, x: TensorId) => TensorId): Model {
    const network = new SeededNetwork(1);
    const stem = network.conv('stem', network.image(3, { height: 8, width: 8 }), {
      channels: 8,
      kernel: 3,
    });
    return built(network.finish(block(network, network.maxPool('pool', stem))));
  }
  const unit = 8 * 4 * 4 * 4;
  /** What the stem's convolution reads, and what the pool does. */
  const stem = 3 * 8 * 8 * 4 + 8 * 8 * 8 * 4;
  const same = { channels: 8, stride: 1 };

  test('a basic block: the shortcut beside what the second convolution reads and writes', () => {
    const model = behindPool((network, x) => basicBlock(network, 'b', x, { ...same, gain: 1 }));
    expect(blockActivationBytes(model)).toBe(3 * unit);
    // Its input, both convolutions' results, both ReLUs'.
    expect(keptActivationBytes(model)).toBe(stem + 5 * unit);
  });

  test('a RepVGG block: its input beside two branches, the third in place', () => {
    const model = behindPool((network, x) => repVggBlock(network, 'b', x, { ...same, reserve: 0 }));
    expect(blockActivationBytes(model)).toBe(3 * unit);
    // Its input, which the identity's batch norm reads too, two convolutions' results, the ReLU's.
    expect(keptActivationBytes(model)).toBe(stem + 4 * unit);
  });

  test('half of the channels passing: selections and the concatenation are copies', () => {
    const model = behindPool((network, x) =>
      repVggBlock(network, 'b', x, { ...same, reserve: 0.5 }),
    );
    // The input, half selected, half summed; then both halves and the whole.
    expect(blockActivationBytes(model)).toBe(2 * unit);
    expect(keptActivationBytes(model)).toBe(stem + unit + 3 * (unit / 2) + unit);
  });

  test('one convolution after the other holds two tensors', () => {
    const model = behindPool((network, x) => {
      const first = network.relu('r', network.conv('c', x, { channels: 8, kernel: 3 }));
      return network.conv('d', first, { channels: 8, kernel: 3 });
    });
    expect(blockActivationBytes(model)).toBe(2 * unit);
  });
});
