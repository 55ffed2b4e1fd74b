/**
 * A verdict read back from its JSON, so that a report can be made later and elsewhere.
 *
 * The file may be anybody's: it has to follow the schema to the letter, or it is not read at all. What it says
 * is not checked against the models; a report cites their digests.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { failed, success, type Result } from '../model/failure.ts';
import type { Counterexample, Verdict } from '../verdict/verdict.ts';
import type { Network } from './network.ts';
import type { KernelErrors, LayerErrors, VerdictRecord } from './record.ts';
import type {
  CounterexampleJson,
  KernelJson,
  LayerErrorsJson,
  VerdictJson,
} from './verdict-json.ts';

function validator(): ValidateFunction<VerdictJson> {
  const file = new URL('../../schemas/verdict.schema.json', import.meta.url);
  const schema: object = JSON.parse(readFileSync(file, 'utf8'));
  return new Ajv({ allErrors: false, allowUnionTypes: true }).compile<VerdictJson>(schema);
}

/** What JSON could not hold was written as null. */
function number(value: number | null): number {
  return value ?? NaN;
}

function counterexample(json: CounterexampleJson): Counterexample {
  const gapOf = ({
    gap,
    bound,
    boundKind,
    roundingNoise,
  }: CounterexampleJson['channel'] & object) => {
    return {
      gap: number(gap),
      bound: number(bound),
      boundKind,
      roundingNoise: number(roundingNoise),
    };
  };
  return {
    ...gapOf(json),
    inputs: json.inputs.map((values) => Float32Array.from(values, number)),
    output: json.output,
    originalOutput: Float64Array.from(json.originalOutput, number),
    convertedOutput: Float64Array.from(json.convertedOutput, number),
    index: json.index,
    channel: json.channel === null ? null : gapOf(json.channel),
    replays: json.replays.map(({ kernel, gap, layerGap }) => {
      return { kernel, gap: number(gap), layerGap };
    }),
  };
}

function layerErrors(json: LayerErrorsJson): LayerErrors {
  const { worstRatio, layer, layers, ratios = [], observed = [], allowed = [] } = json;
  return {
    worstRatio: worstRatio ?? Infinity,
    layer,
    layers,
    ratios: ratios.map(number),
    observed: observed.map(number),
    allowed: allowed.map(number),
  };
}

/** Of the same layers; results of before the two numbers were kept have neither. */
function fitTogether({ ratios = [], observed = [], allowed = [] }: LayerErrorsJson): boolean {
  const isOld = observed.length === 0 && allowed.length === 0;
  return isOld || (observed.length === ratios.length && allowed.length === ratios.length);
}

function kernelErrors({ kernel, original, converted, latency = null }: KernelJson): KernelErrors {
  const [before, after] = [original, converted].map(layerErrors);
  return { kernel, original: before, converted: after, latency };
}

function verdictOf(json: VerdictJson): Verdict | null {
  const { assumptions, theorems, facts, largestRounding, firstDifference, layers = null } = json;
  const account = layers === null ? {} : { account: layers };
  switch (json.verdict) {
    case 'proved': {
      const { grade } = json;
      if (grade === null) return null;
      const maxUlps = number(json.maxUlps);
      const own = { verdict: 'proved', grade, maxUlps, largestRounding, assumptions } as const;
      const { certified = null } = json;
      const checked = certified === null ? {} : { certified };
      return { ...own, theorems, facts, ...checked, ...account };
    }
    case 'refuted': {
      if (json.counterexample === null) return null;
      const seen = counterexample(json.counterexample);
      const own = { verdict: 'refuted', assumptions, counterexample: seen } as const;
      return { ...own, firstDifference, ...account };
    }
    case 'undecided': {
      const { reason } = json;
      if (reason === null) return null;
      return { verdict: 'undecided', assumptions, reason, firstDifference, ...account };
    }
  }
}

/** Positions that a schema cannot check: what a layer reads comes before it, what is given out is there. */
function isNetwork({ nodes, outputs }: Network): boolean {
  return (
    nodes.length > 0 &&
    nodes.every(({ inputs }, position) => inputs.every((input) => input < position)) &&
    outputs.every((output) => output < nodes.length)
  );
}

function isConsistent(json: VerdictJson): boolean {
  const { models, kernels, counterexample: seen, layers = null } = json;
  if (!kernels.every((each) => [each.original, each.converted].every(fitTogether))) return false;
  const networks = [models.original, models.converted].map(
    ({ details = null }) => details?.network,
  );
  if (!networks.every((network) => network === undefined || isNetwork(network))) return false;
  if (layers !== null && layers.roundings.edges.length !== layers.roundings.counts.length) {
    return false;
  }
  if (seen === null) return true;
  const { originalOutput, convertedOutput, index } = seen;
  return index < originalOutput.length && originalOutput.length === convertedOutput.length;
}

/** Errors: `not-a-model` for text that is no verdict, with the first thing wrong about it. */
export function readRecord(text: string): Result<VerdictRecord> {
  const no = (reason: string): Result<never> => failed('not-a-model', '', reason);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return no('is not JSON');
  }
  const validate = validator();
  if (!validate(json)) {
    const [error] = validate.errors ?? [];
    const where = error === undefined ? '' : `: ${error.instancePath} ${error.message ?? ''}`;
    return no(`is no verdict of plainproof${where}`);
  }
  if (!isConsistent(json)) return no('is no verdict of plainproof: it contradicts itself');
  const verdict = verdictOf(json);
  if (verdict === null) return no('is a verdict that lacks what makes it one');
  const { models, kernels, timings, run = null } = json;
  const { original, converted } = models;
  return success({
    verdict,
    original,
    converted,
    kernels: kernels.map(kernelErrors),
    timings,
    run,
  });
}
