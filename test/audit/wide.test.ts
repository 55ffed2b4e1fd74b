/** Shortcuts that are convolutions of several taps: where their kernels go, and what that takes. */
import { expect, test } from 'vitest';
import type { AdditionAudit } from '../../src/audit/audit.ts';
import { auditBlock } from '../../src/audit/audit.ts';
import { block, type Block } from '../../src/audit/block.ts';
import type { Layers, Value } from '../../src/audit/block.ts';
import { printed } from '../../src/audit/size.ts';
import { agrees } from '../../src/audit/trial.ts';
import { auditTools } from './tools.ts';

const tools = await auditTools();

type Residual = Extract<AdditionAudit, { readonly kind: 'residual' }>;

async function residualOf(of: Block): Promise<Residual> {
  expect(of.mistakes).toEqual([]);
  const { additions } = await auditBlock(of, tools);
  const [addition] = additions;
  if (addition.kind !== 'residual') throw new Error(`${of.name} is ${addition.kind}`);
  return addition;
}

/** Strategies that are proved, their counterexamples and trials as they have to be. */
function proved({ strategies }: Residual): readonly string[] {
  return strategies.flatMap(({ strategy, status, needs, trials }) => {
    if (status !== 'proved') return [];
    expect(trials.length).toBeGreaterThan(0);
    for (const { apart, kernels } of trials) {
      expect(agrees(apart)).toBe(true);
      for (const { worstRatio } of kernels) expect(worstRatio).toBeLessThanOrEqual(1);
    }
    for (const { label, counterexample } of needs) {
      if (label === 'whole-groups') continue;
      expect(counterexample?.trial.apart.gap).toBeGreaterThan(1e-3);
    }
    return [strategy];
  });
}

function kernelOf({ residual: { wide } }: Residual): string | null {
  return wide === null ? null : wide.kernel.map(printed).join('×');
}

const basic =
  (kernel: number, stride: number, at: 'first' | 'last') =>
  ({ x, conv, batchNorm, relu, add }: Layers): Value => {
    const [a, b] = at === 'first' ? [stride, 1] : [1, stride];
    const hidden = relu(batchNorm(conv(x, { kernel: 3, channels: 'M', stride: a })));
    const branch = batchNorm(conv(hidden, { kernel: 3, channels: 'N', stride: b }));
    return relu(add(branch, batchNorm(conv(x, { kernel, channels: 'N', stride }))));
  };

test('a stride in the first layer: the shortcut is made in its rows', async () => {
  const audit = await residualOf(block('first', basic(5, 2, 'first')));
  expect(audit.residual.shortcut).toBe('ahead');
  expect(proved(audit)).toEqual(['nonnegative', 'prelu', 'split', 'shift']);
  expect(kernelOf(audit)).toBe('5×5');
  // Nothing says of what sign a convolution's values are.
  expect(audit.fact).toBeNull();
  expect(printed(audit.strategies[0].cost.reserved)).toBe('N');
});

test('a stride in the last layer: the shortcut is merged there', async () => {
  const audit = await residualOf(block('last', basic(5, 2, 'last')));
  expect(audit.residual.shortcut).toBe('wide');
  expect(proved(audit)).toEqual(['nonnegative', 'prelu', 'split']);
  expect(audit.strategies.find(({ strategy }) => strategy === 'shift')?.reason).toContain('zeros');
  expect(printed(audit.strategies[0].cost.plain.weights)).toBe('9·C·M + 25·C·N + 9·C² + 25·M·N');
});

test('a kernel between layers that are smaller, in the words of the issue', async () => {
  const of = block('small', ({ x, conv, batchNorm, relu, add }) =>
    add(batchNorm(conv(relu(batchNorm(conv(x))))), batchNorm(conv(x, { kernel: [3, 1] }))),
  );
  const audit = await residualOf(of);
  expect(kernelOf(audit)).toBe('3×1');
  expect(proved(audit)).toEqual(['nonnegative', 'prelu', 'split']);
});

test('a branch that starts and ends without a convolution of its own', async () => {
  const of = block('bare', ({ x, conv, depthwise, batchNorm, relu6, add }) => {
    const start = depthwise(relu6(batchNorm(x)), { kernel: 3 });
    return add(relu6(batchNorm(start)), conv(x, { kernel: 3 }));
  });
  const audit = await residualOf(of);
  expect(audit.residual.shortcut).toBe('wide');
  expect(proved(audit)).toEqual(['nonnegative', 'prelu', 'split']);
});

test('halves of a smooth activation, for every pixel that the shortcut reads', async () => {
  const of = block('smooth', ({ x, conv, batchNorm, gelu, add }) => {
    const hidden = gelu(batchNorm(conv(x, { kernel: 3, channels: 'M' })));
    return add(conv(hidden, { kernel: 3, channels: 'C' }), conv(x, { kernel: 3 }));
  });
  expect(proved(await residualOf(of))).toEqual(['split']);
});

test('ahead of groups and of a clip', async () => {
  const of = block('groups', ({ x, conv, batchNorm, relu6, add }) => {
    const wide = relu6(batchNorm(conv(x, { channels: 'M', stride: 2 })));
    const middle = relu6(batchNorm(conv(wide, { kernel: 3, groups: 'g' })));
    const branch = batchNorm(conv(middle, { channels: 'N' }));
    return add(branch, batchNorm(conv(x, { kernel: 3, channels: 'N', stride: 2 })));
  });
  const audit = await residualOf(of);
  expect(audit.residual.shortcut).toBe('ahead');
  expect(proved(audit)).toEqual(['nonnegative', 'prelu', 'split', 'shift']);
}, 60_000);

test('what no theorem is about is not guessed', async () => {
  const strided = block('strided within', ({ x, conv, batchNorm, relu, add }) => {
    const start = relu(batchNorm(conv(x, { channels: 'M' })));
    const middle = relu(conv(start, { kernel: 3, stride: 2 }));
    return add(conv(middle, { channels: 'C' }), conv(x, { kernel: 3, stride: 2 }));
  });
  const shifted = block('shifts around', ({ x, conv, batchNorm, relu, add }) => {
    const inner = batchNorm(conv(x, { channels: 'M' }));
    const branch = conv(relu(conv(inner, { kernel: 3, border: 'shift' })), { channels: 'C' });
    return add(branch, x);
  });
  for (const of of [strided, shifted]) {
    const { verdict, additions } = await auditBlock(of, tools);
    expect(verdict, of.name).toBe('undecided');
    expect(additions[0].kind).toBe('unknown');
  }
});
