/**
 * Claim: convolutions of any size, and the input, a batch norm each, are one convolution when they are added: RepVGG,
 * ACNet, RepLKNet. Source: the theorems' own.
 * Expected: holds, and not for an identity whose entry is at another channel of its group.
 */
import type { Entry } from '../../../src/theorems/entry.ts';
import type { Identity } from '../identity.ts';
import type { Letters } from '../letters.ts';
import {
  channelsOf,
  convolutionPart,
  identityPart,
  joined,
  normed,
  pointwise,
  weightOf,
  wholeOf,
  type Sized,
} from './joined.ts';
import { grouped, smaller } from './kernel-sizes.ts';
import { theorem } from './theorem.ts';

interface Normed {
  readonly entry: Entry;
  /** Of the convolutions: kernel k has the letters Vk, sk and bk. */
  readonly kernels: (letters: Letters) => readonly Sized[];
  readonly hasIdentity: boolean;
  readonly isStrided: boolean;
}

/** Convolutions, and the input perhaps, a batch norm each. */
function normedIdentity({ entry, kernels, hasIdentity, isStrided }: Normed): Identity {
  return {
    entry,
    ...grouped(hasIdentity),
    networks: (letters) => {
      const channels = channelsOf(letters, hasIdentity);
      const parts = kernels(letters).map((sized, k) =>
        convolutionPart(letters, channels, {
          sized,
          weights: weightOf(letters, `V${k + 1}`),
          isStrided,
        }),
      );
      const all = hasIdentity ? [...parts, identityPart(letters)] : parts;
      const branches = all.map((part, k) => normed(letters, part, [`s${k + 1}`, `b${k + 1}`]));
      return joined(letters, channels, { branches, isStrided });
    },
  };
}

export const parallelIdentities: readonly Identity[] = [
  normedIdentity({
    entry: theorem('rep-vgg'),
    kernels: (letters) => [wholeOf(letters), pointwise],
    hasIdentity: true,
    isStrided: false,
  }),
  normedIdentity({
    entry: theorem('rep-vgg-strided'),
    kernels: (letters) => [wholeOf(letters), pointwise],
    hasIdentity: false,
    isStrided: true,
  }),
  normedIdentity({
    entry: theorem('ac-net'),
    kernels: (letters) => {
      const { size, centre } = wholeOf(letters);
      return [
        { size, centre },
        { size: { y: size.y, x: 1 }, centre: { y: centre.y, x: 0 } },
        { size: { y: 1, x: size.x }, centre: { y: 0, x: centre.x } },
      ];
    },
    hasIdentity: false,
    isStrided: true,
  }),
  normedIdentity({
    entry: theorem('rep-lk-net'),
    kernels: (letters) => [wholeOf(letters), smaller(letters)],
    hasIdentity: false,
    isStrided: true,
  }),
];
