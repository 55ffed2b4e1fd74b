/**
 * Activations as theorems speak of them: where each is the identity, whether it can be the identity on some channels
 * only, and whether its halves at t and −t differ by t.
 *
 * What is said here of an activation is a claim that a proof has to bear out, except for what is transcendental:
 * of t·Φ(t) and t·σ(t) all that is used is that Φ and σ add up to one at t and −t (Φ is the distribution function of
 * a symmetric law, σ the logistic function).
 */
import * as pointwise from '../formula/pointwise.ts';
import { translate } from '../formula/translate.ts';
import { fun, real, type Term } from '../logic/term.ts';
import { clip, hardSigmoid, hardSwish, leakyRelu, prelu } from '../theorems/activations.ts';
import { rectified, type Bend } from '../theorems/blocks/strategy.ts';
import { add, ite, minus, one, times } from '../theorems/notation.ts';
import type { Activation } from './graph.ts';

export interface Bending {
  readonly bend: Bend;
  /** Where it is the identity; null for nowhere. */
  readonly identity: { readonly lower: number; readonly upper: number } | null;
  /** Whether kernels have it with its parameters for each channel. */
  readonly isPerChannel: boolean;
  /** Whether f(t) − f(−t) = t, at least where |t| ≤ identity.upper. */
  readonly halves: boolean;
  /** As a reader knows it. */
  readonly title: string;
}

/** The number itself: floats are fractions of powers of two. */
function exactly(value: number): Term {
  let [numerator, denominator] = [value, 1n];
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return real(BigInt(numerator), denominator);
}

const sixth = real(1, 6);
const half = real(1, 2);
const upward = { lower: 0, upper: Infinity };
const none = { identity: null, isPerChannel: false, halves: false };

/** An activation t·gate(t) with gate(t) + gate(−t) = 1. */
function gated(gateName: string): Bend {
  const gate = (t: Term): Term => fun(gateName)(t);
  return {
    of: (t) => times(t, gate(t)),
    top: null,
    floor: null,
    spare: null,
    known: (t) => minus(add(gate(t), gate(minus(t))), one),
  };
}

/** A function of which nothing is known. */
function unknown(name: string): Bend {
  return { of: (t) => fun(name)(t), top: null, floor: null, spare: null };
}

function clipTo(lower: number, upper: number): Bend {
  if (!Number.isFinite(lower) || !Number.isFinite(upper)) return rectified;
  const of = (t: Term): Term => clip(t, exactly(lower), exactly(upper));
  const spare = (spared: Term, t: Term): Term => ite(spared, t, of(t));
  return { of, top: exactly(upper), spare, ...(lower === 0 ? {} : { floor: exactly(lower) }) };
}

/** `level` tells letters of one activation from those of another. */
export function bendingOf(activation: Activation, level: string): Bending {
  switch (activation.kind) {
    case 'relu':
      return { bend: rectified, identity: upward, isPerChannel: true, halves: true, title: 'ReLU' };
    case 'clip': {
      const { lower, upper } = activation;
      const title = lower === 0 && upper === 6 ? 'ReLU6' : `clip to [${lower}, ${upper}]`;
      const identity = { lower, upper };
      const bend = clipTo(lower, upper);
      return { bend, identity, isPerChannel: true, halves: lower === 0, title };
    }
    case 'leakyRelu': {
      const of = (t: Term): Term => leakyRelu(t, exactly(activation.slope));
      const spare = (spared: Term, t: Term): Term => ite(spared, t, of(t));
      const bend = { of, top: null, spare };
      return { bend, identity: upward, isPerChannel: true, halves: false, title: 'leaky ReLU' };
    }
    case 'prelu': {
      const slope = fun(`slope${level}`);
      const bend: Bend = {
        of: (t, channel) => prelu(t, slope(channel)),
        top: null,
        spare: (spared, t, channel) => prelu(t, ite(spared, one, slope(channel))),
      };
      return { bend, identity: upward, isPerChannel: true, halves: false, title: 'PReLU' };
    }
    case 'elu': {
      const alpha = exactly(activation.alpha);
      const of = (t: Term): Term =>
        translate(pointwise.elu, { symbols: { t, alpha }, functions: {} });
      const bend = { of, top: null, spare: null };
      return { bend, identity: upward, isPerChannel: false, halves: false, title: 'ELU' };
    }
    case 'gelu':
      return { ...none, bend: gated('Phi'), halves: true, title: 'GELU' };
    case 'silu':
      return { ...none, bend: gated('sigma'), halves: true, title: 'SiLU' };
    case 'hardSwish': {
      const of = (t: Term): Term => hardSwish(t, sixth, half);
      const bend = { of, top: null, floor: real(3), spare: null };
      const identity = { lower: 3, upper: Infinity };
      return { bend, identity, isPerChannel: false, halves: true, title: 'hard swish' };
    }
    case 'hardSigmoid': {
      const bend: Bend = { ...unknown('f'), of: (t) => hardSigmoid(t, sixth, half) };
      return { ...none, bend, title: 'hard sigmoid' };
    }
    case 'sigmoid':
      return { ...none, bend: unknown('logistic'), title: 'sigmoid' };
    case 'tanh':
      return { ...none, bend: unknown('tanh'), title: 'tanh' };
  }
}
