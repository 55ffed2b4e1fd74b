/** Every block of the catalogue is audited anew; its report is the one that is written down. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditBlock, type BlockAudit } from '../../src/audit/audit.ts';
import type { Counterexample } from '../../src/audit/counterexample.ts';
import { failing, removable } from '../../src/blocks/catalogue.ts';
import { auditMarkdown } from '../../src/report/audit.ts';
import { auditRecord } from '../../src/report/audit-record.ts';
import { auditTools } from './tools.ts';

const reports = path.resolve(import.meta.dirname, '../../reports/audit');
const tools = await auditTools();

/** A counterexample of a sort that no rounding explains. */
function expectApart(found: Counterexample | null): void {
  expect(found?.trial.apart.gap).toBeGreaterThan(1e6 * (found?.trial.apart.bound ?? Infinity));
  for (const { gap } of found?.trial.kernels ?? []) expect(gap).toBeGreaterThan(1e-3);
}

function expectReport(audit: BlockAudit): void {
  const record = auditRecord(audit);
  const written = readFileSync(path.join(reports, `${record.slug}.md`), 'utf8');
  expect(auditMarkdown(record)).toBe(written);
}

/** The converter does what was proved. */
function expectDeployed({ additions, deployments }: BlockAudit): void {
  const proved = additions.flatMap((addition) =>
    addition.kind === 'residual'
      ? addition.strategies.flatMap((of) => (of.status === 'proved' ? [of.strategy] : []))
      : [],
  );
  const removals = proved.length === 0 ? ['one convolution'] : [...new Set(proved)];
  expect(deployments.map(({ removal }) => removal)).toEqual(removals);
  expect(deployments.every(({ latency }) => latency === null)).toBe(true);
}

describe('removable', () => {
  test.each(removable)('$name', async (block) => {
    expect(block.mistakes).toEqual([]);
    const audit = await auditBlock(block, tools);
    expect(audit.verdict).toBe('removable');
    for (const addition of audit.additions) {
      if (addition.kind !== 'residual') continue;
      for (const { status, needs, trials } of addition.strategies) {
        if (status !== 'proved') continue;
        expect(trials.length).toBeGreaterThan(0);
        for (const { kernels } of trials) {
          for (const { worstRatio } of kernels) expect(worstRatio).toBeLessThanOrEqual(1);
        }
        // Channels that are no whole groups have no network to be shown on.
        for (const { label, counterexample } of needs) {
          if (label !== 'whole-groups') expectApart(counterexample);
        }
      }
    }
    expectDeployed(audit);
    expectReport(audit);
  });
});

describe('not removable', () => {
  test.each(failing)('$name', async (block) => {
    expect(block.mistakes).toEqual([]);
    const audit = await auditBlock(block, tools);
    expect(audit.verdict).toBe('not-removable');
    const [addition] = audit.additions;
    const obstacle =
      addition.kind === 'obstacle' || addition.kind === 'residual' ? addition.obstacle : null;
    expectApart(obstacle?.counterexample ?? null);
    expectReport(audit);
  });

  test('each for a reason of its own', async () => {
    const audits = await Promise.all(failing.map((block) => auditBlock(block, tools)));
    const reasons = audits.map(({ additions: [addition] }) =>
      addition.kind === 'obstacle' || addition.kind === 'residual'
        ? addition.obstacle?.reason
        : null,
    );
    expect(new Set(reasons).size).toBe(failing.length);
  });
});
