/**
 * A verdict as JSON, in the fields of `schemas/verdict.schema.json`.
 *
 * Every field is always there, null where it does not apply, so that a reader needs no case analysis to
 * look one up. Numbers are IEEE doubles written so that they read back to the same double; a value that
 * JSON cannot hold (NaN, an infinity) is written as null.
 */
import type { Counterexample, Verdict } from '../verdict/verdict.ts';
import type { KernelErrors, LayerErrors, ModelSummary, VerdictRecord } from './record.ts';
import type {
  CounterexampleJson,
  KernelJson,
  LayerErrorsJson,
  ModelJson,
  VerdictJson,
} from './verdict-json.ts';

function counterexampleJson(counterexample: Counterexample): CounterexampleJson {
  const { channel = null } = counterexample;
  return {
    inputs: counterexample.inputs.map((values) => Array.from(values)),
    output: counterexample.output,
    originalOutput: Array.from(counterexample.originalOutput),
    convertedOutput: Array.from(counterexample.convertedOutput),
    index: counterexample.index,
    gap: counterexample.gap,
    bound: counterexample.bound,
    boundKind: counterexample.boundKind,
    roundingNoise: counterexample.roundingNoise,
    channel: channel === null ? null : { ...channel },
    replays: counterexample.replays.map(({ kernel, gap, layerGap }) => ({ kernel, gap, layerGap })),
  };
}

type VerdictFields = Pick<
  VerdictJson,
  | 'grade'
  | 'maxUlps'
  | 'largestRounding'
  | 'certified'
  | 'theorems'
  | 'facts'
  | 'reason'
  | 'firstDifference'
  | 'counterexample'
>;

function fields(verdict: Verdict): VerdictFields {
  const none: VerdictFields = {
    grade: null,
    maxUlps: null,
    largestRounding: null,
    certified: null,
    theorems: [],
    facts: [],
    reason: null,
    firstDifference: null,
    counterexample: null,
  };
  switch (verdict.verdict) {
    case 'proved': {
      const { grade, maxUlps, largestRounding, certified = null, theorems, facts = [] } = verdict;
      return { ...none, grade, maxUlps, largestRounding, certified, theorems, facts };
    }
    case 'refuted': {
      const { firstDifference, counterexample } = verdict;
      return {
        ...none,
        firstDifference,
        counterexample: counterexampleJson(counterexample),
      };
    }
    case 'undecided': {
      const { reason, firstDifference } = verdict;
      return { ...none, reason, firstDifference };
    }
  }
}

function modelJson({ path, sha256, parameters, macs, details = null }: ModelSummary): ModelJson {
  return { path, sha256, parameters, macs, details };
}

function layerErrorsJson(errors: LayerErrors): LayerErrorsJson {
  const { worstRatio, layer, layers, ratios = [], observed = [], allowed = [] } = errors;
  return { worstRatio, layer, layers, ratios, observed, allowed };
}

function kernelJson({ kernel, original, converted, latency = null }: KernelErrors): KernelJson {
  const [before, after] = [original, converted].map(layerErrorsJson);
  return { kernel, original: before, converted: after, latency };
}

/** The object the schema describes. */
export function verdictJson(record: VerdictRecord): VerdictJson {
  const { verdict, kernels, timings, run = null } = record;
  return {
    verdict: verdict.verdict,
    assumptions: verdict.assumptions,
    ...fields(verdict),
    models: { original: modelJson(record.original), converted: modelJson(record.converted) },
    kernels: kernels.map(kernelJson),
    timings,
    layers: verdict.account ?? null,
    run,
  };
}

/** The same as text: indented, but an array of numbers stays on one line, and so do short entries of lists. */
export function verdictJsonText(record: VerdictRecord): string {
  return `${print(verdictJson(record), '')}\n`;
}

/** An entry of a list that holds no more than numbers and words. */
function isFlat(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return true;
  return Object.values(item).every(
    (value) => typeof value !== 'object' || value === null || Array.isArray(value),
  );
}

function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0 || typeof value[0] === 'number') return JSON.stringify(value);
    const items = value.map((item: unknown) => {
      const line = isFlat(item) ? JSON.stringify(item) : '';
      return deeper + (line !== '' && line.length < 400 ? line : print(item, deeper));
    });
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).map(
    ([key, item]: [string, unknown]) => `${deeper}${JSON.stringify(key)}: ${print(item, deeper)}`,
  );
  return `{\n${entries.join(',\n')}\n${indent}}`;
}
