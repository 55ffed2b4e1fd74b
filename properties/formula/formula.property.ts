/**
 * Claim: the formula of every kind of layer, evaluated as it is written, is what src/semantics/ says the layer
 * means and what real kernels compute, each to within rounding: |Δ| ≤ γ_n·Σ|w||x| and its like (Higham,
 * Accuracy and Stability of Numerical Algorithms, §3.1). And the term a formula is translated to has the
 * formula's value, to the last bit, since it does the same in the same order.
 * Expected: holds.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { evaluator, type Values } from '../../src/formula/evaluate.ts';
import { formulaOf } from '../../src/formula/layer-formula.ts';
import { translate } from '../../src/formula/translate.ts';
import { fun, symbol, type Term } from '../../src/logic/term.ts';
import type { Layer } from '../../src/model/layer.ts';
import { shapeOf } from '../../src/model/model.ts';
import { denote, errorBound } from '../../src/semantics/denote.ts';
import { erf } from '../../src/semantics/erf.ts';
import type { Operand } from '../../src/semantics/operand.ts';
import { float32, float64 } from '../../src/semantics/rounding.ts';
import { openedKernels } from '../../test/kernels/opened.ts';
import { arbitraryCase, layerKinds, opaqueFunctions, type Case } from '../arbitraries/layer.ts';
import { hold } from '../runs.ts';
import { valuesOf } from './layer-values.ts';
import { termValue } from './term-value.ts';

const kernels = (await openedKernels()).filter(({ name }) => name !== 'onnxruntime');
/** Entries of a result that are looked at: an evaluated formula takes its time. */
const samples = 12;

afterAll(async () => {
  for (const kernel of kernels) await kernel.close();
});

/** The kernel's rounding and, since the formula is evaluated in float64, that one's. */
const kernelArithmetic = {
  unitRoundoff: float32.unitRoundoff + float64.unitRoundoff,
  underflow: float32.underflow,
};

interface Position {
  readonly o: number;
  readonly p: number;
  readonly q: number;
}

interface Subject {
  readonly layer: Layer;
  readonly operands: readonly Operand[];
  readonly shape: Operand['shape'];
  /** Every letter of the formula but the position and t. */
  readonly values: Values;
  /** Entries of the result, and where they are. */
  readonly entries: readonly (readonly [entry: number, at: Position])[];
  /** t at a position. */
  readonly t: (at: Position) => number;
}

function subjectOf({ model, inputs }: Case, seed: number): Subject {
  const [layer] = model.layers;
  const operands = layer.inputs.map((tensor) => ({
    shape: shapeOf(model, tensor),
    values: Float64Array.from(inputs[tensor]),
    errors: null,
  }));
  const shape = shapeOf(model, layer.output);
  const { height, width } = shape;
  const total = shape.channels * height * width;
  // A stride without a common factor with anything small, from anywhere.
  const entries = Array.from({ length: Math.min(samples, total) }, (_, k) => {
    const entry = (seed + k * 7919) % total;
    const p = Math.floor(entry / width) % height;
    return [entry, { o: Math.floor(entry / (height * width)), p, q: entry % width }] as const;
  });
  const values = valuesOf(layer, operands);
  const t = ({ o, p, q }: Position): number => values.functions['x'](o, p, q);
  return { layer, operands, shape, values, entries, t };
}

/** What the formula is at each sampled entry. */
function formulaValues({ layer, values, entries, t }: Subject): readonly number[] {
  const value = evaluator(formulaOf(layer), values);
  return entries.map(([, at]) => value({ ...at, t: readsT(layer) ? t(at) : NaN }));
}

/** Whether the formula is one in t; others have no use for it, and may be of inputs that x counts. */
function readsT(layer: Layer): boolean {
  return formulaOf(layer).expression.filter((node) => node.toString() === 't').length > 0;
}

/** Worst |observed − formula| over what is allowed, at the sampled entries. */
function worstRatio(
  { entries }: Subject,
  formula: readonly number[],
  observed: Float32Array | Float64Array,
  allowed: (entry: number) => number,
): number {
  let worst = 0;
  entries.forEach(([entry], k) => {
    const difference = Math.abs(observed[entry] - formula[k]);
    if (difference === 0) return;
    const ratio = difference / allowed(entry);
    worst = Number.isNaN(ratio) ? Infinity : Math.max(worst, ratio);
  });
  return worst;
}

const subjects = (kind: (typeof layerKinds)[number] | (typeof opaqueFunctions)[number]) =>
  fc.tuple(arbitraryCase(kind), fc.nat({ max: 2 ** 20 }));
const kinds = [...layerKinds, ...opaqueFunctions];

describe('the formula is what the layer means', () => {
  test.each(kinds)('%s', async (kind) => {
    await hold(
      fc.property(subjects(kind), ([given, seed]) => {
        const subject = subjectOf(given, seed);
        const { layer, operands, shape } = subject;
        const bound = errorBound(layer, operands, shape, float64);
        // Both are evaluations of one meaning, each as far from it as the bound says.
        const allowed = (entry: number): number => 2 * Math.max(bound[entry], float64.underflow);
        const meaning = denote(layer, operands, shape);
        expect(worstRatio(subject, formulaValues(subject), meaning, allowed)).toBeLessThanOrEqual(
          1,
        );
      }),
      { runs: 25 },
    );
  });
});

describe.each(kernels)('the formula is what kernel $name computes', (kernel) => {
  test.each(kinds)('%s', async (kind) => {
    await hold(
      fc.asyncProperty(subjects(kind), async ([given, seed]) => {
        const subject = subjectOf(given, seed);
        const { layer, operands, shape } = subject;
        const run = await kernel.run(given.model, given.inputs, [layer.output]);
        if (!run.ok) throw new Error(run.failure.reason);
        const observed = run.value.get(layer.output) ?? new Float32Array();
        const bound = errorBound(layer, operands, shape, kernelArithmetic);
        // A kernel may flush a subnormal result to zero even where it computes nothing.
        const allowed = (entry: number): number => Math.max(bound[entry], float32.underflow);
        const formula = formulaValues(subject);
        expect(worstRatio(subject, formula, observed, allowed)).toBeLessThanOrEqual(1);
      }),
      { runs: 25 },
    );
  });
});

/** The letters of formulas that are no numbers of their own but count, point or select. */
const wholeSymbols = /^(o|p|q|C|H|W|[ksdp]_[yx])$/;
const wholeFunctions = ['group', 'top', 'rows', 'left', 'columns', 'part', 'start', 'channel'];

/** Every letter as itself: symbols and uninterpreted functions of the same names. */
function asTerms({ symbols, functions }: Values): {
  readonly symbols: Readonly<Record<string, Term>>;
  readonly functions: Readonly<Record<string, (...args: readonly Term[]) => Term>>;
} {
  return {
    symbols: Object.fromEntries(
      Object.keys(symbols).map((name) => [
        name,
        symbol(wholeSymbols.test(name) ? 'Int' : 'Real', name),
      ]),
    ),
    functions: Object.fromEntries(
      Object.keys(functions).map((name) => [
        name,
        fun(name, wholeFunctions.includes(name) ? 'Int' : 'Real'),
      ]),
    ),
  };
}

/** What stays a function or a symbol in a term because it is transcendental. */
const transcendental: Values = {
  symbols: { pi: Math.PI },
  functions: { sqrt: Math.sqrt, exp: Math.exp, expm1: Math.expm1, tanh: Math.tanh, erf },
};

describe('the term of the formula has its value', () => {
  test.each(kinds)('%s', async (kind) => {
    await hold(
      fc.property(subjects(kind), ([given, seed]) => {
        const subject = subjectOf(given, seed);
        const { layer, values, entries, t } = subject;
        const functions = { ...transcendental.functions, ...values.functions };
        const symbols = { ...transcendental.symbols, ...values.symbols };
        const named = { o: 0, p: 0, q: 0, t: 0, ...symbols };
        const term = translate(formulaOf(layer), asTerms({ symbols: named, functions }));
        // The same functions for both, so that they can be held to the last bit.
        const formula = evaluator(formulaOf(layer), { symbols, functions });
        for (const [, at] of entries) {
          const point = { ...at, t: readsT(layer) ? t(at) : NaN };
          const value = termValue(term, { symbols: { ...symbols, ...point }, functions });
          // Not toBe: which of two zeros max returns is not said.
          expect(value === formula(point)).toBe(true);
        }
      }),
      { runs: 25 },
    );
  });
});
