/**
 * Whether two models really differ on an input, by the float64 reference evaluator (formal-core §1).
 *
 * The gap must exceed two things. First, four times what rounding either model's parameters does on this
 * input (rounding-noise.ts); that is a measurement, and decides only whether the input is worth showing.
 * The original's count as well: the bias of a folded batch norm may be a small difference of large
 * products, and then its rounding is a rounding of what it was computed from. Second, the rigorous error bound of both evaluations where that bound is useful, and otherwise
 * a thousand times the noise seen when every sum is added up the other way round; that is what the claim
 * "the functions differ" rests on, and which of the two it was is part of the answer.
 */
import type { Model } from '../model/model.ts';
import { evaluate } from '../semantics/evaluate.ts';
import type { GapBound } from '../verdict/verdict.ts';
import { largestGap, outputsOf } from './output-gap.ts';
import { roundingMoves } from './rounding-noise.ts';

export interface ModelPair {
  readonly original: Model;
  readonly converted: Model;
}

export interface Gap {
  /** Index of the output port and of the value in it where the models differ most. */
  readonly output: number;
  readonly index: number;
  readonly gap: number;
  readonly bound: number;
  readonly boundKind: GapBound;
  /** Largest move of this output when either model's parameters are rounded. */
  readonly roundingNoise: number;
  readonly original: Float64Array;
  readonly converted: Float64Array;
}

/**
 * `apart`: beyond both. `rounding`: not beyond what rounded parameters do. `same`: no difference, or none
 * beyond float64 noise.
 */
export type Judgement =
  | { readonly kind: 'apart'; readonly gap: Gap }
  | { readonly kind: 'rounding' }
  | { readonly kind: 'same' };

/** What may be spent on one input. */
export interface Effort {
  /** Whether to propagate error bounds, which costs about three evaluations. */
  readonly rigorous: boolean;
  /** How often to move the parameters, an evaluation of both models each. */
  readonly draws: number;
}

/**
 * Gaps below this many times the rounding noise are not shown. Largest multiples measured over all inputs
 * tried: for correct conversions with folded batch norms 0.7 among the pairs of models in test/pairs, 1.1
 * where everything was folded in float32 with cancellation, equal weights or positive weights; for wrong
 * ones 6 where a single weight is off by a hundred-thousandth, 24 for a default batch norm taken for the
 * identity, 200 and more for every other but a spurious weight of 10⁻⁶, which rounding hides (0.4).
 */
const noiseFactor = 4;

/** Noise is at least this many roundings of the value itself: a sum of one term shows none. */
const leastNoise = 2 ** -50;

type Candidate = Omit<Gap, 'bound' | 'boundKind'>;

/** The outputs' largest gaps that rounded parameters do not explain, the clearest first. */
function beyondRounding(
  pair: ModelPair,
  inputs: readonly Float64Array[],
  draws: number,
): readonly Candidate[] | null {
  const original = outputsOf(pair.original, evaluate(pair.original, inputs));
  const converted = outputsOf(pair.converted, evaluate(pair.converted, inputs));
  let left = original.map((values, output): Candidate => {
    const { index, gap } = largestGap(values, converted[output]);
    const [ours, theirs] = [values, converted[output]];
    return { output, index, gap, roundingNoise: 0, original: ours, converted: theirs };
  });
  left = left.filter(({ gap }) => gap > 0 && Number.isFinite(gap));
  if (left.length === 0) return null;
  const sides = [
    { model: pair.converted, outputs: converted },
    { model: pair.original, outputs: original },
  ];
  for (let draw = 0; draw < draws; draw++) {
    for (const { model, outputs } of sides) {
      if (left.length === 0) return left;
      const moves = roundingMoves(model, inputs, outputs, draw);
      left = left
        .map((c) => ({ ...c, roundingNoise: Math.max(c.roundingNoise, moves[c.output]) }))
        .filter(({ gap, roundingNoise }) => gap > noiseFactor * roundingNoise);
    }
  }
  return left.sort((a, b) => b.gap * a.roundingNoise - a.gap * b.roundingNoise);
}

/** Sum of both models' error bounds at one value of one output. */
function errorBoundAt(
  pair: ModelPair,
  inputs: readonly Float64Array[],
  { output, index }: Candidate,
): number {
  return [pair.original, pair.converted].reduce((sum, model) => {
    const { errors } = evaluate(model, inputs, { bound: true });
    return sum + (errors?.get(model.outputs[output].tensor)?.[index] ?? Infinity);
  }, 0);
}

/** A thousand times what adding up the other way round changes in an output. */
function measuredBound(
  pair: ModelPair,
  inputs: readonly Float64Array[],
  candidate: Candidate,
): number {
  const { output, index } = candidate;
  const sides = [
    { model: pair.original, values: candidate.original },
    { model: pair.converted, values: candidate.converted },
  ];
  const noise = sides.reduce((sum, { model, values }) => {
    const again = outputsOf(model, evaluate(model, inputs, { order: 'reverse' }));
    return sum + largestGap(values, again[output]).gap;
  }, 0);
  const size = Math.max(...sides.map(({ values }) => Math.abs(values[index])));
  return 1000 * Math.max(noise, leastNoise * size);
}

/** Judges one input: one array for each of the models' inputs, channel-major. */
export function gapOn(
  pair: ModelPair,
  inputs: readonly Float32Array[],
  { rigorous, draws }: Effort,
): Judgement {
  const wide = inputs.map((values) => Float64Array.from(values));
  const candidates = beyondRounding(pair, wide, draws);
  if (candidates === null) return { kind: 'same' };
  for (const candidate of candidates) {
    if (rigorous) {
      const bound = errorBoundAt(pair, wide, candidate);
      if (candidate.gap > bound) {
        return {
          kind: 'apart',
          gap: { ...candidate, bound, boundKind: 'rigorous float64 error bound' },
        };
      }
    }
    const bound = measuredBound(pair, wide, candidate);
    if (candidate.gap > bound) {
      return {
        kind: 'apart',
        gap: { ...candidate, bound, boundKind: '1000 × measured float64 noise' },
      };
    }
  }
  return { kind: candidates.length === 0 ? 'rounding' : 'same' };
}
