/** Blocks that come as files: their counts of channels as letters, cut and joined. */
import { describe, expect, test } from 'vitest';
import { auditBlock } from '../../src/audit/audit.ts';
import { draw } from '../../src/audit/draw.ts';
import { blockOf } from '../../src/audit/from-model.ts';
import { textOf } from '../../src/audit/size.ts';
import { removable } from '../../src/blocks/catalogue.ts';
import { rmRepVgg } from '../../src/blocks/catalogue/rm-rep-vgg.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { built, Sketch } from '../convert/support.ts';
import { auditTools } from './tools.ts';

const tools = await auditTools();

function passing(sizes: Record<string, number>): Model {
  return built(draw(rmRepVgg.output, { numbers: { ...sizes, H: 5, W: 4 }, seed: 1 }));
}

describe('RM-RepVGG as a file', () => {
  test.each([
    [{ C: 4, R: 1 }, ['C', 'M', 'C-M'], { C: 4, M: 1 }],
    [{ C: 6, R: 4 }, ['C', 'M', 'C-M'], { C: 6, M: 4 }],
    // As many pass as do not: then they are half of all.
    [{ C: 4, R: 2 }, ['C', 'C/2'], { C: 4 }],
  ] as const)('%j', async (sizes, letters, numbers) => {
    const block = built(blockOf(passing(sizes), 'file'));
    const texts = new Set(block.nodes.map(({ channels }) => textOf(channels).replaceAll(' ', '')));
    expect([...texts].sort()).toEqual([...letters].sort());
    expect(block.sizes).toEqual({ ...numbers, H: 5, W: 4 });
    const audit = await auditBlock(block, tools);
    expect(audit.verdict).toBe('removable');
    const [addition] = audit.additions;
    expect(addition.kind === 'parallel' && addition.audit.trials.length).toBe(3);
    expect(audit.deployments.map(({ removal }) => removal)).toEqual(['one convolution']);
  });
});

test.each(removable)('$name as a file is the block', (of) => {
  const numbers = {
    ...of.sizes,
    C: 16,
    M: 8,
    R: 4,
    S: 4,
    T: 3,
    G: 4,
    t: 2,
    n: 2,
    k: 3,
    s: 2,
    H: 6,
    W: 5,
  };
  const block = built(blockOf(built(draw(of.output, { numbers, seed: 1 })), 'file'));
  expect(block.mistakes).toEqual([]);
  expect(block.output.operation.kind).toBe(of.output.operation.kind);
});

type Draw = (s: Sketch, x: TensorId) => TensorId;

function pick(s: Sketch, name: string, x: TensorId, channels: readonly number[]): TensorId {
  return s.builder.add({ kind: 'select', name, inputs: [x], channels: Int32Array.from(channels) });
}

function concat(s: Sketch, ...inputs: readonly TensorId[]): TensorId {
  return s.builder.add({ kind: 'concat', name: 'cat', inputs });
}

const refused: readonly (readonly [string, RegExp, Draw])[] = [
  [
    'channels in the middle',
    /selection of channels other than the first/,
    (s, x) => pick(s, 'pick', x, [1, 2]),
  ],
  [
    'channels in another order',
    /selection of channels other than the first/,
    (s, x) => pick(s, 'pick', x, [1, 0]),
  ],
  [
    'as many channels by chance',
    /concatenation of 2·N channels where C \+ M are as many/,
    (s, x) =>
      s.add(
        'add',
        concat(s, x, s.conv('a', x, 2)),
        concat(s, s.conv('b', x, 3), s.conv('c', x, 3)),
      ),
  ],
];

test.each(refused)('%s: refused', (_, reason, drawn) => {
  const s = new Sketch(3);
  const model = s.done(drawn(s, s.input({ channels: 4, height: 5, width: 4 })));
  const block = blockOf(model, 'file');
  expect(block.ok ? '' : block.failure.reason).toMatch(reason);
});

test('a concatenation inside a branch is read, and undecided', async () => {
  const s = new Sketch(3);
  const x = s.input({ channels: 4, height: 5, width: 4 });
  const hidden = s.relu('relu', s.conv('a', x, 3));
  const model = s.done(s.add('add', x, s.conv('b', concat(s, x, hidden), 4)));
  const audit = await auditBlock(built(blockOf(model, 'file')), tools);
  expect(audit.verdict).toBe('undecided');
  expect(audit.additions).toMatchObject([
    { kind: 'unknown', reason: expect.stringMatching(/concatenation/) },
  ]);
});
