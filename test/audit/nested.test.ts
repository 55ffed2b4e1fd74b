/** Sums inside the branches of others, and beside their shortcuts: removed one after the other. */
import { expect, test } from 'vitest';
import { additionsOf } from '../../src/audit/addition.ts';
import { auditBlock, type BlockAudit } from '../../src/audit/audit.ts';
import { block, type Block } from '../../src/audit/block.ts';
import { draw } from '../../src/audit/draw.ts';
import { smallNumbers } from '../../src/audit/numbers.ts';
import { residualRepVgg } from '../../src/blocks/catalogue/residual-rep-vgg.ts';
import { convert } from '../../src/convert/convert.ts';
import { verify } from '../../src/verify.ts';
import { built } from '../convert/support.ts';
import { auditTools } from './tools.ts';

const tools = await auditTools();

function orders({
  additions,
}: BlockAudit): readonly (readonly [string, string, readonly string[]])[] {
  return additions.map(({ kind, verdict, inner }) => [
    kind,
    verdict,
    inner.map(({ root, removal }) => `${root.name} by ${removal}`),
  ]);
}

/** By another road: drawn, converted, and compared by code that shares nothing with the theorems. */
async function expectConverted(of: Block): Promise<void> {
  const numbers = smallNumbers(of, { H: 5, W: 4 });
  if (numbers === null) throw new Error('no small sizes');
  const model = built(draw(of.output, { numbers, seed: 2 }));
  const options = {
    strategy: 'prelu',
    inputRange: null,
    foldBatchNorm: false,
    fuse: false,
  } as const;
  const conversion = built(convert(model, options));
  expect(conversion.kept).toEqual([]);
  expect((await verify(model, conversion.model)).verdict).toBe('proved');
}

test('RepVGG inside a residual block', async () => {
  const audit = await auditBlock(residualRepVgg, tools);
  expect(audit.verdict).toBe('removable');
  expect(orders(audit)).toEqual([
    ['parallel', 'removable', []],
    ['parallel', 'removable', []],
    ['residual', 'removable', ['add4 by one convolution', 'add2 by one convolution']],
  ]);
  await expectConverted(residualRepVgg);
});

test('a residual block inside another', async () => {
  const of = block('nested', ({ x, conv, depthwise, batchNorm, relu, add }) => {
    const start = relu(batchNorm(conv(x, { channels: 'M' })));
    const branch = conv(relu(batchNorm(depthwise(start, { kernel: 3 }))));
    const inner = relu(add(start, batchNorm(branch)));
    return add(x, batchNorm(conv(inner, { kernel: 3, channels: 'C' })));
  });
  const audit = await auditBlock(of, tools);
  expect(orders(audit)).toEqual([
    ['residual', 'removable', []],
    // What enters the inner block is behind a ReLU.
    ['residual', 'removable', ['add1 by nonnegative']],
  ]);
  await expectConverted(of);
});

test('passing channels inside a residual block', async () => {
  const of = block('passing', ({ x, conv, batchNorm, relu, add, concat, first, rest }) => {
    const wide = batchNorm(conv(x, { kernel: 3, channels: 'C - R' }));
    const mixed = concat(first(x, 'R'), add(wide, batchNorm(rest(x, 'R'))));
    return add(x, conv(relu(mixed), { kernel: 3 }));
  });
  const audit = await auditBlock(of, tools);
  expect(orders(audit)).toEqual([
    ['parallel', 'removable', []],
    ['residual', 'removable', ['concat1 by one convolution']],
  ]);
  await expectConverted(of);
});

test('two linear shortcuts beside a branch are one', async () => {
  const of = block('two shortcuts', ({ x, conv, batchNorm, relu, add }) => {
    const hidden = relu(batchNorm(conv(x, { kernel: 3 })));
    return add(add(x, batchNorm(conv(x))), conv(hidden, { kernel: 3 }));
  });
  const audit = await auditBlock(of, tools);
  expect(orders(audit)).toEqual([
    ['parallel', 'removable', []],
    ['residual', 'removable', ['add1 by one convolution']],
  ]);
  await expectConverted(of);
});

test('an inner sum that stays stands in the way of the outer', async () => {
  const of = block('stuck', ({ x, conv, tanh, relu, add }) => {
    const start = relu(conv(x));
    const inner = relu(add(start, conv(tanh(conv(start)))));
    return add(x, conv(inner));
  });
  const audit = await auditBlock(of, tools);
  expect(audit.verdict).toBe('not-removable');
  expect(orders(audit)).toEqual([
    ['residual', 'not-removable', []],
    ['unknown', 'undecided', []],
  ]);
});

test('sums of sums from one tensor stay one', () => {
  const of = block('one', ({ x, conv, batchNorm, scale, add, subtract }) =>
    add(x, scale(subtract(batchNorm(conv(x, { kernel: 3 })), add(batchNorm(x), conv(x))))),
  );
  expect(additionsOf(of)).toHaveLength(1);
});
