/**
 * No theorem goes untried: each is a law of real kernels in properties/identities/, or it is said why it is none;
 * and the counterexamples that are run there without an assumption are counterexamples, exactly.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { neededOf } from '../../properties/identities/identity.ts';
import { identities } from '../../properties/identities/all.ts';
import { withoutNetworks } from '../../properties/identities/without-networks.ts';
import { catalogue } from '../../src/theorems/catalogue.ts';
import { evaluateTerm } from '../../src/theorems/evaluate-term.ts';
import { atSizes } from '../../src/theorems/expand.ts';

const folder = path.resolve(import.meta.dirname, '../../properties/identities');
const listed = new Map(identities.map((identity) => [identity.entry.name, identity]));

function isTried(name: string): boolean {
  return listed.has(name) || existsSync(path.join(folder, `${name}.property.ts`));
}

describe('each theorem is tried or excused', () => {
  test.each(catalogue.map(({ name }) => [name]))('%s', (name) => {
    expect(isTried(name) || Object.hasOwn(withoutNetworks, name)).toBe(true);
  });
});

test('no excuse outlives its theorem, or its need', () => {
  const names = catalogue.map(({ name }) => name);
  for (const name of Object.keys(withoutNetworks)) {
    expect(names).toContain(name);
    expect(isTried(name), name).toBe(false);
  }
});

const withAssumptions = [...listed.values()].flatMap(({ entry }) => {
  const assumptions = entry.statement.hypotheses.flatMap((hypothesis) =>
    hypothesis.kind === 'assumption' ? [hypothesis] : [],
  );
  return assumptions.map(
    (assumption) => [entry.name, assumption.label, entry, assumption] as const,
  );
});

describe('what is run without an assumption', () => {
  test.each(withAssumptions)('%s without (%s) breaks it and nothing else', (name, label, ...of) => {
    const [{ statement, sizes }, assumption] = of;
    const needed = neededOf(name)[label];
    expect(needed.sizes).toEqual(assumption.breaksAt ?? sizes.at(0) ?? {});
    const model = new Map(Object.entries(needed.values));
    const holds = (term: typeof assumption.term): unknown =>
      evaluateTerm(atSizes(term, needed.sizes), model);
    const broken = statement.hypotheses.filter(({ term }) => holds(term) !== true);
    expect(broken).toEqual([assumption]);
    expect(holds(statement.conclusion)).toBe(false);
  });
});
