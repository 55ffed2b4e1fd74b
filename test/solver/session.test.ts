/** The one door to z3: verdicts, limits, failures, and that it lets the process go. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Session } from '../../src/solver/session.ts';

const enough = 2_000_000;
const session = new Session();

afterAll(() => session.close());

/** relu(x) + relu(z) against relu(x + z). */
function subadditivity(relation: '<' | '>'): string {
  const relu = (r: string, x: string): string =>
    `(declare-const ${r} Real)(assert (and (>= ${r} 0) (>= ${r} ${x}) (or (= ${r} 0) (= ${r} ${x}))))`;
  return `(set-logic QF_LRA)(declare-const x Real)(declare-const z Real)
    ${relu('a', 'x')}${relu('b', 'z')}${relu('c', '(+ x z)')}
    (assert (${relation} (- (+ a b) c) 0))`;
}

test('unsatisfiable, with what it took', async () => {
  const answer = await session.check(subadditivity('<'), enough);
  expect(answer.kind).toBe('unsat');
  if (answer.kind !== 'unsat') return;
  expect(answer.spent).toBeGreaterThan(0);
  expect(answer.spent).toBeLessThan(enough);
});

test('satisfiable, with a model', async () => {
  const answer = await session.check(subadditivity('>'), enough);
  expect(answer.kind).toBe('sat');
  if (answer.kind === 'sat') expect(answer.model).toMatch(/define-fun x \(\) Real/);
});

test('a resource limit that is too small leaves the question open', async () => {
  const answer = await session.check(subadditivity('<'), 1);
  expect(answer.kind).toBe('unknown');
});

test('text that is no SMT-LIB is an error, and does no harm to the next question', async () => {
  expect((await session.check('(assert (< q 0))', enough)).kind).toBe('error');
  expect((await session.check(subadditivity('<'), enough)).kind).toBe('unsat');
});

test('questions asked at once are answered in turn, each in a context of its own', async () => {
  const answers = await Promise.all([
    session.check('(declare-const x Real)(assert (< x 0))', enough),
    session.check('(declare-const x Bool)(assert (and x (not x)))', enough),
    session.check('(declare-const x Real)(assert (> x 0))', enough),
  ]);
  expect(answers.map(({ kind }) => kind)).toEqual(['sat', 'unsat', 'sat']);
});

test('a closed session answers with an error; one never asked closes at once', async () => {
  const other = new Session();
  await other.close();
  expect((await other.check('', enough)).kind).toBe('error');
});

test('a process that closes its session ends, and says nothing on stderr', () => {
  const script = path.join(import.meta.dirname, 'ask-and-close.ts');
  const arguments_ = ['--import', 'tsx', script];
  const run = spawnSync(process.execPath, arguments_, { encoding: 'utf8', timeout: 30_000 });
  expect(run).toMatchObject({ status: 0, stdout: 'unsat\n', stderr: '' });
});
