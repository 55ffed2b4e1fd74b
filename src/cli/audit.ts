/**
 * `plainproof audit`: whether the shortcuts of a block can be removed, under which assumptions, how, at what cost.
 *
 * A block file is TypeScript or JavaScript that exports one block by default, and is run.
 */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { BlockAudit } from '../audit/audit.ts';
import { exitCode } from './exit-code.ts';
import { positiveInteger } from './option.ts';
import { print, reportFailure, writeWhole } from './output.ts';
import { readBlock } from './read-block.ts';

interface AuditOptions {
  readonly json?: string;
  readonly markdown?: string;
  readonly latency?: boolean;
  readonly cache: boolean;
  readonly rlimit: number;
}

/** In z3's units: seconds, where the obligations that succeed take tenths of one. */
const defaultRlimit = 5_000_000;

export function declareAudit(program: Command, end: (code: number) => void): void {
  program
    .command('audit')
    .summary('study a block: can its shortcuts be removed, assuming what, at what cost')
    .description(
      'Derives from a block how its shortcuts can be removed, and proves it for all weights and sizes.\n' +
        'Exit code: 0 removable or nothing to remove, 1 not removable, 2 undecided, 64 wrong usage, 65 a file that is no block.',
    )
    .argument(
      '<block>',
      'a .ts, .js or .mjs file that exports a block by default, and is run; or a model of one block, .onnx',
    )
    .option('--json <file>', 'write what was found as JSON; - for the terminal')
    .option('--markdown <file>', 'write the report as Markdown')
    .option('--latency', 'measure how long the block and its plain twins take')
    .option('--no-cache', 'ask the solver even where an answer is remembered')
    .option(
      '--rlimit <n>',
      "resource limit of one query, in z3's units",
      positiveInteger,
      defaultRlimit,
    )
    .action(async (file: string, options: AuditOptions) => {
      end(await runAudit(file, options));
    });
}

const codes: Readonly<Record<BlockAudit['verdict'], number>> = {
  plain: exitCode.proved,
  removable: exitCode.proved,
  'not-removable': exitCode.refuted,
  undecided: exitCode.undecided,
};

async function runAudit(file: string, options: AuditOptions): Promise<number> {
  const source = await readBlock(file);
  if (!source.ok) return reportFailure(file, source.failure);
  const [{ auditBlock }, { openDecider }, { openKernel }, { auditRecord }, report] =
    await Promise.all([
      import('../audit/audit.ts'),
      import('../solver/decider.ts'),
      import('../kernels/open.ts'),
      import('../report/audit-record.ts'),
      import('../report/audit.ts'),
    ]);
  const kernel = await openKernel('wasm');
  if (!kernel.ok) return reportFailure('wasm', kernel.failure);
  const sessions = Math.min(availableParallelism(), 4);
  const decider = openDecider({ ...options, sessions });
  const audit = await auditBlock(source.value, { decider, kernels: [kernel.value] }, options);
  await decider.close();
  const record = auditRecord(audit);
  const json = `${JSON.stringify(record, null, 2)}\n`;
  const files = [
    ...(options.json === undefined || options.json === '-' ? [] : [[options.json, json] as const]),
    ...(options.markdown === undefined
      ? []
      : [[options.markdown, report.auditMarkdown(record)] as const]),
  ];
  for (const [target, text] of files) {
    const written = await writeWhole(target, text);
    if (!written.ok) return reportFailure(target, written.failure);
  }
  const time = `${audit.seconds.toFixed(2)} s\n`;
  await print(options.json === '-' ? json : `${report.auditText(record)}  ${time}`);
  return codes[audit.verdict];
}
