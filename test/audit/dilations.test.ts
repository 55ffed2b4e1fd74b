/** Branches with kernels of several sizes and dilations: the one kernel that holds them, and trials of it. */
import { expect, test } from 'vitest';
import { auditBlock } from '../../src/audit/audit.ts';
import { block, type Block, type Layers, type Value } from '../../src/audit/block.ts';
import { printed } from '../../src/audit/size.ts';
import { agrees } from '../../src/audit/trial.ts';
import { auditTools } from './tools.ts';

const tools = await auditTools();

interface Merged {
  readonly kernel: string;
  readonly dilation: number;
}

/** The one convolution of a block that is proved and tried. */
async function mergedOf(of: Block): Promise<Merged> {
  expect(of.mistakes).toEqual([]);
  const { verdict, additions } = await auditBlock(of, tools);
  expect(verdict).toBe('removable');
  const [addition] = additions;
  if (addition.kind !== 'parallel') throw new Error(`${of.name} is ${addition.kind}`);
  const { audit, parallel } = addition;
  expect(audit.status).toBe('proved');
  expect(audit.trials.length).toBe(3);
  for (const { apart, kernels } of audit.trials) {
    expect(agrees(apart)).toBe(true);
    for (const { worstRatio } of kernels) expect(worstRatio).toBeLessThanOrEqual(1);
  }
  return { kernel: parallel.kernel.map(printed).join('×'), dilation: parallel.dilation };
}

type Draw = (layers: Layers) => Value;

const merged: readonly (readonly [string, Merged, Draw])[] = [
  [
    'the issue: 3×3 of dilation 2 beside 3×3',
    { kernel: '5×5', dilation: 1 },
    ({ x, conv, batchNorm, add }) =>
      add(batchNorm(conv(x, { kernel: 3 })), batchNorm(conv(x, { kernel: 3, dilation: 2 }))),
  ],
  [
    'dilations with a divisor in common keep it',
    { kernel: '7×7', dilation: 2 },
    ({ x, conv, add }) =>
      add(conv(x, { kernel: 3, dilation: 4 }), conv(x, { kernel: 3, dilation: 6 }), conv(x)),
  ],
  [
    'even kernels, of which the middle is not in the middle, with a stride',
    { kernel: '12×5', dilation: 1 },
    ({ x, conv, batchNorm, subtract }) =>
      subtract(
        batchNorm(conv(x, { kernel: [4, 1], dilation: 3, channels: 'M', stride: 's' })),
        conv(x, { kernel: 3, dilation: 2, channels: 'M', stride: 's' }),
      ),
  ],
  [
    'groups',
    { kernel: '5×5', dilation: 1 },
    ({ x, conv, add }) =>
      add(
        x,
        conv(x, { kernel: 3, dilation: 2, groups: 'g' }),
        conv(x, { groups: 'g' }),
        conv(x, { kernel: 2, groups: 'g' }),
      ),
  ],
  [
    'a letter for the kernel that is not dilated',
    { kernel: 'k×k', dilation: 3 },
    ({ x, conv, add }) => add(conv(x, { kernel: 'k', dilation: 3 }), conv(x)),
  ],
  [
    'channels that pass',
    { kernel: '5×5', dilation: 1 },
    ({ x, conv, add, rest, first, concat }) =>
      concat(
        first(x, 'R'),
        add(
          rest(x, 'R'),
          conv(x, { kernel: 3, dilation: 2, channels: 'C - R' }),
          conv(x, { kernel: 3, channels: 'C - R' }),
        ),
      ),
  ],
  [
    'copies of a kernel that is not the largest',
    { kernel: '5×5', dilation: 1 },
    ({ x, conv, batchNorm, repeat, add }) =>
      add(
        repeat('n', () => batchNorm(conv(x, { kernel: 3, dilation: 2 }))),
        repeat('m', () => batchNorm(conv(x, { kernel: 3 }))),
      ),
  ],
  [
    'layers in a row of which the last is not the largest',
    { kernel: '5×5', dilation: 1 },
    ({ x, conv, batchNorm, averagePool, add }) => {
      const inner = batchNorm(conv(x, { channels: 'M' }));
      const last = conv(inner, { kernel: 3, dilation: 2, border: 'shift', channels: 'C' });
      const pool = averagePool(batchNorm(conv(x)), { kernel: 3, border: 'shift' });
      return add(batchNorm(last), batchNorm(pool), batchNorm(conv(x, { kernel: 3 })));
    },
  ],
];

test.each(merged)('%s', async (name, expected, draw) => {
  expect(await mergedOf(block(name, draw))).toEqual(expected);
});

const undecided: readonly (readonly [string, RegExp, Draw])[] = [
  [
    'a dilated kernel of a size in letters',
    /whether a letter is odd/,
    ({ x, conv, add }) => add(conv(x, { kernel: 'k', dilation: 2 }), conv(x, { kernel: 3 })),
  ],
  [
    'two letters',
    /largest depends on letters/,
    ({ x, conv, add }) => add(conv(x, { kernel: 'k' }), conv(x, { kernel: 3, dilation: 2 })),
  ],
];

test.each(undecided)('%s: not guessed', async (name, reason, draw) => {
  const { verdict, additions } = await auditBlock(block(name, draw), tools);
  expect(verdict).toBe('undecided');
  expect(additions).toMatchObject([{ kind: 'unknown', reason: expect.stringMatching(reason) }]);
});
