/**
 * Claim: average pooling is a depthwise convolution and linear; whether padding counts is a factor at the border
 * and nothing elsewhere; a constant is its own average; the global average is one window. Source: the
 * theorems' own. Expected: holds, and not at the border where the interior is spoken of.
 *
 * Windows have 1, 2 or 4 taps, so that quotients are exact.
 */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import { noPadding } from '../../../src/model/shape.ts';
import {
  averagePoolAtTheBorder,
  averagePoolDivisors,
  averagePoolOfConstant,
  globalAsAveragePool,
} from '../../../src/theorems/layers/average-pool-divisor.ts';
import {
  averagePoolAsConvolution,
  averagePoolLinear,
} from '../../../src/theorems/layers/average-pool.ts';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Identity } from '../identity.ts';
import { filled, image, network, sequence as chain, shapeOfImage } from '../layer-networks.ts';
import type { Letters } from '../letters.ts';
import { between, windowSizes, zeroOutside } from '../layers/sizes.ts';
import { scale } from './values.ts';
import { poolWindow, runs } from './windows.ts';

const one = { y: 1, x: 1 };

/** Over all taps of the window, or those inside. */
function poolOf(letters: Letters, countIncludePad = true): LayerSpec {
  const { kernel, strides, pads } = poolWindow(letters.at({ dy: 1, dx: 1 }));
  return { kind: 'averagePool', name: 'pool', inputs: [0], kernel, strides, pads, countIncludePad };
}

const sizes: fc.Arbitrary<Sizes> = windowSizes({
  kh: between(1, 2),
  kw: between(1, 2),
  dy: between(1, 1),
  dx: between(1, 1),
}).map((given) => {
  const { kh, kw, py, px } = given;
  // Every window has a tap inside, and fits.
  return { ...given, W: Math.max(given['W'], kw), py: py % kh, px: px % kw };
});

const asConvolution: Identity = {
  entry: averagePoolAsConvolution,
  sizes,
  images: ['x'],
  determined: (letters) => zeroOutside(letters, 'x'),
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const window = poolWindow(letters);
    const { channels } = shape;
    const taps = window.kernel.y * window.kernel.x;
    return {
      original: chain(shape, [
        {
          kind: 'conv',
          name: 'average',
          inputs: [0],
          weight: new Float32Array(channels * taps).fill(1 / taps),
          bias: null,
          outChannels: channels,
          groups: channels,
          ...window,
        },
      ]),
      converted: chain(shape, [poolOf(letters)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

const linear: Identity = {
  entry: averagePoolLinear,
  sizes,
  images: ['x', 'y'],
  determined: (letters) => zeroOutside(letters, 'x', 'y'),
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const pool = poolOf(letters);
    const [a, b] = ['a', 'b'].map((name) => scale(letters.real(name)));
    return {
      original: network([shape, shape], (builder, [x, y]) => {
        const inputs = [a(builder, x), b(builder, y)];
        return builder.add({
          ...pool,
          inputs: [builder.add({ kind: 'add', name: 'sum', inputs })],
        });
      }),
      converted: network([shape, shape], (builder, [x, y]) => {
        const [first, second] = [x, y].map((tensor) => builder.add({ ...pool, inputs: [tensor] }));
        const inputs = [a(builder, first), b(builder, second)];
        return builder.add({ kind: 'add', name: 'sum', inputs });
      }),
      inputs: [image(letters, 'x', shape), image(letters, 'y', shape)],
    };
  },
};

const divisors: Identity = {
  entry: averagePoolDivisors,
  sizes,
  images: ['x'],
  determined: (letters) => zeroOutside(letters, 'x'),
  placed: runs,
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    return {
      original: chain(shape, [poolOf(letters, false)]),
      converted: chain(shape, [poolOf(letters)]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

/** The factor of each place is an input of its own, which the original does not read. */
const border: Identity = {
  entry: averagePoolAtTheBorder,
  sizes,
  images: ['x'],
  determined: (letters) => zeroOutside(letters, 'x'),
  placed: runs,
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const { kernel, strides, pads } = poolWindow(letters);
    const extent = (size: number, axis: 'y' | 'x', padding: number): number =>
      Math.floor((size + 2 * padding - kernel[axis]) / strides[axis]) + 1;
    const height = extent(shape.height, 'y', pads.top);
    const width = extent(shape.width, 'x', pads.left);
    const factors = { channels: 1, height, width };
    const taps = kernel.y * kernel.x;
    return {
      original: network([shape, factors], (builder, [x]) =>
        builder.add({ ...poolOf(letters, false), inputs: [x] }),
      ),
      converted: network([shape, factors], (builder, [x, factor]) => {
        const average = builder.add({ ...poolOf(letters), inputs: [x] });
        return builder.add({ kind: 'multiply', name: 'product', inputs: [average, factor] });
      }),
      inputs: [
        image(letters, 'x', shape),
        filled([height, width], (p, q) => {
          const { rows, columns } = runs({ o: 0, p, q }, letters);
          return taps / (rows * columns);
        }),
      ],
    };
  },
};

const constant: Identity = {
  entry: averagePoolOfConstant,
  sizes,
  images: ['v'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    return {
      original: chain(shape, [poolOf(letters)]),
      converted: network([shape], (builder, [x]) => scale(1)(builder, x)),
      inputs: [filled([shape.channels, shape.height, shape.width], () => letters.real('v'))],
    };
  },
};

const powerOfTwo = fc.constantFrom(1, 2, 4, 8);

const global: Identity = {
  entry: globalAsAveragePool,
  sizes: windowSizes({ H: powerOfTwo, W: powerOfTwo }),
  images: ['x'],
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const kernel = { y: shape.height, x: shape.width };
    const window = { kernel, strides: one, pads: noPadding, countIncludePad: true };
    return {
      original: chain(shape, [{ kind: 'globalAveragePool', name: 'mean', inputs: [0] }]),
      converted: chain(shape, [{ kind: 'averagePool', name: 'mean', inputs: [0], ...window }]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const averagePoolIdentities: readonly Identity[] = [
  asConvolution,
  linear,
  divisors,
  border,
  constant,
  global,
];
