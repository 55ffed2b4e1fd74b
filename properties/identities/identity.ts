/**
 * A theorem as a law of real kernels: two networks, drawn so that its hypotheses hold, agree wherever it says
 * so; and without one of its assumptions, at the numbers a solver found, they do not.
 *
 * The networks are tied to the statement: the two sides of its conclusion, evaluated as they are written, have
 * to be what the networks mean. Kernels may differ from the meaning by float32 rounding, as bounded layer
 * by layer (src/semantics/), and by nothing else.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Kernel, KernelName } from '../../src/kernels/kernel.ts';
import { openKernel } from '../../src/kernels/open.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import type { Term } from '../../src/logic/term.ts';
import { denote, errorBound } from '../../src/semantics/denote.ts';
import type { Operand } from '../../src/semantics/operand.ts';
import { float32, float64 } from '../../src/semantics/rounding.ts';
import type { Entry, Sizes } from '../../src/theorems/entry.ts';
import { termValue } from '../formula/term-value.ts';
import { hold } from '../runs.ts';
import { drawn, ofModel, type Given, type Letters } from './letters.ts';

/** Two networks with one output each, read at the same position. */
export interface Networks {
  /** What the left side of the conclusion is. */
  readonly original: Model;
  /** What its right side is. */
  readonly converted: Model;
  /** Of both. */
  readonly inputs: readonly Float32Array[];
}

/** A position of the output, and the integers of the statement that go with it. */
export type Place = Sizes & { readonly o: number; readonly p: number; readonly q: number };

export interface Identity {
  readonly entry: Entry;
  /** Every integer of the statement but o, p and q. */
  readonly sizes: fc.Arbitrary<Sizes>;
  /** Letters that hypotheses determine, from those that are free. */
  readonly determined?: (letters: Letters) => Given;
  /** Letters that stand for what the networks read. */
  readonly images: readonly string[];
  readonly networks: (letters: Letters) => Networks;
  /** Integers that depend on the output channel: its group and its place there. */
  readonly placed?: (place: Place, letters: Letters) => Sizes;
  /** Runs of `npm test`; 6 unless told. */
  readonly runs?: number;
}

/** The counterexamples of a theorem without its assumptions: data taken from an examination. */
export type Needed = Readonly<
  Record<string, { readonly sizes: Sizes; readonly values: Readonly<Record<string, string>> }>
>;

export function neededOf(theorem: string): Needed {
  const file = new URL(`needed/${theorem}.json`, import.meta.url);
  const data: Needed = JSON.parse(readFileSync(file, 'utf8'));
  return data;
}

const kernelNames: readonly KernelName[] = ['wasm', 'cpu'];
let opened: Promise<readonly Kernel[]> | null = null;

/** Opened once a process, and left to its end. */
function kernels(): Promise<readonly Kernel[]> {
  opened ??= Promise.all(
    kernelNames.map(async (name) => {
      const kernel = await openKernel(name);
      if (!kernel.ok) throw new Error(kernel.failure.reason);
      return kernel.value;
    }),
  );
  return opened;
}

/** The kernel's rounding and, since meanings are computed in float64, that one's. */
const arithmetic = {
  unitRoundoff: float32.unitRoundoff + float64.unitRoundoff,
  underflow: float32.underflow,
};

/** A model's output: what it means, and how far a float32 kernel may be from that. */
function meaningOf(model: Model, inputs: readonly Float32Array[]): Operand {
  const operands = new Map<number, Operand>();
  model.inputs.forEach(({ tensor }, k) => {
    const values = Float64Array.from(inputs[k]);
    operands.set(tensor, { shape: shapeOf(model, tensor), values, errors: null });
  });
  const operandOf = (tensor: number): Operand => {
    const operand = operands.get(tensor);
    if (operand === undefined) throw new Error('a layer reads what is not computed');
    return operand;
  };
  for (const layer of model.layers) {
    const read = layer.inputs.map(operandOf);
    const shape = shapeOf(model, layer.output);
    operands.set(layer.output, {
      shape,
      values: denote(layer, read, shape),
      errors: errorBound(layer, read, shape, arithmetic),
    });
  }
  return operandOf(model.outputs[0].tensor);
}

async function run(
  kernel: Kernel,
  model: Model,
  inputs: readonly Float32Array[],
): Promise<Float32Array> {
  const output = model.outputs[0].tensor;
  const results = await kernel.run(model, inputs, [output]);
  if (!results.ok) throw new Error(`${kernel.name}: ${results.failure.reason}`);
  return results.value.get(output) ?? new Float32Array();
}

function indexAt({ shape }: Operand, { o, p, q }: Place): number {
  return (o * shape.height + p) * shape.width + q;
}

/** Every position that both outputs have. */
function positions(a: Operand, b: Operand): readonly Place[] {
  const common = (of: 'channels' | 'height' | 'width'): number[] =>
    Array.from({ length: Math.min(a.shape[of], b.shape[of]) }, (_, k) => k);
  return common('channels').flatMap((o) =>
    common('height').flatMap((p) => common('width').map((q) => ({ o, p, q }))),
  );
}

/** The sides of a conclusion that is an equation. */
function sidesOf({ conclusion }: Entry['statement']): readonly [Term, Term] {
  if (conclusion.kind === 'operation' && conclusion.operator === '=') {
    return [conclusion.args[0], conclusion.args[1]];
  }
  throw new Error('the conclusion is no equation');
}

/** At how many positions the sides of the conclusion are evaluated: triple sums take their time. */
const evaluated = 6;

/** The positions at which the hypotheses hold, and there the two meanings. */
function agreement(
  of: Identity,
  letters: Letters,
  meanings: readonly [Operand, Operand],
): readonly Place[] {
  const { statement } = of.entry;
  const sides = sidesOf(statement);
  const terms = [...statement.hypotheses.map(({ term }) => term), ...sides];
  const valuesAt = (place: Place) =>
    letters.at({ ...place, ...of.placed?.(place, letters) }).values(terms);
  const places = positions(...meanings).filter((place) => {
    const values = valuesAt(place);
    return statement.hypotheses.every(({ term }) => termValue(term, values) === 1);
  });
  const step = Math.max(1, Math.floor(places.length / evaluated));
  for (const place of places.filter((_, k) => k % step === 0)) {
    const values = valuesAt(place);
    for (const [side, meaning] of meanings.entries()) {
      const stated = termValue(sides[side], values);
      expect(
        meaning.values[indexAt(meaning, place)] + 0,
        `side ${side} at ${JSON.stringify(place)}`,
      )
        // Adding zero: −0 is 0.
        .toBe(stated + 0);
    }
  }
  return places;
}

interface Gap {
  /** |original − converted| on a kernel. */
  readonly observed: number;
  /** How much of that rounding may explain. */
  readonly allowed: number;
}

async function gapsOn(
  kernel: Kernel,
  { original, converted, inputs }: Networks,
  meanings: readonly [Operand, Operand],
  places: readonly Place[],
): Promise<readonly Gap[]> {
  const [a, b] = [await run(kernel, original, inputs), await run(kernel, converted, inputs)];
  const error = (meaning: Operand, place: Place): number =>
    meaning.errors?.[indexAt(meaning, place)] ?? 0;
  return places.map((place) => ({
    observed: Math.abs(a[indexAt(meanings[0], place)] - b[indexAt(meanings[1], place)]),
    allowed: error(meanings[0], place) + error(meanings[1], place),
  }));
}

function meaningsOf({ original, converted, inputs }: Networks): readonly [Operand, Operand] {
  return [meaningOf(original, inputs), meaningOf(converted, inputs)];
}

async function holds(of: Identity, sizes: Sizes, seed: number): Promise<void> {
  const free = drawn(sizes, seed, of.images);
  const letters = free.with(of.determined?.(free) ?? {});
  const networks = of.networks(letters);
  const meanings = meaningsOf(networks);
  const places = agreement(of, letters, meanings);
  fc.pre(places.length > 0);
  for (const kernel of await kernels()) {
    for (const { observed, allowed } of await gapsOn(kernel, networks, meanings, places)) {
      expect(observed, kernel.name).toBeLessThanOrEqual(allowed);
    }
  }
}

async function fails(of: Identity, needed: Needed[string]): Promise<void> {
  const letters = ofModel(needed.sizes, needed.values);
  const networks = of.networks(letters);
  const meanings = meaningsOf(networks);
  const { o = 0, p = 0, q = 0 } = needed.sizes;
  for (const kernel of await kernels()) {
    const [gap] = await gapsOn(kernel, networks, meanings, [{ o, p, q }]);
    expect(gap.observed, kernel.name).toBeGreaterThan(gap.allowed);
  }
}

/** Declares the tests of one theorem. */
export function identity(of: Identity): void {
  const { name, statement } = of.entry;
  const assumptions = statement.hypotheses.flatMap((hypothesis) =>
    hypothesis.kind === 'assumption' ? [hypothesis.label] : [],
  );
  describe(name, () => {
    test('holds on real kernels', async () => {
      const seeds = fc.nat({ max: 2 ** 30 });
      await hold(
        fc.asyncProperty(of.sizes, seeds, (sizes, seed) => holds(of, sizes, seed)),
        { runs: of.runs ?? 6 },
      );
    });
    if (assumptions.length === 0) return;
    const needed = neededOf(name);
    test.each(assumptions)('fails on real kernels without (%s)', async (label) => {
      expect(Object.keys(needed)).toContain(label);
      await fails(of, needed[label]);
    });
  });
}
