/**
 * The whole library, proved anew: every theorem holds, is not vacuous, and needs each of its assumptions; every wrong
 * statement has a counterexample, and is true with the hypothesis it lacks; and what proofs/ holds is what the
 * solver was asked, byte for byte.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportsPage } from '../../src/report/theorems.ts';
import { Z3 } from '../../src/solver/z3.ts';
import { catalogue } from '../../src/theorems/catalogue.ts';
import { evaluateTerm } from '../../src/theorems/evaluate-term.ts';
import { examine, type Examined } from '../../src/theorems/examine.ts';
import { atSizes } from '../../src/theorems/expand.ts';
import { exported } from '../../src/theorems/export.ts';
import { failure } from '../../src/theorems/falsehood.ts';
import { refuteAll, type Refutation } from '../../src/theorems/refutation.ts';
import { falsehoods } from '../../src/theorems/refuted.ts';

const folder = path.resolve(import.meta.dirname, '../../proofs');
const z3 = new Z3(5_000_000, 2);
let examined: Examined;
let refutations: readonly Refutation[];

// Under a minute on two cores; more where something else has them.
const patience = 600_000;

beforeAll(async () => {
  examined = await examine(catalogue, catalogue, z3);
  refutations = await refuteAll(falsehoods, z3);
}, patience);

afterAll(() => z3.close());

test('no two theorems share a name', () => {
  const names = catalogue.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

describe('each theorem', () => {
  test.each(catalogue.map((entry) => [entry.name]))('%s is proved', (name) => {
    const finding = examined.findings.find(({ entry }) => entry.name === name);
    expect(finding?.judgement).toEqual({ kind: 'proved' });
  });
});

describe('each wrong statement', () => {
  test.each(falsehoods.map((one) => [one.name, one] as const))('%s is refuted', (_, one) => {
    const refutation = refutations.find(({ falsehood }) => falsehood === one);
    expect(refutation?.asked.map(({ decision }) => decision.kind)).toEqual(['sat', 'unsat', 'sat']);
    expect(refutation?.counterexample).toMatch(/ is .*What fails: /);
    // The counterexample lacks just what the statement lacks.
    const decision = refutation?.asked[0].decision;
    if (decision?.kind !== 'sat') throw new Error('there is no counterexample');
    const missing = atSizes(one.missing.term, { ...one.sizes, ...failure(one, decision.values) });
    expect(evaluateTerm(missing, decision.values)).toBe(false);
  });
});

test('proofs/ holds every obligation and no other, as it was asked', async () => {
  const groups = [
    ...examined.lemmas,
    ...examined.findings.map(({ entry, asked }) => [entry.name, asked] as const),
  ];
  const files = groups.flatMap(([name, asked]) => exported(name, asked));
  const wrong = refutations.flatMap(({ falsehood, asked }) => exported(falsehood.name, asked));
  const expected = new Map([
    ...files.map((file) => [file.path, file.text] as const),
    ...wrong.map((file) => [`refuted/${file.path}`, file.text] as const),
    ['README.md', exportsPage(examined.findings, refutations)] as const,
  ]);
  const found = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  expect(found.sort()).toEqual([...expected.keys()].sort());
  for (const [file, text] of expected) {
    expect(await readFile(path.join(folder, file), 'utf8'), file).toBe(text);
  }
});
