/** Where a constant may go into a bias and where not; what is wrong about doing it there is refuted. */
import { describe, expect, test } from 'vitest';
import { prune } from '../../src/prune/prune.ts';
import { smallModel } from '../../src/prune/shrink.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { verify } from '../../src/verify.ts';
import { built, forced, norm, plan, Sketch, width } from './support.ts';

const scale = [1, -0.75, 0.5, 1.25];
/** Channel 1 is 0.5 once its scale is zero, channel 2 is negative. */
const offset = [0.25, 0.5, -0.25, 0.125];

/** conv → batch norm → ReLU → what `rest` adds. */
function network(rest: (s: Sketch, x: TensorId) => TensorId): Model {
  const s = new Sketch(3);
  const stem = s.conv('stem', s.input({ channels: 2, height: 6, width: 5 }), 4, { kernel: 3 });
  return s.done(rest(s, s.relu('relu', norm(s, 'bn', stem, { scale, offset }))));
}

const withoutFirst = { plan: plan('offset', { stem: [0, 2, 3] }) };

const fits: readonly (readonly [string, (s: Sketch, x: TensorId) => TensorId])[] = [
  ['a 1×1 convolution', (s, x) => s.conv('next', x, 3)],
  [
    'a 1×1 convolution with bias and stride',
    (s, x) => s.conv('next', x, 3, { stride: 2, bias: true }),
  ],
  [
    'a 3×3 convolution without padding',
    (s, x) => s.conv('next', x, 3, { kernel: 3, pads: { top: 0, left: 0, bottom: 0, right: 0 } }),
  ],
  [
    'a strided convolution whose padding it never reaches',
    (s, x) =>
      s.conv('next', x, 3, {
        kernel: 2,
        stride: 2,
        pads: { top: 0, left: 0, bottom: 1, right: 0 },
      }),
  ],
  [
    'another batch norm and ReLU',
    (s, x) => s.conv('next', s.relu('r', norm(s, 'b', x, { scale, offset: [1, 1, 1, 1] })), 3),
  ],
  [
    'a PReLU, a clip and a leaky ReLU',
    (s, x) =>
      s.conv('next', s.leakyRelu('l', s.clip('c', s.prelu('p', x), -0.125, 0.375), 0.25), 3),
  ],
  [
    'padding of the same number',
    (s, x) => s.conv('next', s.pad('pad', x, { top: 1, left: 0, bottom: 0, right: 2 }, 0.5), 3),
  ],
  [
    'pools, flattening and a dense layer',
    (s, x) => {
      const b = s.builder;
      const window = { kernel: { y: 2, x: 2 }, strides: { y: 2, x: 2 } };
      const pads = { top: 1, left: 1, bottom: 0, right: 1 };
      const dilations = { y: 1, x: 1 };
      const max = b.add({ kind: 'maxPool', name: 'max', inputs: [x], ...window, dilations, pads });
      const mean = b.add({
        ...{ kind: 'averagePool', name: 'mean', inputs: [max], ...window, pads },
        countIncludePad: false,
      });
      const flat = b.add({ kind: 'flatten', name: 'flat', inputs: [mean], order: 'hwc' });
      return s.dense('next', flat, 3);
    },
  ],
  [
    'a global average pool',
    (s, x) =>
      s.dense('next', s.builder.add({ kind: 'globalAveragePool', name: 'gap', inputs: [x] }), 3),
  ],
  [
    'a selection and a concatenation',
    (s, x) => {
      const b = s.builder;
      const channels = Int32Array.of(3, 1, 1, 0);
      const chosen = b.add({ kind: 'select', name: 'select', inputs: [x], channels });
      return s.conv('next', b.add({ kind: 'concat', name: 'concat', inputs: [chosen, x] }), 3);
    },
  ],
];

describe('a constant goes into the bias behind', () => {
  test.each(fits)('%s', async (_, rest) => {
    const model = network(rest);
    const { masked, small, kept } = built(prune(model, withoutFirst));
    expect(kept).toEqual([]);
    expect(width(small, 'stem')).toBe(3);
    expect((await verify(masked, small)).verdict).toBe('proved');
    // Left out, it is missed.
    const removal = forced(model, 'stem', 1, 'offset');
    const zero = removal.constants.map((each) => each.map((v) => (Number.isNaN(v) ? v : 0)));
    const lossy = built(smallModel({ ...removal, constants: zero }));
    expect((await verify(masked, lossy)).verdict).toBe('refuted');
  });
});

test('a constant of zero goes anywhere', async () => {
  const model = network((s, x) => s.conv('next', x, 3, { kernel: 3 }));
  for (const options of [plan('offset', { stem: [0, 1, 3] }), plan('zero', { stem: [0, 3] })]) {
    const { masked, small, kept } = built(prune(model, { plan: options }));
    expect(kept).toEqual([]);
    expect(width(small, 'stem')).toBe(options.keep.get('stem')?.length);
    expect((await verify(masked, small)).verdict).toBe('proved');
  }
});

const cut: readonly (readonly [string, string, (s: Sketch, x: TensorId) => TensorId])[] = [
  ['a padded 3×3 convolution', 'next', (s, x) => s.conv('next', x, 3, { kernel: 3 })],
  [
    'a convolution padded on one side',
    'next',
    (s, x) => s.conv('next', x, 3, { kernel: 2, pads: { top: 0, left: 1, bottom: 0, right: 0 } }),
  ],
  [
    'a padded depthwise convolution',
    'deep',
    (s, x) => s.conv('next', s.conv('deep', x, 4, { kernel: 3, groups: 4 }), 3),
  ],
  [
    'an average pool that counts its padding',
    'mean',
    (s, x) => {
      const mean = s.builder.add({
        ...{ kind: 'averagePool', name: 'mean', inputs: [x], kernel: { y: 3, x: 3 } },
        ...{ strides: { y: 1, x: 1 }, pads: { top: 1, left: 1, bottom: 1, right: 1 } },
        countIncludePad: true,
      });
      return s.conv('next', mean, 3);
    },
  ],
  [
    'padding with zero',
    'pad',
    (s, x) => s.conv('next', s.pad('pad', x, { top: 1, left: 0, bottom: 0, right: 0 }), 3),
  ],
];

describe('a constant that padding cuts off keeps its channel', () => {
  test.each(cut)('%s', async (_, layer, rest) => {
    const model = network(rest);
    const { masked, small, kept } = built(prune(model, withoutFirst));
    const obstacle = { kind: 'border', layer };
    expect(kept).toEqual([{ layer: 'stem', channels: [1], obstacle }]);
    expect(masked).toEqual(model);
    expect(small).toEqual(model);
    // Taken for a constant everywhere, as in converters that merge biases ahead of padding, it is wrong.
    const removal = forced(model, 'stem', 1, 'offset');
    const everywhere = removal.constants.map((each, tensor) =>
      each.map((v, c) => (Number.isNaN(v) && removal.goes(tensor, c) ? 0.5 : v)),
    );
    const naive = built(smallModel({ ...removal, constants: everywhere }));
    expect((await verify(removal.masked, naive)).verdict).toBe('refuted');
  });
});

test('weights of zero at the border do not mind', async () => {
  const model = network((s, x) => s.conv('next', x, 3, { kernel: 3 }));
  const layers = model.layers.map((layer) => {
    if (layer.kind !== 'conv' || layer.name !== 'next') return layer;
    // A Dirac kernel for channel 1, as RM reserves.
    const weight = layer.weight.map((w, k) => (Math.floor(k / 9) % 4 === 1 && k % 9 !== 4 ? 0 : w));
    return { ...layer, weight };
  });
  const { masked, small, kept } = built(prune({ ...model, layers }, withoutFirst));
  expect(kept).toEqual([]);
  expect((await verify(masked, small)).verdict).toBe('proved');
});
