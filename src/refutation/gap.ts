/**
 * Whether two models really differ on an input, by the float64 reference evaluator (formal-core §1).
 *
 * The gap must exceed two things. First, four times what rounding either model's parameters does on this
 * input (rounding-noise.ts); that is a measurement, and decides only whether the input is worth showing.
 * The original's count as well: the bias of a folded batch norm may be a small difference of large
 * products, and then its rounding is a rounding of what it was computed from. Second, the rigorous error
 * bound of both evaluations where that bound is useful, and otherwise a thousand times the noise seen when
 * every sum is added up the other way round; that is what the claim "the functions differ" rests on, and
 * which of the two it was is part of the answer.
 *
 * In a deep network a single wrong weight may do less at the outputs than rounding all the weights. The
 * first test is then made at the one channel that all of the difference is traced to (search.ts).
 */
import type { Layer } from '../model/layer.ts';
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
 * `apart`: beyond both. `rounding`: not beyond what rounded parameters do, and perhaps not beyond
 * float64 noise either. `same`: no difference, or none beyond float64 noise. `evaluations`: how often both models were evaluated to see that, about.
 */
export type Judgement =
  | { readonly kind: 'apart'; readonly gap: Gap; readonly evaluations: number }
  | {
      readonly kind: 'rounding';
      readonly explained: readonly Candidate[];
      readonly evaluations: number;
    }
  | { readonly kind: 'same'; readonly evaluations: number };

export interface JudgeOptions {
  /** Moves the parameters as often as it takes, and propagates error bounds. */
  readonly thorough: boolean;
  /** The layers of either model that may be rounded; all of them unless told. */
  readonly rounds?: ((layer: Layer) => boolean) | undefined;
}

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

/** A gap that has not been held against float64 noise. */
export type Candidate = Omit<Gap, 'bound' | 'boundKind'>;

interface Seen {
  /** The outputs' largest gaps that rounded parameters do not explain, the clearest first. */
  readonly beyond: readonly Candidate[];
  /** Those that they do explain, with the move that did it. */
  readonly explained: readonly Candidate[];
  /** How often both models were evaluated. */
  readonly evaluations: number;
}

/** The largest gap of every output that has one. */
function gapsOf(pair: ModelPair, inputs: readonly Float64Array[]): readonly Candidate[] {
  const original = outputsOf(pair.original, evaluate(pair.original, inputs));
  const converted = outputsOf(pair.converted, evaluate(pair.converted, inputs));
  return original
    .map((ours, output): Candidate => {
      const theirs = converted[output];
      const apart = largestGap(ours, theirs);
      return { output, ...apart, roundingNoise: 0, original: ours, converted: theirs };
    })
    .filter(({ gap }) => gap > 0 && Number.isFinite(gap));
}

function beyondRounding(
  pair: ModelPair,
  inputs: readonly Float64Array[],
  { thorough, rounds }: JudgeOptions,
): Seen {
  let beyond = gapsOf(pair, inputs);
  const explained: Candidate[] = [];
  const sides = [pair.converted, pair.original];
  const isClear = ({ gap, roundingNoise }: Candidate): boolean =>
    roundingNoise > 0 && gap > clearFactor * roundingNoise;
  let evaluations = 1;
  for (let draw = 0; draw < draws && beyond.length > 0; draw++) {
    for (const model of sides) {
      const outputs: (Float64Array | null)[] = model.outputs.map(() => null);
      for (const c of beyond) {
        outputs[c.output] = model === pair.original ? c.original : c.converted;
      }
      const moves = roundingMoves(model, inputs, outputs, { draw, rounds });
      const measured = beyond.map((c) => ({
        ...c,
        roundingNoise: Math.max(c.roundingNoise, moves[c.output]),
      }));
      const exceeds = ({ gap, roundingNoise }: Candidate): boolean =>
        gap > noiseFactor * roundingNoise;
      explained.push(...measured.filter((c) => !exceeds(c)));
      beyond = measured.filter(exceeds);
      if (beyond.length === 0) break;
    }
    evaluations++;
    if (draw + 1 >= (thorough ? fewDraws : 1) && beyond.some(isClear)) break;
  }
  const clearest = [...beyond].sort((a, b) => b.gap * a.roundingNoise - a.gap * b.roundingNoise);
  return { beyond: clearest, explained, evaluations };
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

/** The first of the gaps that is more than the arithmetic may do, with the bound that says so. */
function beyondArithmetic(
  pair: ModelPair,
  inputs: readonly Float64Array[],
  { candidates, thorough }: { readonly candidates: readonly Candidate[]; thorough: boolean },
): Gap | null {
  for (const candidate of candidates) {
    const bounds: (readonly [GapBound, () => number])[] = [
      ['1000 × measured float64 noise', () => measuredBound(pair, inputs, candidate)],
    ];
    if (thorough) {
      bounds.unshift(['rigorous float64 error bound', () => errorBoundAt(pair, inputs, candidate)]);
    }
    for (const [boundKind, compute] of bounds) {
      const bound = compute();
      if (candidate.gap > bound) return { ...candidate, bound, boundKind };
    }
  }
  return null;
}

/** The largest difference on an input, whatever may explain it, that is more than the arithmetic does. */
export function realGap(
  pair: ModelPair,
  inputs: readonly Float32Array[],
  options: { readonly thorough: boolean; readonly candidates?: readonly Candidate[] },
): Gap | null {
  const wide = inputs.map((values) => Float64Array.from(values));
  const { thorough, candidates = gapsOf(pair, wide) } = options;
  return beyondArithmetic(pair, wide, { candidates, thorough });
}

/** Judges one input: one array for each of the models' inputs, channel-major. */
export function gapOn(
  pair: ModelPair,
  inputs: readonly Float32Array[],
  options: JudgeOptions,
): Judgement {
  const { thorough } = options;
  const wide = inputs.map((values) => Float64Array.from(values));
  const { beyond, explained, evaluations } = beyondRounding(pair, wide, options);
  const gap = beyondArithmetic(pair, wide, { candidates: beyond, thorough });
  if (gap !== null) return { kind: 'apart', gap, evaluations };
  return explained.length === 0
    ? { kind: 'same', evaluations }
    : { kind: 'rounding', explained, evaluations };
}
