/** What the converter makes of a block at its own sizes, and what that needs. */
import { expect, test } from 'vitest';
import { auditBlock } from '../../src/audit/audit.ts';
import { block } from '../../src/audit/block.ts';
import { basicBlock } from '../../src/blocks/catalogue/basic-block.ts';
import { mobileOne } from '../../src/blocks/catalogue/mobile-one.ts';
import { auditTools } from './tools.ts';

const tools = await auditTools();

test('the peak of activations, by hand', async () => {
  const tensor = 4 * 64 * 56 * 56;
  const basic = await auditBlock(basicBlock, tools);
  const peaks = basic.deployments.map(({ removal, peak }) => [removal, peak.original, peak.plain]);
  // The input, and a convolution's result beside its batch norm's; then twice or thrice the channels.
  expect(peaks).toEqual([
    ['nonnegative', 3 * tensor, 4 * tensor],
    ['prelu', 3 * tensor, 4 * tensor],
    ['split', 3 * tensor, 6 * tensor],
    ['shift', 3 * tensor, 4 * tensor],
  ]);
  // One convolution reads its input and writes its result.
  const { deployments } = await auditBlock(mobileOne, tools);
  expect(deployments.map(({ peak }) => peak.plain)).toEqual([2 * tensor]);
});

test('how long both take is measured where it is asked for', async () => {
  const small = block(
    'small',
    ({ x, conv, relu, add }) => add(x, conv(relu(conv(x, { kernel: 3 })), { kernel: 3 })),
    { sizes: { C: 4, H: 8, W: 8 } },
  );
  const { deployments } = await auditBlock(small, tools, { latency: true });
  expect(deployments).toHaveLength(4);
  for (const { latency } of deployments) {
    expect(latency?.kernel).toBe('wasm');
    expect(latency?.ratio).toBeGreaterThan(0);
  }
});

test('sizes that are no network’s, or beyond drawing, are passed over', async () => {
  const of = (sizes: Record<string, number>): Promise<number> =>
    auditBlock(
      block(
        'sized',
        ({ x, conv, relu, add }) => add(x, conv(relu(conv(x, { kernel: 3, groups: 'g' })), {})),
        { sizes },
      ),
      tools,
    ).then(({ deployments }) => deployments.length);
  expect(await of({ C: 8, g: 2 })).toBeGreaterThan(0);
  expect(await of({ C: 8, g: 3 })).toBe(0);
  expect(await of({ C: 65536, g: 1 })).toBe(0);
});

test('a block without an addition has nothing to remove', async () => {
  const plain = block('plain', ({ x, conv, relu }) => relu(conv(x, { kernel: 3 })));
  const audit = await auditBlock(plain, tools);
  expect(audit).toMatchObject({ verdict: 'plain', additions: [], deployments: [] });
});
