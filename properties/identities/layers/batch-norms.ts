/**
 * Claim: batch norms are affine, the unit one is the identity, biases move into the mean, a dead channel is
 * constant, and batch norms fold into the convolution before them and, away from the border, behind them.
 * Source: the theorems' own. Expected: holds, and not for another γ or β, a live channel, or at the border.
 */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import {
  batchNormAffine,
  deadChannel,
  movedBias,
  unitBatchNorm,
} from '../../../src/theorems/layers/batch-norm.ts';
import { foldBatchNormBefore } from '../../../src/theorems/layers/affine-before-convolution.ts';
import { foldBatchNorm } from '../../../src/theorems/layers/fold-batch-norm.ts';
import type { Identity, Networks } from '../identity.ts';
import {
  convolutionOf,
  filled,
  image,
  sequence,
  shapeOfImage,
  windowOf,
} from '../layer-networks.ts';
import type { Given, Letters } from '../letters.ts';
import { between, outputsOf, perGroup, sourceOf, windowSizes, zeroOutside } from './sizes.ts';

/** One value: an image of one pixel. */
const pixel = { channels: 1, height: 1, width: 1 };
const epsilon = 2 ** -10;

/** A batch norm of so many channels; σ² + ε is 1/r², where the letters do not say both. */
function normOf(
  channels: number,
  of: (name: 'gamma' | 'beta' | 'mean' | 'r', channel: number) => number,
): LayerSpec {
  const each = (value: (channel: number) => number): Float32Array => filled([channels], value);
  return {
    kind: 'batchNorm',
    name: 'norm',
    inputs: [0],
    scale: each((c) => of('gamma', c)),
    offset: each((c) => of('beta', c)),
    mean: each((c) => of('mean', c)),
    variance: each((c) => of('r', c) ** -2 - epsilon),
    epsilon,
  };
}

/** ½, 1 or 2, so that roots are exact. */
const inverseRoot = (value: number): number => 2 ** ((Math.abs(Math.round(4 * value)) % 3) - 1);

const single = (letters: Letters): LayerSpec => normOf(1, (name) => letters.real(name));
const scale = (factor: number): LayerSpec => ({
  kind: 'scale',
  name: 'scale',
  inputs: [0],
  operation: 'multiply',
  factor: Float32Array.of(factor),
});
const translate = (addend: number): LayerSpec => ({
  kind: 'translate',
  name: 'translate',
  inputs: [0],
  addend: Float32Array.of(addend),
});

/** Networks of layers on the one value t. */
function onValue(
  letters: Letters,
  original: readonly LayerSpec[],
  converted: readonly LayerSpec[],
): Networks {
  return {
    original: sequence(pixel, original),
    converted: sequence(pixel, converted),
    inputs: [Float32Array.of(letters.real('t'))],
  };
}

const nothing = fc.constant({});
const rooted = (letters: Letters): Given => ({ r: inverseRoot(letters.real('r')) });

const affine: Identity = {
  entry: batchNormAffine,
  sizes: nothing,
  images: ['t'],
  determined: rooted,
  networks: (letters) => {
    const s = letters.real('gamma') * letters.real('r');
    const offset = letters.real('beta') - s * letters.real('mean');
    return onValue(letters, [single(letters)], [scale(s), translate(offset)]);
  },
};

const unit: Identity = {
  entry: unitBatchNorm,
  sizes: nothing,
  images: ['t'],
  determined: (letters) => {
    const r = inverseRoot(letters.real('r'));
    return {
      r,
      epsilon,
      variance: r ** -2 - epsilon,
      gamma: 1 / r,
      beta: letters.real('mean'),
    };
  },
  networks: (letters) => onValue(letters, [single(letters)], [scale(1)]),
};

const bias: Identity = {
  entry: movedBias,
  sizes: nothing,
  images: ['t'],
  determined: rooted,
  networks: (letters) => {
    const b = letters.real('b');
    const moved = letters.with({ mean: letters.real('mean') - b });
    return onValue(letters, [translate(b), single(letters)], [single(moved)]);
  },
};

const dead: Identity = {
  entry: deadChannel,
  sizes: nothing,
  images: ['t'],
  determined: (letters) => ({ ...rooted(letters), gamma: 0 }),
  networks: (letters) =>
    onValue(letters, [single(letters)], [scale(0), translate(letters.real('beta'))]),
};

const rootOfChannels = (letters: Letters): Given => ({
  r: (channel) => inverseRoot(letters.real('r', channel)),
});

const folded: Identity = {
  entry: foldBatchNorm,
  sizes: windowSizes({ g: between(1, 2) }),
  images: ['x'],
  determined: (letters) => ({
    ...sourceOf(letters),
    ...zeroOutside(letters, 'x'),
    ...rootOfChannels(letters),
  }),
  networks: (letters) => {
    const groups = letters.int('g');
    const shape = shapeOfImage(letters, groups * letters.int('C'));
    const channels = { from: shape.channels, to: groups * perGroup, groups };
    const window = windowOf(letters);
    const K = (...at: readonly number[]): number => letters.real('K', ...at);
    const s = (o: number): number => letters.real('gamma', o) * letters.real('r', o);
    const b = (o: number): number => letters.real('b', o);
    return {
      original: sequence(shape, [
        convolutionOf(channels, window, K, b),
        normOf(channels.to, (name, o) => letters.real(name, o)),
      ]),
      converted: sequence(shape, [
        convolutionOf(
          channels,
          window,
          (o, ...at) => s(o) * K(o, ...at),
          (o) => (b(o) - letters.real('mean', o)) * s(o) + letters.real('beta', o),
        ),
      ]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const before: Identity = {
  entry: foldBatchNormBefore,
  sizes: windowSizes(),
  images: ['x'],
  determined: rootOfChannels,
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const window = windowOf(letters);
    const K = (...at: readonly number[]): number => letters.real('K', ...at);
    const s = (c: number): number => letters.real('gamma', c) * letters.real('r', c);
    const offset = (c: number): number => letters.real('beta', c) - s(c) * letters.real('mean', c);
    return {
      original: sequence(shape, [
        normOf(shape.channels, (name, c) => letters.real(name, c)),
        convolutionOf(channels, window, K),
      ]),
      converted: sequence(shape, [
        convolutionOf(
          channels,
          window,
          (o, c, i, j) => K(o, c, i, j) * s(c),
          (o) => {
            const { kernel } = window;
            const terms = filled([shape.channels, kernel.y, kernel.x], (c, i, j) => {
              return K(o, c, i, j) * offset(c);
            });
            return terms.reduce((sum, term) => sum + term, 0);
          },
        ),
      ]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const batchNormIdentities = [affine, unit, bias, dead, folded, before];
