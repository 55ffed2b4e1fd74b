/** Sizes of blocks whose branches have kernels of several sizes, and whose outputs may read a group of channels. */
import fc from 'fast-check';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Identity } from '../identity.ts';
import { between, perGroup } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import type { Sized } from './joined.ts';

const steps = { dy: between(1, 2), dx: between(1, 2), sy: between(1, 2), sx: between(1, 2) };

/** A small kernel within a large one, both with a pixel of their own. */
export const kernelSizes: fc.Arbitrary<Sizes> = fc
  .record({
    C: between(1, 2),
    g: between(1, 2),
    H: between(1, 4),
    W: between(1, 3),
    ...steps,
    eh: between(1, 2),
    ew: between(1, 2),
    top: between(0, 1),
    bottom: between(0, 1),
    left: between(0, 1),
    right: between(0, 1),
    ei: between(0, 1),
    ej: between(0, 1),
    n: between(1, 3),
  })
  .map(({ top, bottom, left, right, ...sizes }) => {
    const [ei, ej] = [sizes.ei % sizes.eh, sizes.ej % sizes.ew];
    const size = { kh: top + sizes.eh + bottom, kw: left + sizes.ew + right };
    return { ...sizes, ...size, ei, ej, ci: top + ei, cj: left + ej };
  });

/** Where the group of an output starts, and its own place there. */
export function grouped(keepsChannels: boolean): Pick<Identity, 'sizes' | 'images' | 'placed'> {
  return {
    sizes: kernelSizes,
    images: ['x'],
    placed: ({ o }, letters) => {
      const C = letters.int('C');
      const base = Math.floor(o / (keepsChannels ? C : perGroup)) * C;
      return { base, index: o - base };
    },
  };
}

/** The small kernel in a large one. */
export const smaller = (letters: Letters): Sized => ({
  size: { y: letters.int('eh'), x: letters.int('ew') },
  centre: { y: letters.int('ei'), x: letters.int('ej') },
});
