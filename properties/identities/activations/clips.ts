/**
 * Claim: clip does nothing between its bounds, is constant beyond them, and is a sum of ReLUs; and so are ReLU6,
 * hard sigmoid and, times the value, hard swish. Source: the theorems' own.
 * Expected: holds, and not for values or factors of the other side.
 */
import * as theorems from '../../../src/theorems/layers/clip.ts';
import type { Identity } from '../identity.ts';
import type { Given, Letters } from '../letters.ts';
import {
  clip,
  nothing,
  ofValues,
  opaque,
  relu,
  scale,
  sequence,
  size,
  together,
  translate,
} from './values.ts';

/** Bounds in order. */
function ordered(letters: Letters): { readonly l: number; readonly h: number } {
  const [a, b] = [letters.real('l'), letters.real('h')];
  return { l: Math.min(a, b), h: Math.max(a, b) };
}

const bounds = (letters: Letters) => clip(letters.real('l'), letters.real('h'));

const reluFrom = (start: number) => sequence(translate(-start), relu);

const affine = (letters: Letters) =>
  sequence(scale(letters.real('alpha')), translate(letters.real('beta')));

function hard(letters: Letters, name: 'hardSigmoid' | 'hardSwish'): ReturnType<typeof opaque> {
  return opaque(name, letters.real('alpha'), letters.real('beta'));
}

/** The value as far above the lower bound as it is from zero, and below the upper one by what h is from zero. */
const inside = (letters: Letters): Given => {
  const t = letters.real('t');
  return { l: t - size(letters, 'l'), h: t + size(letters, 'h') };
};

export const clipIdentities: readonly Identity[] = [
  ofValues({
    entry: theorems.clipInside,
    determined: inside,
    sides: (letters) => [bounds(letters), nothing],
  }),
  ofValues({
    entry: theorems.relu6Inside,
    determined: (letters) => ({ t: size(letters, 't') % 6 }),
    sides: () => [clip(0, 6), nothing],
  }),
  ofValues({
    entry: theorems.deadClipBelow,
    determined: (letters) => {
      const { l, h } = ordered(letters);
      return { l, h, t: l - size(letters, 't') };
    },
    sides: (letters) => [bounds(letters), sequence(scale(0), translate(letters.real('l')))],
  }),
  ofValues({
    entry: theorems.deadClipAbove,
    determined: (letters) => ({ t: letters.real('h') + size(letters, 't') }),
    sides: (letters) => [bounds(letters), sequence(scale(0), translate(letters.real('h')))],
  }),
  ofValues({
    entry: theorems.clipAsRelus,
    determined: ordered,
    sides: (letters) => {
      const [l, h] = [letters.real('l'), letters.real('h')];
      const above = sequence(reluFrom(l), translate(l));
      return [bounds(letters), together('subtract', above, reluFrom(h))];
    },
  }),
  ofValues({
    entry: theorems.relu6AsRelus,
    sides: () => [clip(0, 6), together('subtract', relu, reluFrom(6))],
  }),
  ofValues({
    entry: theorems.clipHomogeneous,
    determined: (letters) => ({ ...ordered(letters), factor: size(letters, 'factor') }),
    sides: (letters) => {
      const factor = letters.real('factor');
      const scaled = clip(factor * letters.real('l'), factor * letters.real('h'));
      return [sequence(scale(factor), scaled), sequence(bounds(letters), scale(factor))];
    },
  }),
  ofValues({
    entry: theorems.hardSigmoidAsRelus,
    sides: (letters) => {
      const first = sequence(affine(letters), relu);
      const second = sequence(affine(letters), reluFrom(1));
      return [hard(letters, 'hardSigmoid'), together('subtract', first, second)];
    },
  }),
  ofValues({
    entry: theorems.hardSwishAsProduct,
    sides: (letters) => [
      hard(letters, 'hardSwish'),
      together('multiply', nothing, hard(letters, 'hardSigmoid')),
    ],
  }),
];
