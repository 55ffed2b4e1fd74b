/** What goes together, what ties, and what a plan or a share may ask for. */
import { describe, expect, test } from 'vitest';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { mobilenetV2 } from '../../src/blocks/mobilenet-v2.ts';
import { convert } from '../../src/convert/convert.ts';
import { describeFailure } from '../../src/model/failure.ts';
import type { Model } from '../../src/model/model.ts';
import { planOf } from '../../src/prune/plan.ts';
import { prune, type PruneOptions, type Pruning } from '../../src/prune/prune.ts';
import { verify } from '../../src/verify.ts';
import { built, norm, plan, Sketch, width } from './support.ts';

async function proved(model: Model, options: PruneOptions): Promise<Pruning> {
  const pruning = built(prune(model, options));
  expect((await verify(pruning.masked, pruning.small)).verdict).toBe('proved');
  return pruning;
}

/** Ahead and behind an addition, and beside it. */
function residual(): Model {
  const s = new Sketch(5);
  const input = s.input({ channels: 3, height: 5, width: 5 });
  const x = s.relu('relu0', s.conv('stem', input, 4, { kernel: 3, bias: true }));
  const inner = s.relu('relu1', s.conv('inner', x, 6, { kernel: 3 }));
  const sum = s.add('add', s.conv('outer', inner, 4, { kernel: 3 }), x);
  return s.done(s.conv('head', s.relu('relu2', sum), 2));
}

describe('an addition', () => {
  test('keeps channels on which its operands do not agree', async () => {
    const options = plan('zero', { stem: [0, 1, 2], inner: [1, 4], outer: [0, 3] });
    const { small, kept, ties } = await proved(residual(), { plan: options });
    expect([width(small, 'stem'), width(small, 'outer'), width(small, 'inner')]).toEqual([4, 4, 2]);
    const obstacle = { kind: 'varies', layer: 'add' };
    expect(kept).toEqual([
      { layer: 'stem', channels: [3], obstacle },
      { layer: 'outer', channels: [1, 2], obstacle },
    ]);
    const layers = ['stem', 'outer'];
    expect(ties).toEqual([{ layers, at: ['add'], channels: 4, pruned: 0 }]);
  });

  test('lets those go on which they do', async () => {
    const options = plan('zero', { stem: [0, 2], outer: [0, 2, 3] });
    const { small, ties } = await proved(residual(), { plan: options });
    expect([width(small, 'stem'), width(small, 'outer')]).toEqual([3, 3]);
    expect(ties.map(({ pruned }) => pruned)).toEqual([1]);
  });

  test('removed, ties nothing any more', async () => {
    const options = {
      strategy: 'auto',
      inputRange: null,
      foldBatchNorm: true,
      fuse: false,
    } as const;
    const { model } = built(convert(residual(), options));
    const { small, kept, ties } = await proved(model, {
      plan: plan('zero', { stem: [0, 1, 2], inner: [2], outer: [0, 3] }),
    });
    expect(['stem', 'inner', 'outer'].map((name) => width(small, name))).toEqual([3, 1, 2]);
    expect([kept, ties]).toEqual([[], []]);
  });
});

describe('layers of groups', () => {
  function grouped(groups: number): Model {
    const s = new Sketch(6);
    const x = s.conv('stem', s.input({ channels: 2, height: 4, width: 5 }), 6);
    const deep = s.conv('deep', s.relu('relu', x), 12, { kernel: 3, groups, bias: true });
    return s.done(s.conv('head', s.prelu('prelu', deep), 3));
  }

  test('a depthwise convolution follows what it reads', async () => {
    const { small, pruned } = await proved(grouped(6), { plan: plan('zero', { stem: [1, 5] }) });
    expect(pruned).toEqual([
      { layer: 'stem', before: 6, after: 2 },
      { layer: 'deep', before: 12, after: 4 },
    ]);
    expect(small.layers.find(({ name }) => name === 'deep')).toMatchObject({ groups: 2 });
  });

  test('what a depthwise convolution reads follows it', async () => {
    const keep = { deep: [0, 1, 2, 3, 4, 8] };
    const { small, kept } = await proved(grouped(6), { plan: plan('zero', keep) });
    // Channels 2 and 4 of the stem are each read by one that stays, 3 and 5 by none.
    expect([width(small, 'stem'), width(small, 'deep')]).toEqual([4, 8]);
    expect(kept.map(({ channels }) => channels)).toEqual([[5, 9]]);
  });

  test('groups stay equally wide', async () => {
    const keep = { stem: [0, 1, 3], deep: [0, 1, 6] };
    const { small, kept } = await proved(grouped(2), { plan: plan('zero', keep) });
    expect([width(small, 'stem'), width(small, 'deep')]).toEqual([4, 4]);
    expect(kept.map(({ obstacle }) => obstacle.kind)).toEqual(['groups', 'groups']);
  });

  test('a group may go as a whole', async () => {
    const keep = { stem: [3, 5], deep: [6, 7, 8, 9] };
    const { small } = await proved(grouped(2), { plan: plan('zero', keep) });
    expect(small.layers.find(({ name }) => name === 'deep')).toMatchObject({ groups: 1 });
  });
});

test('behind an opaque function nothing is taken for a constant', () => {
  const s = new Sketch(7);
  const x = s.conv('stem', s.input({ channels: 2, height: 4, width: 4 }), 3);
  const spec = { kind: 'opaque', function: 'sigmoid', alpha: 0, beta: 0 } as const;
  const y = s.builder.add({ ...spec, name: 'sigmoid', inputs: [x] });
  const model = s.done(s.conv('head', y, 2));
  const { kept } = built(prune(model, { plan: plan('zero', { stem: [0, 1] }) }));
  const obstacle = { kind: 'opaque', layer: 'sigmoid' };
  expect(kept).toEqual([{ layer: 'stem', channels: [2], obstacle }]);
});

describe('slimming', () => {
  function chain(): Model {
    const s = new Sketch(8);
    const input = s.input({ channels: 2, height: 4, width: 4 });
    const first = { scale: [0.5, -0.125, 0.25, 1], offset: [1, -1, -1, -1] };
    const x = s.relu('relu1', norm(s, 'bn1', s.conv('one', input, 4), first));
    const second = { scale: [0.125, 0.25, -0.0625], offset: [0.5, 0.25, 1] };
    const y = s.relu('relu2', norm(s, 'bn2', s.conv('two', x, 3), second));
    return s.done(s.conv('head', y, 2));
  }

  const ranks: readonly (readonly [number, readonly number[], readonly number[]])[] = [
    [0, [0, 1, 2, 3], [0, 1, 2]],
    [0.15, [0, 1, 2, 3], [0, 1]],
    // Of two of size 1/8 the earlier layer's goes first, of two of 1/4 too.
    [0.29, [0, 2, 3], [0, 1]],
    [0.43, [0, 2, 3], [1]],
    [0.58, [0, 3], [1]],
    // The last of a layer stays, and none goes in its place.
    [0.86, [3], [1]],
    [1, [3], [1]],
  ];

  test.each(ranks)('a share of %d', async (share, one, two) => {
    const { plan: last, kept } = await proved(chain(), { slim: share });
    expect(kept).toEqual([]);
    expect(last.keep.get('one') ?? [0, 1, 2, 3]).toEqual(one);
    expect(last.keep.get('two') ?? [0, 1, 2]).toEqual(two);
  });

  test('needs a batch norm to rank by', () => {
    const result = prune(residual(), { slim: 0.5 });
    expect(result).toMatchObject({ ok: false, failure: { code: 'bad-attribute' } });
  });
});

describe('whole networks, after RM', () => {
  test('a ResNet, with batch norms, slimmed', async () => {
    const options = {
      strategy: 'auto',
      inputRange: null,
      foldBatchNorm: false,
      fuse: false,
    } as const;
    const network = built(cifarResnet({ depth: 20, seed: 2, image: { height: 8, width: 8 } }));
    const { model } = built(convert(network, options));
    const zero = await proved(model, { slim: 0.5, masked: 'zero' });
    expect(zero.kept).toEqual([]);
    const offset = await proved(model, { slim: 0.5 });
    // Padded 3×3 everywhere: of positive offsets nothing goes.
    expect(offset.kept.length).toBeGreaterThan(5);
    expect(offset.pruned.length).toBeGreaterThan(5);
  });

  test('MobileNetV2, fused, half of all channels of all layers', async () => {
    const image = { height: 32, width: 32 };
    const network = built(mobilenetV2({ seed: 3, width: 0.35, image, classes: 10 }));
    const options = {
      strategy: 'prelu',
      inputRange: null,
      foldBatchNorm: true,
      fuse: true,
    } as const;
    const { model } = built(convert(network, options));
    const convs = model.layers.filter((layer) => layer.kind === 'conv' && layer.groups === 1);
    const keep = convs.map(({ name }) => {
      const half = Math.ceil(width(model, name) / 2);
      return [
        name,
        Array.from({ length: half }, (_, k) => 2 * k).filter((c) => c < width(model, name)),
      ];
    });
    const options2 = { plan: plan('zero', Object.fromEntries(keep)) };
    const { small, kept } = await proved(model, options2);
    expect(kept).toEqual([]);
    for (const { name } of convs)
      expect(width(small, name)).toBe(Math.ceil(width(model, name) / 2));
  });
});

const misfits: readonly (readonly [unknown, string])[] = [
  [[], 'm: a plan is a JSON object'],
  [{ keep: {}, drop: {} }, 'm: a plan has no "drop"'],
  [{ masked: 'zero' }, 'm: keep: an object is needed, with channels by layer'],
  [{ masked: 'gamma', keep: {} }, 'm: masked: "gamma" is none of zero, offset'],
  [{ keep: { stem: [] } }, 'm: stem: no channel is kept; one has to be'],
  [{ keep: { stem: [0, -1] } }, 'm: stem: a list of channel numbers is needed'],
  [{ keep: { stem: [0, 0.5] } }, 'm: stem: a list of channel numbers is needed'],
  [{ keep: { stem: [2, 1, 2] } }, 'm: stem: channel 2 is listed twice'],
  [{ keep: { stem: [0, 4] } }, 'm: stem: there is no channel 4 among 4'],
  [{ keep: { tail: [0] } }, 'm: tail: the model has no layer of that name'],
  [
    { keep: { relu1: [0] } },
    'm: relu1: a relu cannot be pruned; convolutions and dense layers can',
  ],
  [
    { keep: { head: [0] } },
    'm: head: cannot be pruned, for its channels are those of y0, an output',
  ],
];

test.each(misfits)('a plan of %j does not fit', (json, said) => {
  const read = planOf(json);
  const result = read.ok ? prune(residual(), { plan: read.value }) : read;
  if (result.ok) throw new Error('it fits');
  expect(describeFailure('m', result.failure)).toBe(said);
});
