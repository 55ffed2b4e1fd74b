/**
 * Claim: factors, constants and ReLU pass through max pooling, a window of one pixel is subsampling, and zeros
 * may be read for padding where no value is negative. Source: the theorems' own.
 * Expected: holds, and not for negative factors or values.
 */
import fc from 'fast-check';
import type { LayerSpec, MaxPool } from '../../../src/model/layer.ts';
import type { Padding } from '../../../src/model/shape.ts';
import { noPadding } from '../../../src/model/shape.ts';
import {
  largestRelu,
  largestScaled,
  largestTranslated,
} from '../../../src/theorems/layers/largest.ts';
import { maxPoolNested } from '../../../src/theorems/layers/max-pool-nested.ts';
import { maxPoolZeroPadding } from '../../../src/theorems/layers/max-pool-padding.ts';
import {
  maxPoolHomogeneous,
  maxPoolOfOne,
  maxPoolTranslation,
  reluOfMaxPool,
} from '../../../src/theorems/layers/max-pool.ts';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Identity } from '../identity.ts';
import { filled, image, network, sequence as chain, shapeOfImage } from '../layer-networks.ts';
import type { Letters } from '../letters.ts';
import { between, windowSizes } from '../layers/sizes.ts';
import { relu, scale, size, translate, type Draw } from './values.ts';
import { poolWindow, runs } from './windows.ts';

const one = { y: 1, x: 1 };

function poolOf(window: Pick<MaxPool, 'kernel' | 'strides' | 'dilations' | 'pads'>): LayerSpec {
  return { kind: 'maxPool', name: 'pool', inputs: [0], ...window };
}

/** Padding that no window lies in wholly, and windows that fit. */
const sizes: fc.Arbitrary<Sizes> = windowSizes()
  .map((given): Sizes => ({
    ...given,
    py: given['py'] % (given['dy'] * (given['kh'] - 1) + 1),
    px: given['px'] % (given['dx'] * (given['kw'] - 1) + 1),
  }))
  .filter(({ H, W, kh, kw, dy, dx, py, px }) => {
    const fits = (extent: number, kernel: number, dilation: number, padding: number): boolean =>
      (kernel === 1 || dilation <= extent) && dilation * (kernel - 1) < extent + 2 * padding;
    return fits(H, kh, dy, py) && fits(W, kw, dx, px);
  });

/** A layer before the pool, and behind it. */
function passing(of: {
  readonly entry: Identity['entry'];
  readonly determined?: Identity['determined'];
  readonly layer: (letters: Letters) => Draw;
}): Identity {
  const { entry, determined, layer } = of;
  return {
    entry,
    sizes,
    images: ['x'],
    ...(determined === undefined ? {} : { determined }),
    placed: runs,
    networks: (letters) => {
      const shape = shapeOfImage(letters);
      const pool = poolOf(poolWindow(letters));
      return {
        original: network([shape], (builder, [x]) =>
          builder.add({ ...pool, inputs: [layer(letters)(builder, x)] }),
        ),
        converted: network([shape], (builder) => layer(letters)(builder, builder.add(pool))),
        inputs: [image(letters, 'x', shape)],
      };
    },
  };
}

/** The largest of n terms: a window as wide as the image. */
function ofRow(of: {
  readonly entry: Identity['entry'];
  readonly determined?: Identity['determined'];
  readonly layer: (letters: Letters) => Draw;
}): Identity {
  const { entry, determined, layer } = of;
  return {
    entry,
    sizes: fc.record({ n: between(1, 9) }),
    images: ['h'],
    ...(determined === undefined ? {} : { determined }),
    networks: (letters) => {
      const n = letters.int('n');
      const shape = { channels: 1, height: 1, width: n };
      const kernel = { y: 1, x: n };
      const pool = poolOf({ kernel, strides: one, dilations: one, pads: noPadding });
      return {
        original: network([shape], (builder, [x]) =>
          builder.add({ ...pool, inputs: [layer(letters)(builder, x)] }),
        ),
        converted: network([shape], (builder) => layer(letters)(builder, builder.add(pool))),
        inputs: [filled([n], (k) => letters.real('h', k))],
      };
    },
  };
}

const factor = (letters: Letters): { readonly factor: number } => ({
  factor: size(letters, 'factor'),
});

const subsampling: Identity = {
  entry: maxPoolOfOne,
  sizes: windowSizes(),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const strides = { y: letters.int('sy'), x: letters.int('sx') };
    const dilations = { y: letters.int('dy'), x: letters.int('dx') };
    const { channels } = shape;
    return {
      original: chain(shape, [poolOf({ kernel: one, strides, dilations, pads: noPadding })]),
      // A depthwise convolution with the weight 1.
      converted: chain(shape, [
        {
          kind: 'conv',
          name: 'subsampled',
          inputs: [0],
          weight: new Float32Array(channels).fill(1),
          bias: null,
          outChannels: channels,
          groups: channels,
          kernel: one,
          strides,
          dilations: one,
          pads: noPadding,
        },
      ]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const zeros: Identity = {
  entry: maxPoolZeroPadding,
  sizes,
  images: ['x'],
  determined: (letters) => ({ x: (...at) => Math.abs(letters.real('x', ...at)) }),
  placed: runs,
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const window = poolWindow(letters);
    const pads: Padding = window.pads;
    return {
      original: chain(shape, [
        { kind: 'pad', name: 'zeros', inputs: [0], pads, value: 0 },
        poolOf({ ...window, pads: noPadding }),
      ]),
      converted: chain(shape, [poolOf(window)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const twice: Identity = {
  entry: maxPoolNested,
  sizes: windowSizes({ lh: between(1, 3), lw: between(1, 2) }).map((given) => ({
    ...given,
    H: given['H'] + given['kh'] + given['lh'] - 2,
    W: given['W'] + given['kw'] + given['lw'] - 2,
  })),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const [y, x] = [letters.int('kh'), letters.int('kw')];
    const second = { y: letters.int('lh'), x: letters.int('lw') };
    const both = { y: y + second.y - 1, x: x + second.x - 1 };
    const strides = { y: letters.int('sy'), x: letters.int('sx') };
    const unpadded = { dilations: one, pads: noPadding };
    return {
      original: chain(shape, [
        poolOf({ kernel: { y, x }, strides: one, ...unpadded }),
        { ...poolOf({ kernel: second, strides, ...unpadded }), name: 'second' },
      ]),
      converted: chain(shape, [poolOf({ kernel: both, strides, ...unpadded })]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const scaled = (letters: Letters): Draw => scale(letters.real('factor'));
const moved = (letters: Letters): Draw => translate(letters.real('b'));

export const maxPoolIdentities: readonly Identity[] = [
  ofRow({ entry: largestScaled, determined: factor, layer: scaled }),
  ofRow({ entry: largestTranslated, layer: moved }),
  ofRow({ entry: largestRelu, layer: () => relu }),
  passing({ entry: maxPoolHomogeneous, determined: factor, layer: scaled }),
  passing({ entry: maxPoolTranslation, layer: moved }),
  passing({ entry: reluOfMaxPool, layer: () => relu }),
  subsampling,
  zeros,
  twice,
];
