/** Looks for an input on which two models really differ, within a fixed budget of arithmetic. */
import type { Layer } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Difference } from '../verdict/verdict.ts';
import { statistics } from '../model/statistics.ts';
import { alignedInputs } from './aligned-inputs.ts';
import { layersBefore } from './ancestors.ts';
import { evaluate } from '../semantics/evaluate.ts';
import { gapOn, realGap, type Candidate, type Gap, type ModelPair } from './gap.ts';
import { candidateInputs, moreInputs, type InputRange } from './inputs.ts';
import { outputsOf } from './output-gap.ts';
import { channelsOf, pairUpTo, splice, takenOver, type ChannelPair } from './splice.ts';

/** Multiply-adds of both models below which inputs are judged thoroughly, and aimed. */
const smallModel = 2e8;

/** Multiply-adds the search may spend; the first input is always tried. */
const budget = 1.5e10;

/** What judging one channel costs, in evaluations of both models, about. */
const tracedEvaluations = 3;

/**
 * `channel`: what the two channels show that the difference is traced to; null where the outputs show it.
 * `same`: equal on every input tried. `rounding`: they differ, but rounded parameters do as much.
 */
export type Search =
  | {
      readonly kind: 'found';
      readonly inputs: readonly Float32Array[];
      readonly gap: Gap;
      readonly channel: Gap | null;
    }
  | { readonly kind: 'same' | 'rounding' };

interface Aim {
  readonly range: InputRange | null;
  /** Where the models part: what the inputs are aimed at once those of the fixed list are spent. */
  readonly difference: Difference;
  /** Whether a model is proved to be the original: the converted one with one channel replaced. */
  readonly proves: (model: Model) => Promise<boolean>;
}

/** A difference that is traced to one channel: the rest of the models is proved equal. */
interface Traced {
  readonly channels: ChannelPair;
  readonly spliced: Model;
  /** The layers of both models in which there may be rounding that shows in the channels. */
  readonly rounds: (layer: Layer) => boolean;
  /** The same layers in the splice, where they make nothing but the channel. */
  readonly roundsSpliced: (layer: Layer) => boolean;
}

/** About how many times the original's channel the converted one is on an input: a power of two, signed. */
function powerBetween(
  pair: ModelPair,
  channels: ChannelPair,
  inputs: readonly Float32Array[],
): number {
  const { original, converted } = pairUpTo(pair, channels);
  const wide = inputs.map((values) => Float64Array.from(values));
  const [[theirs], [ours]] = [original, converted].map((model) =>
    outputsOf(model, evaluate(model, wide)),
  );
  const largest = theirs.reduce((a, x, k) => (Math.abs(x) > Math.abs(theirs[a]) ? k : a), 0);
  const ratio = ours[largest] / theirs[largest];
  const power = Math.sign(ratio) * 2 ** Math.round(Math.log2(Math.abs(ratio)));
  return Number.isFinite(power) && power !== 0 ? power : 1;
}

/** `inputs`: some on which the channels differ. */
async function traced(
  pair: ModelPair,
  { difference, proves }: Aim,
  inputs: readonly Float32Array[],
): Promise<Traced | null> {
  const found = channelsOf(pair, difference);
  if (found === null) return null;
  let channels = found;
  let spliced = splice(pair, channels);
  if (!(await proves(spliced))) {
    channels = { ...found, scale: powerBetween(pair, found, inputs) };
    if (channels.scale === 1) return null;
    spliced = splice(pair, channels);
    if (!(await proves(spliced))) return null;
  }
  // All of them, even where the rest is exactly equal: some may feed nothing but the channel, and round.
  const { original, converted } = channels;
  const ours = new Set(layersBefore(pair.converted, [converted.layer.output]));
  const theirs = new Set(layersBefore(pair.original, [original.layer.output]));
  const names = new Set(Array.from(theirs, ({ name }) => takenOver + name));
  return {
    channels,
    spliced,
    rounds: (layer) => ours.has(layer) || theirs.has(layer),
    roundsSpliced: ({ name }) => names.has(name),
  };
}

/**
 * Where rounding the parameters of whole models would explain their gap, but not that of the two channels
 * to which it is traced. The outputs have to differ beyond float64 noise, and by what the channel is alone:
 * replacing it must make a difference of its own, and one that rounding what makes it does not explain: two
 * channels may differ by what the layers behind them cut off.
 */
function channelGap(
  pair: ModelPair,
  inputs: readonly Float32Array[],
  options: {
    readonly explained: readonly Candidate[];
    readonly trace: Traced;
    readonly thorough: boolean;
  },
): { readonly gap: Gap; readonly channel: Gap } | null {
  const { explained, trace, thorough } = options;
  const { channels, rounds, roundsSpliced } = trace;
  const local = gapOn(pairUpTo(pair, channels), inputs, { thorough, rounds });
  if (local.kind !== 'apart') return null;
  const gap = realGap(pair, inputs, { thorough, candidates: explained });
  if (gap === null) return null;
  const effect = { original: trace.spliced, converted: pair.converted };
  if (gapOn(effect, inputs, { thorough, rounds: roundsSpliced }).kind !== 'apart') return null;
  return { gap, channel: local.gap };
}

/** The first input, in a fixed order, with a gap that counts. */
export async function findGap(pair: ModelPair, aim: Aim): Promise<Search> {
  const macs = statistics(pair.original).macs + statistics(pair.converted).macs;
  const thorough = macs < smallModel;
  let seen: 'same' | 'rounding' = 'same';
  let trace: Traced | null | undefined;
  let spent = 0;
  for (const inputs of inputsFor(pair, aim, thorough)) {
    const judgement = gapOn(pair, inputs, { thorough });
    if (judgement.kind === 'apart') {
      return { kind: 'found', inputs, gap: judgement.gap, channel: null };
    }
    if (judgement.kind === 'rounding') {
      seen = 'rounding';
      if (trace === undefined) trace = await traced(pair, aim, inputs);
      if (trace !== null) spent += tracedEvaluations * macs;
      const { explained } = judgement;
      const shown = trace && channelGap(pair, inputs, { explained, trace, thorough });
      if (shown !== null) return { kind: 'found', inputs, ...shown };
    }
    spent += macs * judgement.evaluations;
    if (spent > budget) break;
  }
  return { kind: seen };
}

function* inputsFor(
  pair: ModelPair,
  { range, difference }: Aim,
  small: boolean,
): Generator<readonly Float32Array[]> {
  yield* candidateInputs(pair.original, range);
  if (!small) return;
  yield* alignedInputs(pair, difference, range);
  yield* moreInputs(pair.original, range);
}
