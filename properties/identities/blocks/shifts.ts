/**
 * Claim: what is shifted into the range of an activation is restored behind it, and behind a kernel with one entry
 * wherever that reads inside the domain. Source: the theorems' own.
 * Expected: holds, and not out of the range, or in the padding.
 */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import type { Identity } from '../identity.ts';
import { convolutionOf, image, sequence, shapeOfImage, windowOf } from '../layer-networks.ts';
import { outputsOf, windowSizes } from '../layers/sizes.ts';
import type { Given, Letters } from '../letters.ts';
import { affine, normOf, powerOfTwo } from './norms.ts';
import { bendOf } from './strategies.ts';
import { theorem } from './theorem.ts';

/** a, its inverse, and b such that most values are in range. */
function inverted(letters: Letters): Given {
  const a = (powerOfTwo(letters.real('a')) * (letters.real('a') < 0 ? -1 : 1)) / 2;
  return { a, e: 1 / a, b: 24 + letters.real('b'), top: 48 + letters.real('top') };
}

const carried = (letters: Letters, channels: number): LayerSpec =>
  normOf(channels, () => affine(letters.real('a'), letters.real('b')));
const restored = (letters: Letters, channels: number): LayerSpec => {
  const e = letters.real('e');
  return normOf(channels, () => affine(e, -e * letters.real('b')));
};

const pixel = { channels: 1, height: 1, width: 1 };

function throughActivation(name: string, isClipped: boolean): Identity {
  return {
    entry: theorem(name),
    sizes: fc.constant({}),
    images: ['t'],
    determined: inverted,
    networks: (letters) => ({
      original: sequence(pixel, [
        carried(letters, 1),
        bendOf(letters, isClipped),
        restored(letters, 1),
      ]),
      converted: sequence(pixel, [normOf(1, () => affine(1, 0))]),
      inputs: [Float32Array.of(letters.real('t'))],
    }),
  };
}

const insideDomain: Identity = {
  entry: theorem('shift-inside-domain'),
  sizes: fc.tuple(windowSizes(), fc.nat(), fc.nat(), fc.nat()).map(([sizes, src, i, j]) => ({
    ...sizes,
    src: src % sizes['C'],
    ci: i % sizes['kh'],
    cj: j % sizes['kw'],
  })),
  images: ['x'],
  determined: inverted,
  networks: (letters) => {
    const shape = shapeOfImage(letters);
    const channels = { from: shape.channels, to: outputsOf(letters) };
    const [src, ci, cj] = ['src', 'ci', 'cj'].map((name) => letters.int(name));
    const read = convolutionOf(channels, windowOf(letters), (_, c, i, j) =>
      c === src && i === ci && j === cj ? 1 : 0,
    );
    return {
      original: sequence(shape, [
        carried(letters, channels.from),
        bendOf(letters, false),
        read,
        restored(letters, channels.to),
      ]),
      converted: sequence(shape, [read]),
      inputs: [image(letters, 'x', shape)],
    };
  },
};

export const shiftIdentities: readonly Identity[] = [
  throughActivation('shift-through-relu', false),
  throughActivation('shift-through-clip', true),
  insideDomain,
];
