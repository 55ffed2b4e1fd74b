/**
 * `npm run test:long`: every law of properties/ a hundred times as often as `npm test` tries it, from a seed
 * of its own, within a time limit, and a summary of what was really run.
 *
 *   npm run test:long -- [--times 100] [--minutes 90] [--seconds 600] [--seed n] [--to file] [folder ...]
 *
 * `--seconds` ends a single law early; that is no failure, and the summary shows the runs it had. `--minutes`
 * ends the whole. Laws that were not reached, or did not finish, are in no line of the summary.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { summarize } from './test-long/summary.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '90' },
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string' },
    to: { type: 'string' },
  },
});

const folders = positionals.length > 0 ? positionals : ['properties'];
const seed = values.seed ?? String(Date.now() % 2 ** 31);
const ledger = path.join(mkdtempSync(path.join(tmpdir(), 'plainproof-')), 'laws.jsonl');
writeFileSync(ledger, '');

const started = performance.now();
const environment = {
  ...process.env,
  PLAINPROOF_RUNS: values.times,
  PLAINPROOF_SECONDS: values.seconds,
  PLAINPROOF_SEED: seed,
  PLAINPROOF_LEDGER: ledger,
};
// A law that fails at its time limit still has to shrink: twice the limit, as runs.ts has it.
const timeout = String(2000 * Number(values.seconds));
const vitest = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', ...folders, '--testTimeout', timeout],
  { env: environment, stdio: 'inherit' },
);
let late = false;
const limit = setTimeout(
  () => {
    late = true;
    vitest.kill('SIGTERM');
  },
  60_000 * Number(values.minutes),
);
vitest.on('close', (code) => {
  clearTimeout(limit);
  const { text, failures } = summarize(readFileSync(ledger, 'utf8'), {
    seed,
    times: values.times,
    minutes: (performance.now() - started) / 60_000,
    late,
  });
  process.stdout.write(`\n${text}`);
  if (values.to !== undefined) writeFileSync(values.to, text);
  process.exitCode = late || code !== 0 || failures > 0 ? 1 : 0;
});
