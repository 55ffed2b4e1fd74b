/**
 * z3 in a process of its own; plain JavaScript, because it is started as it stands, from src/ and from dist/.
 *
 * Running out of memory or an internal error ends z3's whole process, not just the question. Messages in:
 * { id, text, rlimit, tactic? }; messages out: { id, answer, bytes } with an answer as session.ts describes it. Ends when
 * the parent does.
 */

// z3-solver frees terms when they are collected as garbage, from this thread, while z3 may be at work on the same
// context in another: now and then that ended in an answer that never came. Nothing is freed here; the
// process is replaced before it has used up its memory (session.ts).
globalThis.FinalizationRegistry = class {
  register() {}
  unregister() {}
};

const loading = import('z3-solver').then(({ init }) => init());

async function check({ text, rlimit, tactic }) {
  try {
    const api = await loading;
    const start = performance.now();
    const context = api.Context('obligation');
    const solver =
      tactic === undefined ? new context.Solver() : new context.Tactic(tactic).solver();
    solver.set('rlimit', rlimit);
    solver.fromString(text);
    const result = await solver.check();
    if (result === 'sat') return { kind: 'sat', model: solver.model().toString() };
    if (result === 'unknown') return { kind: 'unknown', reason: solver.reasonUnknown() };
    const count = [...solver.statistics()].find(({ key }) => key === 'rlimit count');
    const milliseconds = performance.now() - start;
    return { kind: 'unsat', spent: count?.value ?? null, milliseconds };
  } catch (error) {
    return {
      kind: 'error',
      message: error instanceof Error ? error.message.trim() : String(error),
    };
  }
}

// z3 answers one question at a time.
let previous = Promise.resolve();
process.on('message', ({ id, ...question }) => {
  previous = previous.then(async () => {
    const answer = await check(question);
    process.send({ id, answer, bytes: process.memoryUsage.rss() });
  });
});
process.on('disconnect', () => process.exit());
