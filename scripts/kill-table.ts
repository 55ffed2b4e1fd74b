/**
 * The soundness attack at length: random correct conversions, each with a random fault, and the table of
 * what became of them in reports/kill-table.md and .json.
 *
 *     npm run attack -- --runs 10000 --seed 1
 *
 * Cases are shared out among processes; which case is what depends on the seed and its index alone. One
 * case is looked at with --case. Ends with 1 when a law is broken: a fault proved, a correct conversion
 * refuted, or the verifier throws.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faults } from '../properties/faults/catalogue.ts';
import { attack, type Attack } from '../properties/soundness/attack.ts';
import { json, markdown } from '../properties/soundness/kill-table.ts';
import { breaksLaw, tally } from '../properties/soundness/tally.ts';

const { values } = parseArgs({
  options: {
    /** Faults to inject, all processes together. */
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    /** Stop after so many minutes, with what there is. */
    minutes: { type: 'string', default: 'Infinity' },
    case: { type: 'string' },
    /** `k/n`: what a process is told by the one that starts it. */
    share: { type: 'string' },
  },
});

const [runs, seed, processes, minutes] = [
  values.runs,
  values.seed,
  values.processes,
  values.minutes,
].map(Number);
const folder = path.resolve(import.meta.dirname, '../reports');

/** Indices k, k+n, k+2n, … until this process has injected its share of the faults. */
async function work(share: string): Promise<void> {
  const [first, step] = share.split('/').map(Number);
  const wanted = Math.ceil((runs - first) / step);
  const end = Date.now() + minutes * 60_000;
  for (let index = first, done = 0; done < wanted && Date.now() < end; index += step) {
    const record = await attack(seed, index);
    if (record.fault !== null) done += 1;
    process.stdout.write(`${JSON.stringify(record)}\n`);
  }
}

/** Starts one process and collects its records. */
function start(share: string, collect: (record: Attack) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['--runs', values.runs, '--seed', values.seed, '--minutes', values.minutes];
    const child = spawn(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), ...args, '--share', share],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: child.stdout }).on('line', (line) => {
      // Runtimes print greetings of their own.
      if (line.startsWith('{"seed"')) collect(JSON.parse(line));
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`share ${share} ended with ${code}`));
    });
  });
}

async function run(): Promise<number> {
  const attacks: Attack[] = [];
  const began = Date.now();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  console.log(`seed ${seed}, ${runs} faults, ${processes} processes`);
  const collect = (record: Attack): void => {
    attacks.push(record);
    if (breaksLaw(record)) console.log(JSON.stringify(record));
    if (attacks.length % 500 === 0) {
      const faulty = attacks.filter(({ fault }) => fault !== null).length;
      console.log(`${faulty} faults, ${Math.round((Date.now() - began) / 1000)} s`);
    }
  };
  await Promise.all(
    Array.from({ length: processes }, (_, k) => start(`${k}/${processes}`, collect)),
  );
  const result = tally(
    attacks,
    faults.map(({ name }) => name),
  );
  const injected = attacks.filter(({ fault }) => fault !== null).length;
  const limit = Number.isFinite(minutes) ? ` --minutes ${minutes}` : '';
  const command = `npm run attack -- --runs ${runs} --seed ${seed} --processes ${processes}${limit}`;
  const facts = { seed, runs: injected, command, commit };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'kill-table.md'), markdown(result, facts));
  writeFileSync(path.join(folder, 'kill-table.json'), json(result, facts));
  console.log(result.conversions, result.total);
  console.log(`${Math.round((Date.now() - began) / 1000)} s; reports/kill-table.md`);
  return attacks.some(breaksLaw) ? 1 : 0;
}

if (values.share !== undefined) {
  await work(values.share);
  process.exit(0);
} else if (values.case !== undefined) {
  const record = await attack(seed, Number(values.case));
  console.log(JSON.stringify(record, null, 1));
  process.exit(breaksLaw(record) ? 1 : 0);
} else {
  process.exit(await run());
}
