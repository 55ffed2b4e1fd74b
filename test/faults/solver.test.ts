/** z3 that is killed, or that runs out of memory: the question stays open, the next one is answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { Session } from '../../src/solver/session.ts';
import { scratchFolder } from '../cli/command.ts';
import { writeSubadditive } from '../cli/subadditive.ts';
import { childrenOf, runWith, until } from './processes.ts';

const enough = 2 ** 31;
/** Other files of this process may have a z3 of their own. */
const others = new Set(childrenOf(process.pid, 'solver/child.js'));
const session = new Session();

/** Process ids of this file's z3. */
function own(): readonly number[] {
  return childrenOf(process.pid, 'solver/child.js').filter((pid) => !others.has(pid));
}

afterAll(() => session.close());

const easy = '(declare-const x Real)(assert (< x x))';

/** x·y = a product of two primes, in so many bits: longer than anybody waits. */
const hard = `(set-logic QF_BV)(declare-const x (_ BitVec 96))(declare-const y (_ BitVec 96))
  (assert (= (bvmul x y) #x00000000c9c36c2a5f0a1b3f))(assert (bvugt x (_ bv1 96)))(assert (bvugt y (_ bv1 96)))
  (assert (bvult x #x000000000000ffffffffffff))(assert (bvult y #x000000000000ffffffffffff))`;

/** A multiplier of so many bits that its gates take more than z3's heap of 2 GiB. */
const huge = `(set-logic QF_BV)(declare-const x (_ BitVec 2048))(declare-const y (_ BitVec 2048))
  (assert (= (bvmul x y) (bvadd (bvmul y y) x)))`;

test(
  'killed while it thinks: an error, and a new one for the next question',
  { timeout: 60_000 },
  async () => {
    expect((await session.check(easy, enough)).kind).toBe('unsat');
    const [pid] = own();
    const answer = session.check(hard, enough);
    await sleep(300);
    process.kill(pid, 'SIGKILL');
    expect(await answer).toEqual({ kind: 'error', message: 'z3 ended with SIGKILL' });
    expect((await session.check(easy, enough)).kind).toBe('unsat');
  },
);

test('killed between two questions: the next one is answered', { timeout: 60_000 }, async () => {
  const [pid] = own();
  process.kill(pid, 'SIGKILL');
  // Until its end is known; a question asked earlier would be lost with it.
  await sleep(500);
  expect((await session.check(easy, enough)).kind).toBe('unsat');
});

test(
  'out of memory: no answer, and the next question is answered',
  { timeout: 180_000 },
  async () => {
    const answer = await session.check(huge, enough);
    expect(answer).toMatchObject({ kind: 'error', message: expect.stringMatching(/^z3 ended/) });
    expect((await session.check(easy, enough)).kind).toBe('unsat');
  },
);

test(
  'verify, whose z3 is killed whenever it starts, is undecided',
  { timeout: 120_000 },
  async () => {
    const args = ['verify', ...(await writeSubadditive(scratchFolder()))];
    expect((await runWith(args)).code).toBe(0);
    let killed = 0;
    const run = await runWith(args, (child) =>
      until(
        child,
        () => {
          for (const pid of childrenOf(child.pid ?? 0, 'solver/child.js')) {
            process.kill(pid, 'SIGKILL');
            killed += 1;
          }
          return false;
        },
        5,
      ),
    );
    expect(killed).toBeGreaterThan(0);
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.stdout).toMatch(/^Undecided/);
  },
);
