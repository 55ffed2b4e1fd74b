/** Linear branches from one tensor, on a small non-square image, with the one convolution they have to become. */
import { drawNetwork, type NetworkRecipe } from '../../src/networks/network.ts';
import type { Choice } from '../../src/networks/choice.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { Sketch } from './support.ts';

export interface BranchCase {
  readonly name: string;
  readonly model: Model;
  /** Rows × columns, groups, dilation and padding (top, left, bottom, right) of the convolution. */
  readonly kernel: readonly [number, number];
  readonly groups: number;
  readonly dilation: number;
  readonly pads: readonly [number, number, number, number];
}

type Window = Pick<BranchCase, 'kernel'> & Partial<BranchCase>;

const none = { top: 0, left: 0, bottom: 0, right: 0 };

function sketch(
  name: string,
  window: Window,
  draw: (sketch: Sketch, x: TensorId) => TensorId,
): BranchCase {
  const s = new Sketch(name.length);
  const x = s.relu('stem', s.input({ channels: 4, height: 7, width: 6 }));
  const [rows, columns] = window.kernel.map((taps) => (taps - 1) / 2);
  const pads = [rows, columns, rows, columns] as const;
  return { name, groups: 1, dilation: 1, pads, ...window, model: s.done(draw(s, x)) };
}

function averagePool(
  s: Sketch,
  name: string,
  x: TensorId,
  choice: { readonly size: number; readonly pad: number; readonly counts: boolean },
): TensorId {
  const { size, pad, counts } = choice;
  return s.builder.add({
    ...{ kind: 'averagePool', name, inputs: [x], countIncludePad: counts },
    kernel: { y: size, x: size },
    strides: { y: 1, x: 1 },
    pads: { top: pad, left: pad, bottom: pad, right: pad },
  });
}

export const branchCases: readonly BranchCase[] = [
  sketch('RepVGG', { kernel: [3, 3] }, (s, x) => {
    const wide = s.batchNorm('bn3', s.conv('conv3', x, 4, { kernel: 3 }));
    const narrow = s.batchNorm('bn1', s.conv('conv1', x, 4));
    return s.add('sum', s.add('add', wide, narrow), s.batchNorm('bni', x));
  }),
  sketch('RepVGG in two groups', { kernel: [3, 3], groups: 2 }, (s, x) => {
    const wide = s.batchNorm('bn3', s.conv('conv3', x, 6, { kernel: 3, groups: 2 }));
    return s.add('sum', s.batchNorm('bn1', s.conv('conv1', x, 6, { groups: 2 })), wide);
  }),
  sketch('four groups beside two', { kernel: [3, 3], groups: 2 }, (s, x) =>
    s.add('sum', s.conv('a', x, 8, { groups: 4 }), s.conv('b', x, 8, { kernel: 3, groups: 2 })),
  ),
  sketch('depthwise beside dense', { kernel: [3, 3] }, (s, x) =>
    s.add('sum', s.conv('a', x, 4, { kernel: 3, groups: 4 }), s.conv('b', x, 4)),
  ),
  sketch('both lines of a kernel and no square', { kernel: [3, 3] }, (s, x) => {
    const line = (name: string, y: number, z: number): TensorId =>
      s.batchNorm(`${name}.bn`, s.conv(name, x, 5, { kernel: [2 * y + 1, 2 * z + 1] }));
    return s.add('sum', line('column', 1, 0), line('row', 0, 1));
  }),
  sketch('even kernels, padded unevenly', { kernel: [4, 4], pads: [1, 1, 2, 2] }, (s, x) => {
    const even = s.conv('a', x, 3, { kernel: 4, pads: { top: 1, left: 1, bottom: 2, right: 2 } });
    const small = s.conv('b', x, 3, { kernel: 2, pads: { top: 0, left: 1, bottom: 1, right: 0 } });
    return s.add('sum', even, small);
  }),
  sketch('strides of two', { kernel: [3, 3] }, (s, x) => {
    const wide = s.conv('a', x, 4, { kernel: 3, stride: 2, bias: true });
    return s.add('sum', s.batchNorm('bn', wide), s.conv('b', x, 4, { stride: 2 }));
  }),
  sketch(
    'a dilated kernel and a point',
    { kernel: [3, 3], dilation: 2, pads: [2, 2, 2, 2] },
    (s, x) => s.add('sum', s.conv('a', x, 4, { kernel: 3, dilation: 2 }), s.conv('b', x, 4)),
  ),
  sketch('a dilated kernel and a dense one', { kernel: [5, 5] }, (s, x) =>
    s.add(
      'sum',
      s.conv('a', x, 4, { kernel: 3, dilation: 2 }),
      s.conv('b', x, 4, { kernel: 3, bias: true }),
    ),
  ),
  sketch('an average that counts its padding', { kernel: [3, 3], groups: 4 }, (s, x) => {
    const mean = averagePool(s, 'mean', x, { size: 3, pad: 1, counts: true });
    return s.add('sum', s.batchNorm('bn', mean), s.conv('a', x, 4, { groups: 4, bias: true }));
  }),
  sketch(
    'an average without padding, and a difference',
    { kernel: [3, 3], groups: 4, pads: [0, 0, 0, 0] },
    (s, x) => {
      const mean = averagePool(s, 'mean', x, { size: 3, pad: 0, counts: false });
      const inner = s.pad('crop', x, { top: -1, left: -1, bottom: -1, right: -1 });
      return s.builder.add({ kind: 'subtract', name: 'sum', inputs: [mean, inner] });
    },
  ),
  sketch('1×1 ahead of a padded kernel, without a bias', { kernel: [3, 3] }, (s, x) => {
    const pair = s.conv('outer', s.conv('inner', x, 2), 4, { kernel: 3, bias: true });
    return s.add('sum', s.batchNorm('bn', pair), s.conv('plain', x, 4));
  }),
  sketch('1×1 with a batch norm over a padded image', { kernel: [3, 3] }, (s, x) => {
    const one = { top: 1, left: 1, bottom: 1, right: 1 };
    const inner = s.batchNorm('bn1', s.conv('inner', s.pad('pad', x, one), 2));
    const outer = s.conv('outer', inner, 4, { kernel: 3, pads: none });
    const mean = averagePool(
      s,
      'mean',
      s.conv('before', s.pad('pad2', x, one), 4, { bias: true }),
      {
        size: 3,
        pad: 0,
        counts: false,
      },
    );
    return s.add('sum', s.add('add', s.batchNorm('bn2', outer), mean), s.batchNorm('bni', x));
  }),
  sketch(
    'two kernels in a row, the first strided',
    { kernel: [4, 4], pads: [0, 0, 0, 0] },
    (s, x) => {
      const first = s.conv('a', x, 3, { kernel: 2, stride: 2, pads: none, bias: true });
      const pair = s.conv('b', first, 4, { kernel: 2, pads: none });
      return s.add('sum', pair, s.conv('c', x, 4, { kernel: 4, stride: 2, pads: none }));
    },
  ),
  sketch('channels that pass beside channels that are mixed', { kernel: [3, 3] }, (s, x) => {
    const pick = (name: string, channels: readonly number[]): TensorId =>
      s.builder.add({ kind: 'select', name, inputs: [x], channels: Int32Array.from(channels) });
    const wide = s.batchNorm('bn3', s.conv('conv3', x, 3, { kernel: 3 }));
    const rest = s.batchNorm('bni', pick('rest', [1, 2, 3]));
    const sum = s.add('add', wide, rest);
    return s.builder.add({ kind: 'concat', name: 'sum', inputs: [pick('pass', [0]), sum] });
  }),
  sketch('a first layer that branches share', { kernel: [3, 3], groups: 1 }, (s, x) => {
    const shared = s.conv('shared', x, 3);
    return s.add('sum', s.conv('a', shared, 4, { kernel: 3 }), s.conv('b', x, 4));
  }),
  sketch('a sum times a factor, subtracted', { kernel: [3, 3], groups: 4 }, (s, x) => {
    const mixed = s.batchNorm('bn', s.conv('mix', x, 4, { kernel: 3, groups: 4 }));
    const normed = s.batchNorm('norm', x);
    const gap = s.builder.add({ kind: 'subtract', name: 'gap', inputs: [mixed, normed] });
    const factor = Float32Array.of(0.5, -0.25, 1.5, 0);
    const by = s.builder.add({
      kind: 'scale',
      name: 's',
      inputs: [gap],
      operation: 'multiply',
      factor,
    });
    return s.add('sum', x, by);
  }),
];

/** Families of networks all of whose blocks are sums of linear branches. */
export const branchFamilies = [
  ...(['repVgg', 'rmRepVgg', 'diracNet', 'acNet'] as const),
  ...(['diverseBranch', 'mobileOne', 'repMixer', 'repLk'] as const),
] as const;

/** A stem and two blocks of a family, the second strided and widened where the family allows it. */
export function branchNetwork(family: (typeof branchFamilies)[number], groups: 1 | 2): Model {
  const choice = (seed: number, change: Choice['change']): Choice => ({
    ...{ family, seed, change, groups, width: 4, inner: 2, kernel: 3, activation: 'relu' },
    biased: true,
  });
  const recipe: NetworkRecipe = {
    seed: 5,
    texture: { weights: 'fine', norms: 'ordinary' },
    image: { channels: 2, height: 6, width: 5 },
    stem: { channels: 4, activation: 'none', norm: true, pooled: false },
    blocks: [choice(1, 'same'), choice(2, 'strided-widened')],
    head: false,
  };
  return drawNetwork(recipe).original;
}
