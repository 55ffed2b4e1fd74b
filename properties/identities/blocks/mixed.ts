/**
 * Claim: DiracNet, RepMixer, MobileOne and RM-RepVGG are one convolution each. Source: the theorems' own.
 * Expected: holds, and not for an identity whose entry is at another channel of its group.
 */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import type { Identity } from '../identity.ts';
import {
  convolutionOf,
  filled,
  image,
  network,
  sequence,
  shapeOfImage,
} from '../layer-networks.ts';
import { between } from '../layers/sizes.ts';
import type { Given } from '../letters.ts';
import type { Weight } from './branch.ts';
import {
  added,
  channelsOf,
  convolutionPart,
  embedded,
  identityPart,
  joined,
  normed,
  pointwise,
  through,
  total,
  weightOf,
  windowOf,
  wholeOf,
  type Branch,
  type Part,
  type Sized,
} from './joined.ts';
import { grouped, kernelSizes } from './kernel-sizes.ts';
import { affine, normOf, powerOfTwo } from './norms.ts';
import { theorem } from './theorem.ts';

const none = (): number => 0;

const dirac: Identity = {
  entry: theorem('dirac-net'),
  ...grouped(true),
  determined: (letters): Given => ({ norm: (o) => powerOfTwo(letters.real('norm', o)) }),
  networks: (letters) => {
    const channels = channelsOf(letters, true);
    // Where a solver has not been asked about an output, it has no norm.
    const norm = (o: number): number => letters.real('norm', o) || 1;
    const whole = convolutionPart(letters, channels, {
      sized: wholeOf(letters),
      weights: (o, ...at) => letters.real('V', o, ...at) / norm(o),
      isStrided: false,
    });
    const [alpha, beta] = ['alpha', 'beta'].map((name) => (o: number) => letters.real(name, o));
    return joined(letters, channels, {
      branches: [
        { ...identityPart(letters), scale: alpha, shift: none },
        { ...whole, scale: beta, shift: none },
      ],
      isStrided: false,
      before: [{ kind: 'relu', name: 'relu', inputs: [0] }],
    });
  },
};

const mixer: Identity = {
  entry: theorem('rep-mixer'),
  ...grouped(true),
  networks: (letters) => {
    const channels = channelsOf(letters, true);
    const shape = shapeOfImage(letters, channels.from);
    const [ls, sm, bm, sn, bn] = ['ls', 'sm', 'bm', 'sn', 'bn'].map(
      (name) => (o: number) => letters.real(name, o),
    );
    const mixed = convolutionPart(letters, channels, {
      sized: wholeOf(letters),
      weights: weightOf(letters, 'V'),
      isStrided: false,
    });
    const unit = identityPart(letters).kernel;
    const layerScale: LayerSpec = {
      kind: 'scale',
      name: 'layer scale',
      inputs: [0],
      operation: 'multiply',
      factor: filled([channels.to], (o) => ls(o)),
    };
    const whole = convolutionOf(
      channels,
      windowOf(letters, wholeOf(letters), false),
      (o, ...at) => (1 - ls(o) * sn(o)) * unit(o, ...at) + ls(o) * sm(o) * mixed.kernel(o, ...at),
      (o) => ls(o) * (bm(o) - bn(o)),
    );
    return {
      original: network([shape], (builder, [x]) => {
        const norm = normOf(channels.to, (o) => affine(sn(o), bn(o)));
        const mixNorm = normOf(channels.to, (o) => affine(sm(o), bm(o)));
        const difference = builder.add({
          kind: 'subtract',
          name: 'subtract',
          inputs: [through(builder, x, [...mixed.layers, mixNorm]), through(builder, x, [norm])],
        });
        return added(builder, [x, through(builder, difference, [layerScale])]);
      }),
      converted: sequence(shape, [whole]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const mobile: Identity = {
  entry: theorem('mobile-one'),
  ...grouped(true),
  networks: (letters) => {
    const channels = channelsOf(letters, true);
    const kernels = Array.from({ length: letters.int('n') }, (_, b): Branch => {
      const weights: Weight = (...at) => letters.real('Vm', b, ...at);
      const sized = wholeOf(letters);
      return {
        ...convolutionPart(letters, channels, { sized, weights, isStrided: false }),
        scale: (o) => letters.real('sm', b, o),
        shift: (o) => letters.real('bm', b, o),
      };
    });
    const weights = weightOf(letters, 'V1');
    const scaled = { sized: pointwise, weights, isStrided: false };
    return joined(letters, channels, {
      branches: [
        ...kernels,
        normed(letters, convolutionPart(letters, channels, scaled), ['s1', 'b1']),
        normed(letters, identityPart(letters), ['s2', 'b2']),
      ],
      isStrided: false,
    });
  },
};

/** The first R channels pass; what follows them is a RepVGG block of all channels. */
const passing: Identity = {
  entry: theorem('rm-rep-vgg'),
  sizes: fc
    .tuple(kernelSizes, between(1, 3), fc.nat())
    .map(([sizes, C, R]) => ({ ...sizes, C, R: R % C })),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [C, R] = [shape.channels, letters.int('R')];
    const channels = { from: C, to: C - R, groups: 1 };
    const relu: LayerSpec = { kind: 'relu', name: 'relu', inputs: [0] };
    const select = (from: number, to: number): LayerSpec => ({
      kind: 'select',
      name: 'select',
      inputs: [0],
      channels: Int32Array.from({ length: to - from }, (_, k) => from + k),
    });
    const convolution = (sized: Sized, name: string): Part =>
      convolutionPart(letters, channels, {
        sized,
        weights: weightOf(letters, name),
        isStrided: false,
      });
    const identity = embedded(letters, pointwise, (own, c) => (c === R + own ? 1 : 0));
    const branches = [
      convolution(wholeOf(letters), 'V1'),
      convolution(pointwise, 'V2'),
      { layers: [select(R, C)], kernel: identity },
    ].map((part, k) => normed(letters, part, [`s${k + 1}`, `b${k + 1}`]));
    const unit = embedded(letters, pointwise, (o, c) => (c === o ? 1 : 0));
    const whole = convolutionOf(
      { from: C, to: C },
      windowOf(letters, wholeOf(letters), false),
      (o, ...at) => {
        if (o < R) return unit(o, ...at);
        return total(branches.map(({ scale, kernel }) => scale(o - R) * kernel(o - R, ...at)));
      },
      (o) => (o < R ? 0 : total(branches.map(({ shift }) => shift(o - R)))),
    );
    return {
      original: network([shape], (builder, [x]) => {
        const ends = branches.map(({ layers, scale, shift }) => {
          const norm = normOf(channels.to, (own) => affine(scale(own), shift(own)));
          return through(builder, x, [...layers, norm]);
        });
        const sum = added(builder, ends);
        if (R === 0) return through(builder, sum, [relu]);
        const passed = through(builder, x, [select(0, R)]);
        const both = builder.add({ kind: 'concat', name: 'concat', inputs: [passed, sum] });
        return through(builder, both, [relu]);
      }),
      converted: sequence(shape, [whole, relu]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const mixedIdentities: readonly Identity[] = [dirac, mixer, mobile, passing];
