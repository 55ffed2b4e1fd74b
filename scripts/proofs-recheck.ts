/**
 * `npm run proofs:recheck`: other solvers over every exported obligation.
 *
 * cvc5, and a z3 that is years older than the one theorems are proved with; both are Debian packages
 * (`apt-get install cvc5 z3`). Each text says what it is expected to be (`:status`). An answer of the opposite kind is a
 * contradiction; no answer within the limit is unknown and listed by name. Exits with 1 where anything is
 * contradicted or cvc5 confirms fewer than 95 % of what is to be unsatisfiable, and with 3 where a solver is missing: that
 * says nothing about the theorems.
 */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';

const folder = path.resolve(import.meta.dirname, '../proofs');
const requiredShare = 0.95;
const seconds = 6;

interface Solver {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const solvers: readonly Solver[] = [
  {
    name: 'cvc5',
    command: 'cvc5',
    // float16 and bfloat16 are formats that cvc5 1.0 counts as experimental.
    args: ['--lang=smt2', '--fp-exp', `--tlimit=${seconds * 1000}`],
  },
  { name: "Debian's z3", command: 'z3', args: ['-smt2', `-T:${seconds}`] },
];

type Answer = 'unsat' | 'sat' | 'unknown' | 'missing';

interface Checked {
  readonly file: string;
  readonly expected: 'unsat' | 'sat';
  readonly answer: Answer;
}

function ask(solver: Solver, file: string): Promise<Answer> {
  return new Promise((resolve) => {
    const child = spawn(solver.command, [...solver.args, path.join(folder, file)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.on('error', () => {
      resolve('missing');
    });
    child.on('close', () => {
      const line = text.split('\n').map((part) => part.trim());
      resolve(line.includes('unsat') ? 'unsat' : line.includes('sat') ? 'sat' : 'unknown');
    });
  });
}

async function expectedOf(file: string): Promise<'unsat' | 'sat'> {
  const text = await readFile(path.join(folder, file), 'utf8');
  const status = /\(set-info :status (unsat|sat)\)/.exec(text)?.[1];
  if (status !== 'unsat' && status !== 'sat') throw new Error(`${file} does not say what it is`);
  return status;
}

async function checkAll(solver: Solver, files: readonly string[]): Promise<readonly Checked[]> {
  const checked: Checked[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < files.length) {
      const file = files[next++];
      checked.push({ file, expected: await expectedOf(file), answer: await ask(solver, file) });
      if (process.stderr.isTTY) process.stderr.write(`\r${solver.name}: ${next}/${files.length} `);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  if (process.stderr.isTTY) process.stderr.write('\n');
  return checked.sort((a, b) => a.file.localeCompare(b.file));
}

const files = (await readdir(folder, { recursive: true }))
  .filter((file) => file.endsWith('.smt2'))
  .sort();
if (files.length === 0) throw new Error(`${folder} holds no obligation`);

const table = new Table({
  head: ['solver', 'expected', 'obligations', 'confirmed', 'unknown', 'contradicted'],
  style: { head: [], border: [] },
});
const notes: string[] = [];
let code = 0;
for (const solver of solvers) {
  const checked = await checkAll(solver, files);
  if (checked.some(({ answer }) => answer === 'missing')) {
    console.error(`${solver.command} cannot be run; on Debian: apt-get install cvc5 z3`);
    process.exit(3);
  }
  for (const expected of ['unsat', 'sat'] as const) {
    const own = checked.filter((one) => one.expected === expected);
    const confirmed = own.filter(({ answer }) => answer === expected);
    const unknown = own.filter(({ answer }) => answer === 'unknown');
    const contradicted = own.length - confirmed.length - unknown.length;
    table.push([
      solver.name,
      expected,
      own.length,
      `${confirmed.length} (${((100 * confirmed.length) / Math.max(own.length, 1)).toFixed(1)} %)`,
      unknown.length,
      contradicted,
    ]);
    if (contradicted > 0) code = 1;
    const tooFew = confirmed.length < requiredShare * own.length;
    if (solver.name === 'cvc5' && expected === 'unsat' && tooFew) code = 1;
    for (const { file, answer } of own) {
      if (answer !== expected) notes.push(`${solver.name} says ${answer} of ${file}`);
    }
  }
}
console.log(table.toString());
for (const note of notes) console.log(note);
process.exit(code);
