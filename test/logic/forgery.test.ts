/** A theorem cannot be forged: the compiler refuses what is written here, and so does the kernel at run time. */
import { expect, test } from 'vitest';
import { Unsat } from '../../src/logic/evidence.ts';
import { int, operation, real, sum, symbol } from '../../src/logic/term.ts';
import {
  cut,
  emptySum,
  established,
  instance,
  nextSum,
  NoInference,
  obligation,
  Theorem,
} from '../../src/logic/theorem.ts';
import { smtlib } from '../../src/logic/smtlib.ts';

const falsehood = operation('=', real(0), real(1));

test('an object of the right shape is no theorem', () => {
  const shape = { hypotheses: [], conclusion: falsehood, origin: emptySum().origin };
  // @ts-expect-error the class is nominal
  const forged: Theorem = shape;
  expect(() => instance(forged, {})).toThrow();
});

test('the constructor needs a key that nobody has', () => {
  const make = (): Theorem =>
    // @ts-expect-error the key is not exported
    new Theorem(Symbol('theorem'), { hypotheses: [], conclusion: falsehood }, emptySum().origin);
  expect(make).toThrow(NoInference);
});

test('a theorem with another conclusion put under it is no theorem', () => {
  const copy: unknown = Object.create(emptySum(), { conclusion: { value: falsehood } });
  // @ts-expect-error unknown is no theorem
  expect(() => instance(copy, {})).toThrow();
  expect(() => Object.assign(emptySum(), { conclusion: falsehood })).toThrow(TypeError);
});

test('evidence of one text does not establish another', () => {
  const truth = { hypotheses: [], conclusion: operation('=', real(0), real(0)) };
  const text = smtlib(obligation(['a truth'], truth, []));
  const evidence = new Unsat({ text, solver: 'nobody', seconds: 0 });
  const lie = { hypotheses: [], conclusion: falsehood };
  expect(() => established(['a truth'], lie, [], evidence)).toThrow('another text');
  expect(() => established(['other words'], truth, [], evidence)).toThrow('another text');
});

test('what only looks like evidence is none', () => {
  const truth = { hypotheses: [], conclusion: operation('=', real(0), real(0)) };
  const { digest } = new Unsat({
    text: smtlib(obligation([], truth, [])),
    solver: 'nobody',
    seconds: 0,
  });
  const shape = { digest, solver: 'nobody', seconds: 0 };
  // @ts-expect-error the class is nominal
  expect(() => established([], truth, [], shape)).toThrow();
});

test('a lemma that is no hypothesis cannot be cut', () => {
  const n = symbol('Int', 'n');
  const next = instance(nextSum(), { n: operation('+', n, int(1)) });
  expect(() => cut(emptySum(), next)).toThrow(NoInference);
});

test('a sum and its unfolding are different terms until a theorem says otherwise', () => {
  const empty = sum(int(0), () => real(1));
  expect(instance(emptySum(), {}).conclusion).not.toEqual(operation('=', empty, real(0)));
});
