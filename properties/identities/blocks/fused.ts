/**
 * Claim: what a 1×1 convolution and its batch norm are fused with: another 1×1, or what a Diverse Branch Block has
 * behind them, a k×k convolution or an average pool; and the block itself. Source: the theorems' own.
 * Expected: holds, and not where the padding between the two layers holds anything but the first one's shift.
 */
import type { ModelBuilder } from '../../../src/model/builder.ts';
import type { LayerSpec } from '../../../src/model/layer.ts';
import { noPadding } from '../../../src/model/shape.ts';
import type { Identity } from '../identity.ts';
import {
  convolutionOf,
  image,
  matrixOf,
  network,
  sequence,
  shapeOfImage,
} from '../layer-networks.ts';
import { between, outputsOf } from '../layers/sizes.ts';
import type { Given, Letters } from '../letters.ts';
import type { Weight, Window } from './branch.ts';
import {
  added,
  embedded,
  pointwise,
  through,
  total,
  weightOf,
  windowOf,
  wholeOf,
} from './joined.ts';
import { kernelSizes } from './kernel-sizes.ts';
import { affine, normOf } from './norms.ts';
import { theorem } from './theorem.ts';

type OfChannel = (channel: number) => number;

function channelLetter(letters: Letters, name: string): OfChannel {
  return (channel) => letters.real(name, channel);
}

/** A 1×1 convolution with its batch norm: its layers, and its weight with the scale folded in. */
interface First {
  readonly layers: readonly LayerSpec[];
  readonly weight: (m: number, c: number) => number;
  readonly shift: OfChannel;
  readonly channels: number;
}

function firstOf(
  letters: Letters,
  channels: number,
  [V, s, b]: readonly [string, string, string],
): First {
  const C = letters.int('C');
  const [scale, shift] = [channelLetter(letters, s), channelLetter(letters, b)];
  const plain = (m: number, c: number): number => letters.real(V, m, c, 0, 0);
  const norm = normOf(channels, (m) => affine(scale(m), shift(m)));
  return {
    layers: [matrixOf(C, channels, plain), norm],
    weight: (m, c) => scale(m) * plain(m, c),
    shift,
    channels,
  };
}

/** Padding that holds another value in each channel. */
function padded(
  builder: ModelBuilder,
  input: number,
  of: { readonly pads: Window['pads']; readonly channels: number; readonly value: OfChannel },
): number {
  const { pads, channels, value } = of;
  const planes = Array.from({ length: channels }, (_, m) =>
    through(builder, input, [
      { kind: 'select', name: 'select', inputs: [0], channels: Int32Array.of(m) },
      { kind: 'pad', name: 'pad', inputs: [0], pads, value: value(m) },
    ]),
  );
  return builder.add({ kind: 'concat', name: 'concat', inputs: planes });
}

/** What is left of H × W. */
const window = (letters: Letters): Window => windowOf(letters, wholeOf(letters), true);

const overMiddle = (channels: number, term: OfChannel): number =>
  total(Array.from({ length: channels }, (_, m) => term(m)));

/** A branch of two layers, and what it is in one. */
interface Fused {
  readonly draw: (builder: ModelBuilder, x: number) => number;
  readonly kernel: Weight;
  readonly bias: OfChannel;
}

/** 1×1, batch norm, padding, k×k. */
function sequenceOf(letters: Letters): Fused {
  const M = letters.int('M');
  const { layers, weight, shift } = firstOf(letters, M, ['V1', 's1', 'b1']);
  const { pads, ...rest } = window(letters);
  const outer = weightOf(letters, 'V2');
  const channels = { from: M, to: outputsOf(letters) };
  const second = convolutionOf(channels, { ...rest, pads: noPadding }, outer);
  const { y, x } = rest.kernel;
  const taps = Array.from({ length: y * x }, (_, k) => [Math.floor(k / x), k % x] as const);
  return {
    draw: (builder, input) => {
      const value = channelLetter(letters, 'pad');
      const hidden = padded(builder, through(builder, input, layers), { pads, channels: M, value });
      return through(builder, hidden, [second]);
    },
    kernel: (o, c, i, j) => overMiddle(M, (m) => outer(o, m, i, j) * weight(m, c)),
    bias: (o) => overMiddle(M, (m) => total(taps.map(([i, j]) => outer(o, m, i, j))) * shift(m)),
  };
}

/** 1×1, batch norm, padding, average. */
function averageOf(
  letters: Letters,
  names: readonly [V: string, s: string, b: string],
  pad: string,
): Fused {
  const channels = outputsOf(letters);
  const { layers, weight, shift } = firstOf(letters, channels, names);
  const { pads, kernel, strides } = window(letters);
  const share = letters.real('share');
  const pool: LayerSpec = {
    kind: 'averagePool',
    name: 'average',
    inputs: [0],
    kernel,
    strides,
    pads: noPadding,
    countIncludePad: true,
  };
  return {
    draw: (builder, input) => {
      const value = channelLetter(letters, pad);
      const hidden = padded(builder, through(builder, input, layers), { pads, channels, value });
      return through(builder, hidden, [pool]);
    },
    kernel: (o, c) => share * weight(o, c),
    bias: shift,
  };
}

/** An average pool's taps are neighbours, and so many that their share is exact. */
const averageSizes = kernelSizes.map((sizes) => {
  const [kh, kw] = [sizes['eh'], sizes['ew']];
  return { ...sizes, kh, kw, ci: sizes['ei'], cj: sizes['ej'], dy: 1, dx: 1 };
});

const held = (letters: Letters): Given => ({ pad: channelLetter(letters, 'b1') });
const shared = (letters: Letters): Given => ({
  ...held(letters),
  share: 1 / (letters.int('kh') * letters.int('kw')),
});

/** The convolution with a branch's kernel. */
function whole(letters: Letters, kernel: Weight, bias: OfChannel): LayerSpec {
  const channels = { from: letters.int('C'), to: outputsOf(letters) };
  return convolutionOf(channels, window(letters), kernel, bias);
}

function alone(
  of: Pick<Identity, 'entry' | 'sizes' | 'determined'>,
  branch: (letters: Letters) => Fused,
): Identity {
  return {
    ...of,
    images: ['x'],
    networks: (letters) => {
      const shape = shapeOfImage(letters);
      const { draw, kernel, bias } = branch(letters);
      return {
        original: network([shape], (builder, [x]) => draw(builder, x)),
        converted: sequence(shape, [whole(letters, kernel, bias)]),
        inputs: [image(letters, 'x', shape)],
      };
    },
  };
}

const middle = between(1, 2);
const withMiddle = <T extends object>(sizes: T, M: number) => ({ ...sizes, M });

const diverseSequence = alone(
  {
    entry: theorem('diverse-branch-sequence'),
    sizes: kernelSizes.chain((sizes) => middle.map((M) => withMiddle(sizes, M))),
    determined: held,
  },
  sequenceOf,
);

const diverseAverage = alone(
  { entry: theorem('diverse-branch-average'), sizes: averageSizes, determined: shared },
  (letters) => averageOf(letters, ['V1', 's1', 'b1'], 'pad'),
);

const diverseBlock: Identity = alone(
  {
    entry: theorem('diverse-branch-block'),
    sizes: averageSizes.chain((sizes) => middle.map((M) => withMiddle(sizes, M))),
    determined: (letters) => ({ ...shared(letters), pada: channelLetter(letters, 'ba') }),
  },
  (letters) => {
    const channels = { from: letters.int('C'), to: outputsOf(letters) };
    const plain = (sized: typeof pointwise, name: string): Fused => {
      const weights = weightOf(letters, name);
      const layer = convolutionOf(channels, windowOf(letters, sized, true), weights);
      return {
        draw: (builder, x) => through(builder, x, [layer]),
        kernel: embedded(letters, sized, weights),
        bias: () => 0,
      };
    };
    const branches = [
      { of: plain(wholeOf(letters), 'Vk'), norm: ['sk', 'bk'] },
      { of: plain(pointwise, 'Vp'), norm: ['sp', 'bp'] },
      { of: sequenceOf(letters), norm: ['so', 'bo'] },
      { of: averageOf(letters, ['Va', 'sa', 'ba'], 'pada'), norm: ['sq', 'bq'] },
    ].map(({ of, norm }) => {
      const [scale, shift] = norm.map((name) => channelLetter(letters, name));
      return { of, scale, shift };
    });
    return {
      draw: (builder, x) => {
        const ends = branches.map(({ of, scale, shift }) =>
          through(builder, of.draw(builder, x), [
            normOf(channels.to, (o) => affine(scale(o), shift(o))),
          ]),
        );
        return added(builder, ends);
      },
      kernel: (o, ...at) => total(branches.map(({ of, scale }) => scale(o) * of.kernel(o, ...at))),
      bias: (o) => total(branches.map(({ of, scale, shift }) => scale(o) * of.bias(o) + shift(o))),
    };
  },
);

const projectExpand: Identity = {
  entry: theorem('fused-project-expand'),
  sizes: kernelSizes.chain((sizes) => middle.map((M) => withMiddle(sizes, M))),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [M, to] = [letters.int('M'), outputsOf(letters)];
    const { layers, weight, shift } = firstOf(letters, M, ['V1', 's1', 'b1']);
    const [s2, b2] = [channelLetter(letters, 's2'), channelLetter(letters, 'b2')];
    const outer = (o: number, m: number): number => letters.real('V2', o, m, 0, 0);
    return {
      original: sequence(shape, [
        ...layers,
        matrixOf(M, to, outer),
        normOf(to, (o) => affine(s2(o), b2(o))),
      ]),
      converted: sequence(shape, [
        matrixOf(
          shape.channels,
          to,
          (o, c) => s2(o) * overMiddle(M, (m) => outer(o, m) * weight(m, c)),
          (o) => s2(o) * overMiddle(M, (m) => outer(o, m) * shift(m)) + b2(o),
        ),
      ]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const fusedIdentities: readonly Identity[] = [
  projectExpand,
  diverseSequence,
  diverseAverage,
  diverseBlock,
];
