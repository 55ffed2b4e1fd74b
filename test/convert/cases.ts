/** Small residual blocks on small non-square images, each with the strategies that must remove it. */
import { basicBlock } from '../../src/blocks/basic-block.ts';
import { bottleneck } from '../../src/blocks/bottleneck.ts';
import { invertedResidual } from '../../src/blocks/inverted-residual.ts';
import { preActivationBlock } from '../../src/blocks/pre-activation-block.ts';
import { SeededNetwork } from '../../src/blocks/seeded-network.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { built, Sketch } from './support.ts';

export type Explicit = 'nonnegative' | 'prelu' | 'split' | 'shift';

export interface BlockCase {
  readonly name: string;
  readonly model: Model;
  /** Strategies that remove every shortcut, given inputs in [−3, 3]. */
  readonly removedBy: readonly Explicit[];
}

const all: readonly Explicit[] = ['nonnegative', 'prelu', 'split', 'shift'];
const signed: readonly Explicit[] = ['prelu', 'split', 'shift'];
const image = { height: 7, width: 5 };

/** A catalogue block behind a stem; `rectified` puts a ReLU ahead of the block. */
function catalogue(
  name: string,
  removedBy: readonly Explicit[],
  rectified: boolean,
  block: (network: SeededNetwork, input: TensorId) => TensorId,
): BlockCase {
  const network = new SeededNetwork(name.length);
  let tensor = network.conv('stem', network.image(3, image), { channels: 4, kernel: 3 });
  if (rectified) tensor = network.relu('stem.relu', tensor);
  return { name, removedBy, model: built(network.finish(block(network, tensor))) };
}

/** A block drawn by hand on an input of 4×7×5 of any sign. */
function sketch(
  name: string,
  removedBy: readonly Explicit[],
  draw: (sketch: Sketch, x: TensorId) => TensorId,
): BlockCase {
  const s = new Sketch(name.length);
  return { name, removedBy, model: s.done(draw(s, s.input({ channels: 4, ...image }))) };
}

const gain = 1;

export const blockCases: readonly BlockCase[] = [
  catalogue('basic block, identity', all, true, (n, x) =>
    basicBlock(n, 'b', x, { channels: 4, stride: 1, gain }),
  ),
  catalogue('basic block, identity, signed input', signed, false, (n, x) =>
    basicBlock(n, 'b', x, { channels: 4, stride: 1, gain }),
  ),
  catalogue('basic block, stride 2, projection', all, true, (n, x) =>
    basicBlock(n, 'b', x, { channels: 6, stride: 2, gain }),
  ),
  catalogue('basic block, stride 2, equal width', all, true, (n, x) =>
    basicBlock(n, 'b', x, { channels: 4, stride: 2, gain }),
  ),
  catalogue('basic block, stride 3, signed input', signed, false, (n, x) =>
    basicBlock(n, 'b', x, { channels: 5, stride: 3, gain }),
  ),
  catalogue('bottleneck, identity', all, true, (n, x) =>
    bottleneck(n, 'b', x, { channels: 4, inner: 2, stride: 1, gain }),
  ),
  catalogue('bottleneck, stride 2 in the middle', all, true, (n, x) =>
    bottleneck(n, 'b', x, { channels: 8, inner: 2, stride: 2, gain }),
  ),
  catalogue('grouped bottleneck, groups divide the input', all, true, (n, x) =>
    bottleneck(n, 'b', x, { channels: 4, inner: 6, stride: 1, gain, groups: 3 }),
  ),
  catalogue('grouped bottleneck, groups do not divide', all, true, (n, x) =>
    bottleneck(n, 'b', x, { channels: 4, inner: 6, stride: 1, gain, groups: 2 }),
  ),
  catalogue('inverted residual', signed, false, (n, x) =>
    invertedResidual(n, 'b', x, { channels: 4, stride: 1, expansion: 3, gain: 3 }),
  ),
  catalogue('inverted residual, no expansion', signed, false, (n, x) =>
    invertedResidual(n, 'b', x, { channels: 4, stride: 1, expansion: 1, gain: 3 }),
  ),
  catalogue('two inverted residuals', signed, false, (n, x) => {
    const choice = { channels: 4, stride: 1, expansion: 3, gain: 3 };
    return invertedResidual(n, 'c', invertedResidual(n, 'b', x, choice), choice);
  }),
  catalogue('pre-activation block, identity', signed, false, (n, x) =>
    preActivationBlock(n, 'b', x, { channels: 4, stride: 1, gain }),
  ),
  catalogue('pre-activation block, stride 2', signed, false, (n, x) =>
    preActivationBlock(n, 'b', x, { channels: 6, stride: 2, gain }),
  ),
  sketch('linear branch of one convolution', all, (s, x) =>
    s.add('add', s.batchNorm('bn', s.conv('conv', x, 4, { kernel: 3, bias: true })), x),
  ),
  sketch('linear branch of one depthwise convolution', all, (s, x) =>
    s.add('add', s.conv('conv', x, 4, { kernel: 3, groups: 4 }), x),
  ),
  sketch('linear branch of two convolutions', all, (s, x) =>
    s.add('add', s.conv('b', s.conv('a', x, 3, { kernel: 3 }), 4, { bias: true }), x),
  ),
  sketch('parallel 3×3, 1×1 and batch norm', all, (s, x) => {
    const wide = s.batchNorm('bn3', s.conv('conv3', x, 4, { kernel: 3 }));
    const narrow = s.batchNorm('bn1', s.conv('conv1', x, 4));
    return s.add('add2', s.add('add1', narrow, wide), s.batchNorm('bni', x));
  }),
  sketch('parallel 5×5 and padded 3×3, grouped', all, (s, x) =>
    s.add('add', s.conv('a', x, 6, { kernel: 5, groups: 2 }), s.conv('b', x, 6, { kernel: 3 })),
  ),
  sketch('depthwise first', signed, (s, x) => {
    const depthwise = s.relu('relu', s.conv('dw', x, 4, { kernel: 3, groups: 4, bias: true }));
    return s.add('add', x, s.conv('pw', depthwise, 4));
  }),
  sketch('depthwise last, batch norm behind', signed, (s, x) => {
    const expanded = s.relu('relu', s.conv('pw', x, 4, { bias: true }));
    return s.add('add', x, s.batchNorm('bn', s.conv('dw', expanded, 4, { kernel: 3, groups: 4 })));
  }),
  sketch('activation last', signed, (s, x) =>
    s.add('add', s.relu('relu', s.conv('conv', x, 4, { kernel: 3, bias: true })), x),
  ),
  sketch('leaky ReLU', signed, (s, x) => {
    const inner = s.leakyRelu('leaky', s.conv('a', x, 3, { kernel: 3, bias: true }), 0.125);
    return s.add('add', x, s.conv('b', inner, 4, { kernel: 3 }));
  }),
  sketch('PReLU', all, (s, x) => {
    const inner = s.prelu('prelu', s.conv('a', x, 3, { kernel: 3, bias: true }));
    return s.add('add', x, s.conv('b', inner, 4, { kernel: 3 }));
  }),
  sketch('hard tanh around the input range', all, (s, x) => {
    const inner = s.clip('clip', s.conv('a', x, 3, { kernel: 3, bias: true }), -4, 4);
    return s.add('add', x, s.conv('b', inner, 4, { kernel: 3 }));
  }),
  sketch('clip away from zero', signed, (s, x) => {
    const inner = s.clip('clip', s.conv('a', x, 3, { kernel: 3, bias: true }), 0.5, 2);
    return s.add('add', x, s.conv('b', inner, 4, { kernel: 3 }));
  }),
  sketch('explicit padding, dilation', signed, (s, x) => {
    const pads = { top: 2, left: 2, bottom: 2, right: 2 };
    const none = { top: 0, left: 0, bottom: 0, right: 0 };
    const wide = s.conv('a', s.pad('pad', x, pads, 0.5), 3, { kernel: 3, dilation: 2, pads: none });
    return s.add('add', x, s.conv('b', s.relu('relu', wide), 4, { kernel: 3 }));
  }),
  sketch('asymmetric SAME padding, stride 2', signed, (s, x) => {
    const pads = { top: 0, left: 0, bottom: 1, right: 1 };
    const even = s.pad('even', x, { top: 0, left: 0, bottom: 1, right: 1 });
    const inner = s.batchNorm('bn', s.conv('a', even, 3, { kernel: 3, stride: 2, pads }));
    const branch = s.conv('b', s.relu('relu', inner), 6, { kernel: 3, bias: true });
    return s.add('add', branch, s.batchNorm('pbn', s.conv('p', even, 6, { stride: 2 })));
  }),
  sketch('padded 3×3 projection', ['prelu', 'split'], (s, x) => {
    const inner = s.relu('relu', s.conv('a', x, 3, { kernel: 3, bias: true }));
    const branch = s.conv('b', inner, 5, { kernel: 3, groups: 1 });
    return s.add('add', s.batchNorm('pbn', s.conv('p', x, 5, { kernel: 3, bias: true })), branch);
  }),
  sketch('batch norms around the projection, grouped', signed, (s, x) => {
    const inner = s.relu('relu', s.conv('a', x, 3, { kernel: 3, stride: 2 }));
    const first = s.batchNorm('pbn', x);
    const projected = s.conv('p', first, 6, { stride: 2, groups: 2, bias: true });
    return s.add('add', s.batchNorm('qbn', projected), s.conv('b', inner, 6, { kernel: 3 }));
  }),
  sketch('a residual inside a residual', signed, (s, x) => {
    const outer = s.relu('r0', s.conv('a', x, 3, { kernel: 3, bias: true }));
    const inner = s.relu('r1', s.conv('b', outer, 2, { kernel: 3, bias: true }));
    const sum = s.add('inner', outer, s.conv('c', inner, 3, { kernel: 3 }));
    return s.add('outer', x, s.batchNorm('bn', s.conv('d', s.relu('r2', sum), 4, { kernel: 3 })));
  }),
  sketch('the block input has a third reader', signed, (s, x) => {
    const inner = s.relu('relu', s.conv('a', x, 3, { kernel: 3, bias: true }));
    const sum = s.add('add', x, s.conv('b', inner, 4, { kernel: 3 }));
    return s.builder.add({ kind: 'concat', name: 'cat', inputs: [sum, x] });
  }),
  {
    name: 'dense layers',
    removedBy: signed,
    model: (() => {
      const s = new Sketch(5);
      const x = s.input({ channels: 6, height: 1, width: 1 });
      const inner = s.relu('relu', s.dense('a', x, 9));
      return s.done(s.add('add', x, s.dense('b', inner, 6)));
    })(),
  },
];
