/**
 * `plainproof audit`: whether the shortcuts of a block can be removed, under which assumptions, how, at what cost.
 *
 * A block file is TypeScript or JavaScript that exports one block by default, and is run.
 */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { BlockVerdict } from '../audit/audit.ts';
import { failed, success, type Result } from '../model/failure.ts';
import type { Block } from '../audit/graph.ts';
import { exitCode } from './exit-code.ts';
import { positiveInteger } from './option.ts';
import { print, reportFailure, writeWhole } from './output.ts';

interface AuditOptions {
  readonly json?: string;
  readonly markdown?: string;
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
        'Exit code: 0 removable, 1 not removable, 2 undecided, 64 wrong usage, 65 a file that is no block.',
    )
    .argument(
      '<block>',
      'a .ts, .js or .mjs file that exports a block by default, and is run; or a model of one block, .onnx',
    )
    .option('--json <file>', 'write what was found as JSON; - for the terminal')
    .option('--markdown <file>', 'write the report as Markdown')
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

const codes: Readonly<Record<BlockVerdict, number>> = {
  removable: exitCode.proved,
  'not-removable': exitCode.refuted,
  undecided: exitCode.undecided,
};

async function readBlock(file: string): Promise<Result<Block>> {
  const absolute = path.resolve(file);
  if (path.extname(file) === '.onnx') {
    const { readModel } = await import('../formats/read-model.ts');
    const { blockOf } = await import('../audit/from-model.ts');
    const source = await readModel(file);
    return source.ok ? blockOf(source.value.model, path.basename(file, '.onnx')) : source;
  }
  try {
    await stat(absolute);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('unreadable-file', '', `cannot be read (${code})`);
  }
  const [{ importFile }, api, { isBlock }] = await Promise.all([
    import('../formats/code-file.ts'),
    import('../index.ts'),
    import('../audit/block.ts'),
  ]);
  let content: unknown;
  try {
    content = await importFile(absolute, { plainproof: api });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed('unreadable-file', '', `cannot be loaded: ${reason.split('\n')[0]}`);
  }
  if (!isBlock(content)) return failed('not-a-model', '', 'its default export is no block');
  const [mistake] = content.mistakes;
  if (mistake === undefined) return success(content);
  const { place, reason } = mistake;
  const more = content.mistakes.length === 1 ? '' : ` (and ${content.mistakes.length - 1} more)`;
  const where = place === null ? '' : `line ${place.line}, column ${place.column}`;
  return failed('bad-attribute', where, `${reason}${more}`);
}

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
  const audit = await auditBlock(source.value, { decider, kernels: [kernel.value] });
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
