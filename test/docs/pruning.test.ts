/**
 * reports/pruning.md and its plots are what `npm run report:pruning` makes of what is counted today and of the
 * latencies kept: what is counted of the first network, and where PLAINPROOF_ALL_PAGES is set, as CI does, all and
 * the proofs.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { costsOf, slimmingsOf } from '../../scripts/pruning/count.ts';
import { costAt, pruningPage, slug } from '../../scripts/pruning/page.ts';
import { pruningPlot } from '../../scripts/pruning/plot.ts';
import {
  kernelsOf,
  placesOf,
  readPruningRecord,
  shares,
  subjects,
} from '../../scripts/pruning/record.ts';

const isAll = (process.env['PLAINPROOF_ALL_PAGES'] ?? '') !== '';
const record = readPruningRecord(readFileSync('reports/pruning.json', 'utf8'));
const hint = 'run `npm run report:pruning`';

function withoutProof<T extends { readonly proof: string | null }>(entry: T): T {
  return isAll ? entry : { ...entry, proof: null };
}

test.each(isAll ? subjects : [subjects[0]])(
  'what %s costs, pruned',
  { timeout: 240_000 },
  async (subject) => {
    const costs = record.costs.filter((cost) => cost.subject === subject);
    expect(await costsOf(subject, isAll)).toEqual(costs.map(withoutProof));
    const slimmings = record.slimmings.filter((slimming) => slimming.subject === subject);
    expect(await slimmingsOf(subject, isAll)).toEqual(slimmings.map(withoutProof));
  },
);

test('the page and the plots are those of the record', () => {
  expect(readFileSync('reports/pruning.md', 'utf8') === pruningPage(record) || hint).toBe(true);
  for (const subject of subjects) {
    const plot = readFileSync(`reports/pruning-${slug(subject)}.svg`, 'utf8');
    expect(plot === pruningPlot(record, subject) || hint).toBe(true);
  }
});

test('every small network was proved, and timed on every kernel', () => {
  for (const { share, proof } of record.costs) expect(proof === null).toBe(share === 1);
  for (const { proof } of record.slimmings) expect(proof).not.toBeNull();
  const kernels = kernelsOf(record);
  expect(kernels.length).toBeGreaterThan(1);
  for (const subject of subjects) {
    const timed = record.latencies.filter((latency) => latency.subject === subject);
    // All but the one that the others stand beside.
    expect(timed).toHaveLength(kernels.length * (placesOf(subject).length - 1));
    for (const { lowerQuartile, median, upperQuartile, rounds } of timed) {
      expect(rounds).toBeGreaterThan(3);
      expect(lowerQuartile).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(upperQuartile);
    }
  }
});

test('without shortcuts every layer has the width it was given, which the page says', () => {
  for (const subject of subjects) {
    for (const share of shares.filter((each) => each < 1)) {
      for (const way of ['plain', 'narrow'] as const) {
        expect(costAt(record, { subject, way, share }).tied).toBe(0);
      }
      const [alone, alike] = (['alone', 'alike'] as const).map((way) =>
        costAt(record, { subject, way, share }),
      );
      expect(alone.tied).toBeGreaterThan(0);
      expect(alone.macs).toBeGreaterThan(alike.macs);
    }
  }
});
