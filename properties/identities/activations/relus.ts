/**
 * Claim: ReLU does nothing to values that are not negative, leaves nothing of others, and two of them carry a
 * value of any sign. Source: the theorems' own. Expected: holds, and not for the other sign.
 */
import fc from 'fast-check';
import * as theorems from '../../../src/theorems/layers/relu.ts';
import type { Identity } from '../identity.ts';
import { convolutionOf, filled, network } from '../layer-networks.ts';
import { noPadding } from '../../../src/model/shape.ts';
import {
  layer,
  leakyRelu,
  nothing,
  ofValues,
  relu,
  scale,
  sequence,
  size,
  together,
  type Draw,
} from './values.ts';

const negated = sequence(scale(-1), relu);

const pair = { channels: 1, height: 1, width: 2 };
const one = { y: 1, x: 1 };
const window = { kernel: { y: 1, x: 2 }, strides: one, dilations: one, pads: noPadding };

/** a·first + b·second of two pixels. */
const mixture = (a: number, b: number): Draw =>
  layer(convolutionOf({ from: 1, to: 1 }, window, (_o, _c, _i, j) => (j === 0 ? a : b)));

const largest = layer({ kind: 'maxPool', name: 'larger', inputs: [0], ...window });

/** An identity of a and b, an image of two pixels. */
function ofTwo(entry: Identity['entry'], original: Draw, converted: Draw): Identity {
  const of = (draw: Draw) => network([pair], (builder, [x]) => draw(builder, x));
  return {
    entry,
    sizes: fc.constant({}),
    images: ['a', 'b'],
    networks: (letters) => ({
      original: of(original),
      converted: of(converted),
      inputs: [filled([2], (k) => letters.real(k === 0 ? 'a' : 'b'))],
    }),
    runs: 20,
  };
}

export const reluIdentities: readonly Identity[] = [
  ofValues({
    entry: theorems.reluNonNegative,
    determined: (letters) => ({ t: size(letters, 't') }),
    sides: () => [relu, nothing],
  }),
  ofValues({
    entry: theorems.deadRelu,
    determined: (letters) => ({ t: -size(letters, 't') }),
    sides: () => [relu, scale(0)],
  }),
  ofValues({
    entry: theorems.reluIdempotent,
    sides: () => [sequence(relu, relu), relu],
  }),
  ofValues({
    entry: theorems.reluDifference,
    sides: () => [together('subtract', relu, negated), nothing],
  }),
  ofValues({
    entry: theorems.reluNegated,
    sides: () => [negated, together('subtract', relu, nothing)],
  }),
  ofValues({
    entry: theorems.reluHomogeneous,
    determined: (letters) => ({ factor: size(letters, 'factor') }),
    sides: (letters) => {
      const factor = scale(letters.real('factor'));
      return [sequence(factor, relu), sequence(relu, factor)];
    },
  }),
  ofValues({
    entry: theorems.absoluteAsRelus,
    // |t| is a leaky ReLU of slope −1.
    sides: () => [leakyRelu(-1), together('add', relu, negated)],
  }),
  ofTwo(
    theorems.largerAsRelu,
    largest,
    together('add', mixture(1, 0), sequence(mixture(-1, 1), relu)),
  ),
  ofTwo(
    theorems.smallerAsRelu,
    // min(a, b) = −max(−a, −b)
    sequence(scale(-1), largest, scale(-1)),
    together('subtract', mixture(1, 0), sequence(mixture(1, -1), relu)),
  ),
];
