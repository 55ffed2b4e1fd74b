/**
 * Decides whether two models compute the same function: proof first, then an input, then an honest
 * "undecided".
 *
 * Ties the storeys together and knows no algebra itself. A proof needs no kernel; a refutation is always
 * replayed on at least one.
 */
import type { Certified } from './certificate/author.ts';
import type { Judge } from './certificate/judge.ts';
import { firstDifference } from './equivalence/first-difference.ts';
import type { Attempt } from './equivalence/prove.ts';
import { settle } from './equivalence/settle.ts';
import type { KernelName } from './kernels/kernel.ts';
import { describeFailure } from './model/failure.ts';
import type { Model } from './model/model.ts';
import { tooLargeToCompare, tooLargeToEvaluate } from './model/extent.ts';
import { signatureMismatch } from './model/signature.ts';
import type { InputRange } from './refutation/inputs.ts';
import type { Account } from './verdict/layers.ts';
import type { Difference, Replay, Verdict } from './verdict/verdict.ts';

export interface VerifyOptions {
  /** What every input value is assumed to lie in; null for all finite reals. */
  readonly inputRange?: InputRange | null;
  /** Units in the last place up to which a coefficient counts as rounded; 16 unless told. */
  readonly maxUlps?: number;
  /** Resource limit of one solver query, in z3's units; 2,000,000 unless told. */
  readonly rlimit?: number;
  /** Kernels to replay a counterexample on; wasm unless told. Those that do not open are left out. */
  readonly kernels?: readonly KernelName[];
  /** Whether to say what each layer of the converted model is; a report needs it, and it costs time. */
  readonly account?: boolean;
  /** Judges the certificate of a proof; nothing is certified without a judge. */
  readonly judge?: Judge;
  /** Is handed what became of the certificate, where there is a proof. */
  readonly onCertified?: (certified: Certified) => void;
}

/**
 * Rounding a product of two float32 numbers, and of a few such, stays below this; a default identity batch
 * norm (ε = 10⁻⁵ forgotten) is off by 42.
 */
const defaultMaxUlps = 16;

/** A second or two of z3; the queries that succeed take thousandths of it. */
const defaultRlimit = 2_000_000;

/** A refutation has to be seen on a real kernel; this one is always installed. */
const defaultKernel: KernelName = 'wasm';

interface Pair {
  readonly original: Model;
  readonly converted: Model;
}

function statedAssumptions(range: InputRange | null): readonly string[] {
  return [
    'real arithmetic on the float32 parameters as stored; what float32 kernels round is not part of it',
    range === null
      ? 'every input value is a finite real number'
      : `every input value lies in [${range.lower}, ${range.upper}]`,
  ];
}

function proved(
  attempt: Extract<Attempt, { kind: 'equal' }>,
  assumptions: readonly string[],
  facts: readonly string[],
): Verdict {
  const { exact, ulps, where } = attempt;
  return {
    verdict: 'proved',
    grade: exact ? 'exact' : 'rounded',
    maxUlps: exact ? 0 : ulps,
    largestRounding:
      exact || where === null ? null : { layer: where.layer, channel: where.channel },
    assumptions,
    theorems: attempt.theorems,
    ...(facts.length === 0 ? {} : { facts }),
  };
}

/** The account of an attempt, made last of all: it uses the attempt's numbering up. */
async function accounted({ recorded }: Attempt): Promise<{ readonly account?: Account }> {
  if (recorded === null) return {};
  const { accountOf } = await import('./equivalence/account.ts');
  return { account: accountOf(recorded) };
}

/** Replays on each kernel that opens; a kernel that does not is left out, one at least must run. */
async function replays(
  pair: Pair,
  inputs: readonly Float32Array[],
  options: { readonly kernels: readonly KernelName[]; readonly difference: Difference },
): Promise<readonly Replay[]> {
  const { openKernel } = await import('./kernels/open.ts');
  const { replay } = await import('./refutation/replay.ts');
  const seen: Replay[] = [];
  for (const name of options.kernels) {
    const kernel = await openKernel(name);
    if (!kernel.ok) continue;
    const result = await replay(kernel.value, pair, inputs, options.difference);
    await kernel.value.close();
    if (result.ok) seen.push(result.value);
  }
  return seen;
}

async function refute(
  pair: Pair,
  difference: Difference,
  options: {
    readonly range: InputRange | null;
    readonly kernels: readonly KernelName[];
    readonly assumptions: readonly string[];
    readonly proves: (model: Model) => Promise<boolean>;
  },
): Promise<Verdict> {
  const { assumptions, range, proves } = options;
  const tooLarge = tooLargeToEvaluate([pair.original, pair.converted]);
  if (tooLarge !== null) {
    const reason = `no proof, and no input was tried: ${tooLarge}; they part at ${difference.layer}, channel ${difference.channel}: ${difference.cause}`;
    return { verdict: 'undecided', assumptions, reason, firstDifference: difference };
  }
  const { findGap } = await import('./refutation/search.ts');
  const found = await findGap(pair, { range, difference, proves });
  const where = `${difference.layer}, channel ${difference.channel}`;
  if (found.kind !== 'found') {
    const seen =
      found.kind === 'same'
        ? 'no input that tells the models apart'
        : 'on every input tried the models differ by no more than rounding their parameters would';
    const reason = `no proof, and ${seen}; they part at ${where}: ${difference.cause}`;
    return { verdict: 'undecided', assumptions, reason, firstDifference: difference };
  }
  const { inputs, gap, channel } = found;
  const kernels = options.kernels.length > 0 ? options.kernels : [defaultKernel];
  const replayed = await replays(pair, inputs, { kernels, difference });
  if (!replayed.some((r) => r.gap > 0 || (r.layerGap ?? 0) > 0)) {
    const reason = `the models differ by ${gap.gap} in float64, but no kernel shows it; they part at ${where}: ${difference.cause}`;
    return { verdict: 'undecided', assumptions, reason, firstDifference: difference };
  }
  return {
    verdict: 'refuted',
    assumptions,
    firstDifference: difference,
    counterexample: {
      inputs,
      output: pair.original.outputs[gap.output].name,
      originalOutput: gap.original,
      convertedOutput: gap.converted,
      index: gap.index,
      gap: gap.gap,
      bound: gap.bound,
      boundKind: gap.boundKind,
      roundingNoise: gap.roundingNoise,
      channel:
        channel === null
          ? null
          : {
              gap: channel.gap,
              bound: channel.bound,
              boundKind: channel.boundKind,
              roundingNoise: channel.roundingNoise,
            },
      replays: replayed,
    },
  };
}

/**
 * Proves or refutes that `converted` computes the function of `original`. Inputs and outputs are matched
 * by position; where their number or a shape differs, the question is undecided.
 */
export async function verify(
  original: Model,
  converted: Model,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const range = options.inputRange ?? null;
  const assumptions = statedAssumptions(range);
  const mismatch = signatureMismatch(original, converted);
  if (mismatch !== null) {
    const reason = `the models cannot be compared: ${describeFailure('the converted model', mismatch)}`;
    return { verdict: 'undecided', assumptions, reason, firstDifference: null };
  }
  const reason = tooLargeToCompare([original, converted]);
  if (reason !== null) return { verdict: 'undecided', assumptions, reason, firstDifference: null };
  const settings = {
    inputRange: range ?? { lower: -Infinity, upper: Infinity },
    maxUlps: options.maxUlps ?? defaultMaxUlps,
    rlimit: options.rlimit ?? defaultRlimit,
  };
  const { account: isAccounted = false, judge, onCertified } = options;
  const record = isAccounted || judge !== undefined;
  const { attempt, facts } = await settle(original, converted, { ...settings, record });
  if (attempt.kind === 'equal') {
    if (judge !== undefined && attempt.recorded !== null) {
      const { certify } = await import('./certificate/certify.ts');
      const { lower, upper } = settings.inputRange;
      const inputRange = range === null ? null : ([lower, upper] as const);
      const { theorems } = attempt;
      const header = { theorems, inputRange, maxUlps: settings.maxUlps };
      onCertified?.(await certify(attempt.recorded, { original, converted }, header, judge));
    }
    const account = isAccounted ? await accounted(attempt) : {};
    return { ...proved(attempt, assumptions, facts), ...account };
  }
  const difference = firstDifference(attempt);
  const account = isAccounted ? await accounted(attempt) : {};
  const verdict = await refute({ original, converted }, difference, {
    range,
    kernels: options.kernels ?? [],
    assumptions,
    proves: async (model) => (await settle(original, model, settings)).attempt.kind === 'equal',
  });
  return { ...verdict, ...account };
}
