/** Sums of linear branches become one convolution, which is proved, or stay and say why. */
import { describe, expect, test } from 'vitest';
import { convert, type Conversion, type ConvertOptions } from '../../src/convert/convert.ts';
import type { Conv, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { compareOnKernels } from '../../src/kernel-comparison.ts';
import { verify } from '../../src/verify.ts';
import { branchCases, branchFamilies, branchNetwork } from './branch-cases.ts';
import { built, disagreement, randomInputs, Sketch } from './support.ts';
import { throughFile } from './through-file.ts';

const options: ConvertOptions = {
  strategy: 'auto',
  inputRange: null,
  foldBatchNorm: false,
  fuse: false,
};

function converted(model: Model): Conversion {
  return built(convert(model, options));
}

function convolutionsOf({ layers }: Model): readonly Conv[] {
  return layers.filter((layer) => layer.kind === 'conv');
}

describe.each(branchCases)('$name', ({ model, kernel, groups, dilation, pads }) => {
  const conversion = converted(model);

  test('is one convolution of the size it takes', () => {
    expect(conversion.model.layers.map(({ kind }) => kind)).toEqual(['relu', 'conv']);
    const [conv] = convolutionsOf(conversion.model);
    const { top, left, bottom, right } = conv.pads;
    const { y, x } = conv.dilations;
    expect([conv.kernel.y, conv.kernel.x]).toEqual(kernel);
    expect(conv.groups).toBe(groups);
    expect([y, x]).toEqual([dilation, dilation]);
    expect([top, left, bottom, right]).toEqual(pads);
    expect(conversion.removed).toEqual([]);
    expect(conversion.kept).toEqual([]);
  });

  test('says what it was', () => {
    expect(conversion.merged).toHaveLength(1);
    const [{ sum, fork, layers, into, parameters, macs }] = conversion.merged;
    const [conv] = convolutionsOf(conversion.model);
    expect({ sum, fork, into }).toEqual({ sum: 'sum', fork: 'stem', into: conv.name });
    expect(layers).toEqual(model.layers.slice(1).map(({ name }) => name));
    expect(parameters.after).toBe(conv.weight.length + (conv.bias?.length ?? 0));
    const { height, width } = conversion.model.tensors[conv.output].shape;
    expect(macs.after).toBe(conv.weight.length * height * width);
  });

  test('is proved, and nothing is left to convert', async () => {
    for (const seed of [1, 2, 3]) {
      const inputs = randomInputs(model, seed, 3);
      expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
    }
    const verdict = await verify(model, throughFile(conversion.model), { maxUlps: 16 });
    expect(verdict.verdict).toBe('proved');
    expect(converted(conversion.model).model).toBe(conversion.model);
  });
});

describe.each(branchFamilies)('a network of %s', (family) => {
  test.each([1, 2] as const)('is plain, groups %i', async (groups) => {
    const model = branchNetwork(family, groups);
    const conversion = converted(model);
    expect(conversion.kept).toEqual([]);
    expect(conversion.merged).toHaveLength(2);
    const kinds = new Set(conversion.model.layers.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['batchNorm', 'conv', 'relu']);
    const written = throughFile(conversion.model);
    expect((await verify(model, written)).verdict).toBe('proved');
    // onnxruntime reads what was written, and runs it as the semantics has it.
    const compared = built(
      await compareOnKernels(model, written, { kernels: ['onnxruntime'], inputRange: null }),
    );
    expect(compared[0].converted.worstRatio).toBeLessThanOrEqual(1);
  });
});

type Draw = (s: Sketch, x: TensorId) => TensorId;

const one = { top: 1, left: 1, bottom: 1, right: 1 };

const declined: readonly (readonly [string, RegExp, Draw])[] = [
  [
    'two padded kernels in a row',
    /padding of outer holds zeros where a larger kernel/,
    (s, x) => {
      const pair = s.conv('outer', s.conv('inner', x, 4, { kernel: 3 }), 4, { kernel: 3 });
      return s.builder.add({ kind: 'subtract', name: 'sum', inputs: [pair, x] });
    },
  ],
  [
    'a padding that is not zero',
    /pad pads with 0.5/,
    (s, x) => {
      const pads = { top: 0, left: 0, bottom: 0, right: 0 };
      const wide = s.conv('a', s.pad('pad', x, one, 0.5), 4, { kernel: 3, pads });
      return s.builder.add({ kind: 'subtract', name: 'sum', inputs: [wide, x] });
    },
  ],
  [
    'an average of fewer pixels at the border',
    /mean divides by fewer pixels at the border/,
    (s, x) => {
      const mean = s.builder.add({
        ...{ kind: 'averagePool', name: 'mean', inputs: [x], countIncludePad: false, pads: one },
        ...{ kernel: { y: 3, x: 3 }, strides: { y: 1, x: 1 } },
      });
      return s.add('sum', mean, s.conv('b', x, 4));
    },
  ],
  [
    'strides that differ where sizes agree',
    /different strides/,
    (s, x) => {
      const pads = { top: 0, left: 0, bottom: 0, right: 0 };
      const wide = s.conv('a', x, 4, { kernel: 4, pads });
      return s.add('sum', wide, s.conv('b', x, 4, { stride: 2 }));
    },
  ],
  [
    'a large depthwise kernel and a dense point',
    /would take [\d,]+ multiplications, and the branches take [\d,]+/,
    (s, x) => {
      const wide = s.conv('up', x, 40);
      return s.add('sum', s.conv('a', wide, 40, { kernel: 7, groups: 40 }), s.conv('b', wide, 40));
    },
  ],
];

test.each(declined)('%s stays', async (_, reason, draw) => {
  const s = new Sketch(3);
  const model = s.done(draw(s, s.relu('stem', s.input({ channels: 4, height: 7, width: 6 }))));
  const conversion = converted(model);
  expect(conversion.merged).toEqual([]);
  expect(conversion.kept.map(({ add }) => add)).toEqual(['sum']);
  expect(conversion.kept[0].reason).toMatch(reason);
  expect(conversion.model).toBe(model);
});

test('a branch that somebody else reads stays, and the others are merged', async () => {
  const s = new Sketch(3);
  const x = s.input({ channels: 4, height: 5, width: 6 });
  const seen = s.conv('seen', x, 4, { kernel: 3 });
  const inner = s.add('inner', s.conv('a', x, 4), s.conv('b', x, 4, { kernel: 3 }));
  const model = s.done(s.add('outer', inner, seen), seen);
  const conversion = converted(model);
  expect(conversion.merged.map(({ layers }) => layers)).toEqual([['a', 'b']]);
  expect(conversion.kept.map(({ add }) => add)).toEqual(['outer']);
  expect((await verify(model, conversion.model)).verdict).toBe('proved');
});

describe('a bias ahead of padding', () => {
  /** 1×1, batch norm, padded 3×3, and a plain 3×3: what Diverse Branch Block's users wrote by mistake. */
  function naive(channels: number, groups: number): Model {
    const s = new Sketch(3);
    const x = s.relu(
      'stem',
      s.conv('first', s.input({ channels: 3, height: 7, width: 6 }), channels),
    );
    const inner = s.batchNorm('bn', s.conv('inner', x, channels, { groups }));
    const outer = s.batchNorm('bn2', s.conv('outer', inner, channels, { kernel: 3, groups }));
    const inputs = [outer, s.conv('plain', x, channels, { kernel: 3, groups })];
    return s.done(s.builder.add({ kind: 'subtract', name: 'sum', inputs }));
  }

  test.each([false, true])('is read from a channel of ones, fuse %s', async (fuse) => {
    const model = naive(4, 1);
    const conversion = built(convert(model, { ...options, fuse }));
    expect(conversion.merged).toMatchObject([{ sum: 'sum', into: 'outer', ones: true }]);
    const kinds = conversion.model.layers.map(({ kind }) => kind);
    expect(kinds).toEqual(['conv', 'relu', 'conv', 'conv']);
    for (const seed of [1, 2, 3]) {
      const inputs = randomInputs(model, seed, 3);
      expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
    }
    const verdict = await verify(model, throughFile(conversion.model), { maxUlps: 16 });
    expect(verdict.verdict).toBe('proved');
  });

  test('stays where a channel of ones would end a depthwise layer', () => {
    const [kept] = converted(naive(16, 16)).kept;
    expect(kept.reason).toMatch(/would take [\d,]+ multiplications/);
  });

  test('stays where the bias has another domain than the image', () => {
    const s = new Sketch(3);
    const x = s.relu('stem', s.input({ channels: 4, height: 7, width: 6 }));
    const inner = s.conv('inner', s.pad('pad', x, one), 4, { bias: true });
    const outer = s.conv('outer', inner, 4, { kernel: 5, pads: one });
    const model = s.done(s.builder.add({ kind: 'subtract', name: 'sum', inputs: [outer, x] }));
    const conversion = converted(model);
    expect(conversion.kept[0].reason).toMatch(/padding of outer holds zeros, not the bias/);
    expect(conversion.model).toBe(model);
  });
});

describe('a sum of which some terms are linear', () => {
  /** A residual block with two more linear shortcuts, added in this order. */
  function mixed(order: readonly number[], draw: 'add' | 'subtract'): Model {
    const s = new Sketch(3);
    const x = s.relu('stem', s.input({ channels: 4, height: 7, width: 6 }));
    const bent = s.conv('out', s.relu('relu', s.conv('in', x, 4, { kernel: 3, bias: true })), 4, {
      kernel: 3,
    });
    const terms = [x, s.batchNorm('bn', s.conv('a', x, 4)), bent, s.conv('b', x, 4, { kernel: 3 })];
    const [first, ...rest] = order.map((k) => terms[k]);
    const sum = rest.reduce(
      (t, next, k) => s.builder.add({ kind: draw, name: `sum${k}`, inputs: [t, next] }),
      first,
    );
    return s.done(sum);
  }

  test.each([
    ['add', [0, 1, 2, 3]],
    ['add', [2, 3, 1, 0]],
    ['subtract', [2, 0, 1, 3]],
    ['subtract', [0, 2, 3, 1]],
  ] as const)('%s, order %j: the linear ones are merged', async (kind, order) => {
    const model = mixed(order, kind);
    const conversion = converted(model);
    expect(conversion.merged).toMatchObject([{ sum: 'sum2', into: 'b', fork: 'stem' }]);
    const sums = conversion.model.layers.filter(
      (layer) => layer.kind === 'add' || layer.kind === 'subtract',
    );
    // With the branch subtracted its shortcut stays: only additions are removed.
    expect(sums).toHaveLength(conversion.removed.length === 1 ? 0 : 1);
    for (const seed of [1, 2, 3]) {
      const inputs = randomInputs(model, seed, 3);
      expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
    }
    expect((await verify(model, throughFile(conversion.model), { maxUlps: 16 })).verdict).toBe(
      'proved',
    );
    expect(converted(conversion.model).model).toBe(conversion.model);
  });

  test('two sources are two convolutions', async () => {
    const s = new Sketch(3);
    const x = s.input({ channels: 4, height: 7, width: 6 });
    const y = s.relu('relu', s.conv('in', x, 4));
    const z = s.relu('relu2', s.conv('in2', x, 4));
    const left = s.add('p', s.conv('a', y, 4, { kernel: 3 }), s.conv('b', z, 4));
    const right = s.add('q', s.conv('c', y, 4), s.conv('d', z, 4, { kernel: 3 }));
    const model = s.done(s.add('sum', left, right));
    const conversion = converted(model);
    expect(conversion.merged.map(({ into }) => into).sort()).toEqual(['a', 'd']);
    expect((await verify(model, conversion.model, { maxUlps: 16 })).verdict).toBe('proved');
  });
});
