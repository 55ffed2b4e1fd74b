/** The inferences that go under a sum, where they apply and where they must not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fun, int, key, sum, symbol } from '../../src/logic/term.ts';
import { NoInference } from '../../src/logic/theorem.ts';
import { Z3 } from '../../src/solver/z3.ts';
import { atMost, equal, times, zero } from '../../src/theorems/notation.ts';
import { NotProved, Proof } from '../../src/theorems/proof.ts';
import {
  congruent,
  nonNegative,
  range,
  sumLemmas,
  type SumLemmas,
} from '../../src/theorems/sums.ts';

const z3 = new Z3(5_000_000);
const proof = new Proof('sums', z3);
const [i, n] = [symbol('Int', 'i'), symbol('Int', 'n')];
const x = fun('x');
let lemmas: SumLemmas;

beforeAll(async () => {
  lemmas = await sumLemmas(proof);
});

afterAll(() => z3.close());

test('a sum of squares is not negative', async () => {
  const conclusion = atMost(zero, times(x(i), x(i)));
  const square = await proof.show('a square', { hypotheses: range(i, n), conclusion });
  const theorem = nonNegative(lemmas, square, i, n);
  expect(key(theorem.conclusion)).toBe(
    key(
      atMost(
        zero,
        sum(n, (k) => times(x(k), x(k))),
      ),
    ),
  );
  expect(theorem.hypotheses.map((term) => key(term))).toEqual([key(atMost(int(0), n))]);
});

test('sums of what is equal in range are equal, and the index is gone', async () => {
  const conclusion = equal(times(x(i), x(i)), times(x(i), x(i)));
  const same = await proof.show('itself', { hypotheses: range(i, n), conclusion });
  const theorem = congruent(lemmas, same, i, n);
  expect(theorem.hypotheses.map((term) => key(term))).toEqual([key(atMost(int(0), n))]);
});

test('an equation at one index says nothing of the sum', async () => {
  const hypotheses = [...range(i, n), equal(x(i), zero)];
  const one = await proof.show('assumed', { hypotheses, conclusion: equal(x(i), zero) });
  expect(() => congruent(lemmas, one, i, n)).toThrow(NoInference);
});

test('what does not follow is not proved', async () => {
  const sequent = { hypotheses: [], conclusion: atMost(zero, x(i)) };
  await expect(proof.show('a wish', sequent)).rejects.toThrow(NotProved);
});
