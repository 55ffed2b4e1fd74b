/**
 * Claim: a fault put into a correct conversion is never proved. Where the verifier refutes it, the input is
 * replayed on every kernel there is, two at least. Expected: holds, for every kind of fault and wherever it fits.
 *
 * `npm run attack` is the same attack at length, with a table of what became of each kind.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import { gap } from '../../test/pairs/gap.ts';
import { arbitraryConversion, drawConversion } from '../arbitraries/conversion.ts';
import { faults } from '../faults/catalogue.ts';
import type { Fault } from '../faults/fault.ts';
import { availableKernels } from '../../src/kernels/open.ts';
import type { Model } from '../../src/model/model.ts';
import { hold } from '../runs.ts';
import { functionsApart, genericInputs } from './apart.ts';
import { judge, replayKernels } from './judge.ts';
import { families, subject, type Subject } from './subject.ts';

/** The fault that is asked for, or the first after it that fits, at a place that is asked for. */
function injected(model: Model, kind: number, spot: number): Model | null {
  for (let step = 0; step < faults.length; step++) {
    const fault = faults[(kind + step) % faults.length];
    const places = fault.places(model);
    if (places.length === 0) continue;
    const faulty = fault.inject(model, places[spot % places.length]);
    if (faulty !== null) return faulty;
  }
  return null;
}

/** Kernels an installation may have. */
const others = (await availableKernels()).filter((name) => !replayKernels.includes(name));

test('a random fault at a random place of a random correct conversion is never proved', async () => {
  const attacked = fc.record({
    recipe: arbitraryConversion(),
    kind: fc.nat(faults.length - 1),
    spot: fc.nat(9999),
  });
  await hold(
    fc.asyncProperty(attacked, async ({ recipe, kind, spot }) => {
      const pair = drawConversion(recipe);
      // A conversion that is not proved is the completeness law's; its faults are no surprise.
      const own = prove(pair.original, pair.converted, { inputRange: everything, maxUlps: 16 });
      fc.pre(own.kind === 'equal');
      const faulty = injected(pair.converted, kind, spot);
      fc.pre(faulty !== null);
      if (faulty === null) return;
      const base: Subject = { family: 'basic', ...pair, inputRange: null };
      const options = { seed: spot, more: others };
      const { outcome, verdict } = await judge(base, faulty, options);
      expect(outcome).not.toBe('wronglyProved');
      if (verdict.verdict !== 'refuted') return;
      const replayed = verdict.counterexample.replays.map(({ kernel }) => kernel);
      expect(replayed).toEqual([...replayKernels, ...others]);
    }),
    { runs: 30 },
  );
});

/** Whether the numbering calls the faulty conversion equal, although it is not. */
function provedWrongly(base: Subject, faulty: Model): boolean {
  const { original, inputRange } = base;
  const pair = { original, converted: faulty };
  const result = prove(original, faulty, { inputRange: inputRange ?? everything, maxUlps: 16 });
  if (result.kind === 'unmatched') return false;
  if (result.exact) return functionsApart(pair, inputRange, 5) !== null;
  const forgiven = { original: result.ulps, converted: result.ulps };
  return [...genericInputs(original, inputRange, 5)].some(
    (inputs) => gap(pair, inputs, forgiven).excess > 0,
  );
}

/** The first conversion of each family that the numbering proves by itself. */
function provedSubjects(): readonly Subject[] {
  return families.map((_, first) => {
    for (let index = first; ; index += families.length) {
      const base = subject(7, index);
      const inputRange = base.inputRange ?? everything;
      const result = prove(base.original, base.converted, { inputRange, maxUlps: 16 });
      if (result.kind === 'equal') return base;
    }
  });
}

describe('at places all over one conversion of each family', () => {
  const subjects = provedSubjects();
  /** Of each kind and subject about so many places, evenly spread: a kernel has hundreds of weights. */
  const most = 2;

  function placesOf(fault: Fault, model: Model) {
    const places = fault.places(model);
    const step = Math.max(1, Math.floor(places.length / most));
    return places.filter((_, k) => k % step === 0);
  }

  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', (_, fault) => {
    for (const base of subjects) {
      for (const place of placesOf(fault, base.converted)) {
        const faulty = fault.inject(base.converted, place);
        if (faulty === null) continue;
        const where = `${base.family}, ${place.layer}, ${place.at}`;
        expect(provedWrongly(base, faulty), where).toBe(false);
      }
    }
  });
});
