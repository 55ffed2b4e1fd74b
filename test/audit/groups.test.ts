/** Several grouped convolutions on one branch, each with groups of its own. */
import { expect, test } from 'vitest';
import { auditBlock } from '../../src/audit/audit.ts';
import { block } from '../../src/audit/block.ts';
import { auditTools } from './tools.ts';

const tools = await auditTools();

const twice = block(
  'two grouped',
  ({ x, conv, batchNorm, relu, add }) => {
    const narrow = relu(conv(x, { channels: 'M' }));
    const mixed = relu(batchNorm(conv(narrow, { kernel: 3, groups: 'G' })));
    const again = relu(conv(mixed, { groups: 'K' }));
    return add(x, conv(again, { channels: 'C' }));
  },
  { sizes: { C: 8, M: 16, G: 4, K: 8, H: 6, W: 6 } },
);

test('each has whole groups of reserved channels', async () => {
  const audit = await auditBlock(twice, tools);
  expect(audit.verdict).toBe('removable');
  const [addition] = audit.additions;
  const strategies = addition.kind === 'residual' ? addition.strategies : [];
  const assumed = strategies.map(({ strategy, status, needs }) => [
    strategy,
    status,
    needs.map(({ label }) => label),
  ]);
  expect(assumed).toEqual([
    ['nonnegative', 'proved', ['whole-groups', 'whole-groups-3', 'non-negative']],
    ['prelu', 'proved', ['whole-groups', 'whole-groups-3']],
    ['split', 'proved', []],
    ['shift', 'proved', ['in-range']],
  ]);
  for (const { trials } of strategies) {
    expect(trials.length).toBeGreaterThan(0);
    for (const { apart } of trials) expect(apart.gap).toBeLessThanOrEqual(apart.bound);
  }
  expect(audit.deployments).toHaveLength(4);
}, 180_000);
