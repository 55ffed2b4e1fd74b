/**
 * `plainproof prove`: the theorems that verdicts cite, proved anew or from remembered answers, and the wrong
 * statements that are refuted.
 *
 * The exit code is that of the worst finding: 0 where all are proved, 1 where one is false, 2 where a solver
 * left one open or a proof does not go through.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { Examined, Finding } from '../theorems/examine.ts';
import type { Refutation } from '../theorems/refutation.ts';
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
    .argument('[theorem...]', 'names of theorems, or of wrong statements')
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

/** Those of the names, or all without one. */
function chosen<T extends { readonly name: string }>(
  all: readonly T[],
  names: readonly string[],
): readonly T[] {
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

async function runProve(names: readonly string[], options: ProveOptions): Promise<number> {
  const [{ catalogue }, { falsehoods }, { examine }, { refuteAll }, solver, report] =
    await Promise.all([
      import('../theorems/catalogue.ts'),
      import('../theorems/refuted.ts'),
      import('../theorems/examine.ts'),
      import('../theorems/refutation.ts'),
      import('../solver/decider.ts'),
      import('../report/theorems.ts'),
    ]);
  const known = [...catalogue, ...falsehoods].map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    return reportUsage(`there is no theorem ${unknown}; without a name, all are listed`);
  }
  const sessions = Math.min(availableParallelism(), 4);
  const decider = solver.openDecider({ ...options, sessions });
  const theorems = chosen(catalogue, names);
  let done = 0;
  const progress = (): void => {
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${theorems.length} theorems`);
  };
  const examined = await examine(catalogue, theorems, decider, progress);
  const refutations = await refuteAll(chosen(falsehoods, names), decider);
  await decider.close();
  if (process.stderr.isTTY) process.stderr.write('\r');
  const { findings } = examined;
  if (names.length === 0) {
    await print(report.theoremTable(findings) + report.refutationSummary(refutations));
  } else {
    const texts = [
      ...findings.map((finding) => report.theoremText(finding, 'proofs')),
      ...refutations.map((refutation) => report.refutationText(refutation, 'proofs')),
    ];
    await print(texts.join('\n'));
  }
  if (options.export !== undefined) {
    await writeExports(options.export, examined, refutations);
    if (names.length === 0) {
      const page = path.join(options.export, 'README.md');
      await writeFile(page, report.exportsPage(findings, refutations));
    }
  }
  return worst(findings, refutations);
}

async function writeExports(
  folder: string,
  { findings, lemmas }: Examined,
  refutations: readonly Refutation[],
): Promise<void> {
  const { exported } = await import('../theorems/export.ts');
  const groups = [
    ...[...lemmas].map(([name, asked]) => ({ within: folder, name, asked })),
    ...findings.map(({ entry, asked }) => ({ within: folder, name: entry.name, asked })),
    ...refutations.map(({ falsehood, asked }) => {
      return { within: path.join(folder, 'refuted'), name: falsehood.name, asked };
    }),
  ];
  for (const { within, name, asked } of groups) {
    await rm(path.join(within, name), { recursive: true, force: true });
    await mkdir(path.join(within, name), { recursive: true });
    for (const file of exported(name, asked)) {
      await writeFile(path.join(within, file.path), file.text);
    }
  }
}

function worst(findings: readonly Finding[], refutations: readonly Refutation[]): number {
  const kinds = findings.map(({ judgement }) => judgement.kind);
  if (kinds.includes('refuted')) return exitCode.refuted;
  const good =
    kinds.every((kind) => kind === 'proved') &&
    refutations.every(({ counterexample }) => counterexample !== null);
  return good ? exitCode.proved : exitCode.undecided;
}
