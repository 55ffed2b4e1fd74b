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
 * beyond float64 noise. `evaluations`: how often both models were evaluated to see that, about.
 */
export type Judgement =
  | { readonly kind: 'apart'; readonly gap: Gap }
  | { readonly kind: 'rounding' | 'same'; readonly evaluations: number };

/**
 * Gaps below this many times the rounding noise are not shown. Largest multiples measured over all inputs
 * tried: for correct conversions with folded batch norms 0.4 among the pairs of models in test/pairs, 1.1
 * where everything was folded in float32 with cancellation, equal weights or positive weights; for wrong
 * ones 5 where a single weight is off by a hundred-thousandth, 40 for a default batch norm taken for the
 * identity, 200 and more for every other but a spurious weight of 10⁻⁶, which rounding hides (0.3).
 */
const noiseFactor = 4;

/**
 * How often the parameters are moved before a gap counts. An output of few values may hardly move in one
 * draw: of 5 classes, one draw moved the largest by a tenth of what another did. Most gaps that are
 * rounding are found out by the first.
 */
const draws = 8;

/** Gaps this many times the noise need no more than a few draws; in large models, no more than one. */
const clearFactor = 256;
const fewDraws = 3;

/** Noise is at least this many roundings of the value itself: a sum of one term shows none. */
const leastNoise = 2 ** -50;

type Candidate = Omit<Gap, 'bound' | 'boundKind'>;

interface Seen {
  /** The outputs' largest gaps that rounded parameters do not explain, the clearest first. */
  readonly beyond: readonly Candidate[];
  /** Whether there is any gap at all. */
  readonly differs: boolean;
  /** How often both models were evaluated. */
  readonly evaluations: number;
}

function beyondRounding(pair: ModelPair, inputs: readonly Float64Array[], thorough: boolean): Seen {
  const original = outputsOf(pair.original, evaluate(pair.original, inputs));
  const converted = outputsOf(pair.converted, evaluate(pair.converted, inputs));
  const gaps = original.map((ours, output): Candidate => {
    const theirs = converted[output];
    const apart = largestGap(ours, theirs);
    return { output, ...apart, roundingNoise: 0, original: ours, converted: theirs };
  });
  let beyond = gaps.filter(({ gap }) => gap > 0 && Number.isFinite(gap));
  const differs = beyond.length > 0;
  const sides = [
    { model: pair.converted, outputs: converted },
    { model: pair.original, outputs: original },
  ];
  const isClear = ({ gap, roundingNoise }: Candidate): boolean =>
    roundingNoise > 0 && gap > clearFactor * roundingNoise;
  let evaluations = 1;
  for (let draw = 0; draw < draws && beyond.length > 0; draw++) {
    for (const { model, outputs } of sides) {
      const moves = roundingMoves(model, inputs, outputs, draw);
      beyond = beyond
        .map((c) => ({ ...c, roundingNoise: Math.max(c.roundingNoise, moves[c.output]) }))
        .filter(({ gap, roundingNoise }) => gap > noiseFactor * roundingNoise);
      if (beyond.length === 0) break;
    }
    evaluations++;
    if (draw + 1 >= (thorough ? fewDraws : 1) && beyond.some(isClear)) break;
  }
  beyond.sort((a, b) => b.gap * a.roundingNoise - a.gap * b.roundingNoise);
  return { beyond, differs, evaluations };
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

/**
 * Judges one input: one array for each of the models' inputs, channel-major.
 * `thorough`: moves the parameters as often as it takes, and propagates error bounds.
 */
export function gapOn(
  pair: ModelPair,
  inputs: readonly Float32Array[],
  thorough: boolean,
): Judgement {
  const wide = inputs.map((values) => Float64Array.from(values));
  const { beyond, differs, evaluations } = beyondRounding(pair, wide, thorough);
  for (const candidate of beyond) {
    const bounds: (readonly [GapBound, () => number])[] = [
      ['1000 × measured float64 noise', () => measuredBound(pair, wide, candidate)],
    ];
    if (thorough) {
      bounds.unshift(['rigorous float64 error bound', () => errorBoundAt(pair, wide, candidate)]);
    }
    for (const [boundKind, compute] of bounds) {
      const bound = compute();
      if (candidate.gap > bound) return { kind: 'apart', gap: { ...candidate, bound, boundKind } };
    }
  }
  return { kind: differs && beyond.length === 0 ? 'rounding' : 'same', evaluations };
}
