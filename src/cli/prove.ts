/**
 * `plainproof prove`: the theorems that verdicts cite, proved anew or from remembered answers.
 *
 * The exit code is that of the worst finding: 0 where all are proved, 1 where one is false, 2 where a solver
 * left one open or a proof does not go through.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, homedir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { Finding, Examined } from '../theorems/examine.ts';
import { exitCode } from './exit-code.ts';
import { positiveInteger } from './option.ts';
import { print, reportUsage } from './output.ts';

interface ProveOptions {
  readonly export?: string;
  readonly cache: boolean;
  readonly rlimit: number;
}

/** In z3's units: seconds, where the obligations that succeed take hundredths of one. */
const defaultRlimit = 5_000_000;

export function declareProve(program: Command, end: (code: number) => void): void {
  program
    .command('prove')
    .summary('prove the theorems that verdicts cite')
    .description(
      'Proves theorems about layers and blocks for all weights and all sizes, with z3.\n' +
        'Without a name, all of them as a table; with names, each in full.',
    )
    .argument('[theorem...]', 'names of theorems')
    .option('--export <folder>', 'write every obligation as an SMT-LIB file, replacing the folder')
    .option('--no-cache', 'ask the solver even where an answer is remembered')
    .option(
      '--rlimit <n>',
      "resource limit of one query, in z3's units",
      positiveInteger,
      defaultRlimit,
    )
    .action(async (names: readonly string[], options: ProveOptions) => {
      end(await runProve(names, options));
    });
}

function cacheFolder(): string {
  const home = process.env['XDG_CACHE_HOME'];
  const base = home === undefined || home === '' ? path.join(homedir(), '.cache') : home;
  return path.join(base, 'plainproof', 'answers');
}

async function runProve(names: readonly string[], options: ProveOptions): Promise<number> {
  const [{ catalogue }, { examine }, { Z3, z3Version }, { Remembering }, report] =
    await Promise.all([
      import('../theorems/catalogue.ts'),
      import('../theorems/examine.ts'),
      import('../solver/z3.ts'),
      import('../solver/remembered.ts'),
      import('../report/theorems.ts'),
    ]);
  const unknown = names.find((name) => !catalogue.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    return reportUsage(`there is no theorem ${unknown}; without a name, all are listed`);
  }
  const wanted =
    names.length === 0 ? catalogue : catalogue.filter(({ name }) => names.includes(name));
  const z3 = new Z3(options.rlimit, Math.min(availableParallelism(), 4));
  const decider = options.cache ? new Remembering(z3, z3Version(), cacheFolder()) : z3;
  let done = 0;
  const progress = (): void => {
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${wanted.length} theorems`);
  };
  const examined = await examine(catalogue, wanted, decider, progress);
  await z3.close();
  if (process.stderr.isTTY) process.stderr.write('\r');
  const { findings } = examined;
  await print(
    names.length === 0
      ? report.theoremTable(findings)
      : findings.map((finding) => report.theoremText(finding, 'proofs')).join('\n'),
  );
  if (options.export !== undefined) await writeExports(options.export, examined);
  return worst(findings);
}

async function writeExports(folder: string, { findings, lemmas }: Examined): Promise<void> {
  const { exported } = await import('../theorems/export.ts');
  const groups = [...lemmas, ...findings.map(({ entry, asked }) => [entry.name, asked] as const)];
  for (const [name, asked] of groups) {
    const target = path.join(folder, name);
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    for (const file of exported(name, asked)) {
      await writeFile(path.join(folder, file.path), file.text);
    }
  }
}

function worst(findings: readonly Finding[]): number {
  const kinds = findings.map(({ judgement }) => judgement.kind);
  if (kinds.includes('refuted')) return exitCode.refuted;
  return kinds.every((kind) => kind === 'proved') ? exitCode.proved : exitCode.undecided;
}
