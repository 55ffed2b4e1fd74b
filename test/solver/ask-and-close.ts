/** A process that asks one question and closes its session; session.test.ts sees whether it ends. */
import { Session } from '../../src/solver/session.ts';

const session = new Session();
const answer = await session.check('(declare-const x Real)(assert (< x x))', 1_000_000);
await session.close();
process.stdout.write(`${answer.kind}\n`);
