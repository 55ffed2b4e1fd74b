/** `plainproof report`: a page or Markdown from the JSON of a verdict made earlier. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Result } from '../model/failure.ts';
import type { VerdictRecord } from '../report/record.ts';
import { exitCodeOf } from './exit-code.ts';
import { reportFailure } from './output.ts';
import { writeReports, type ReportOptions } from './write-report.ts';

export function declareReport(program: Command, end: (code: number) => void): void {
  program
    .command('report')
    .summary('write a verdict’s JSON as a page or as Markdown')
    .description(
      'Writes a report of a verdict that `plainproof verify --json` has written; without an option, Markdown on\n' +
        'stdout. Nothing is proved again. The exit code is that of the verdict.',
    )
    .argument(
      '<result.json>',
      'what verify --json has written; --account keeps what a full report shows',
    )
    .option('--html <file>', 'write a page that needs no other file')
    .option('--markdown <file>', 'write Markdown; - writes it to stdout')
    .option('--no-evidence', 'leave out what the solver answered for each theorem')
    .action(async (file: string, options: ReportOptions) => {
      end(await runReport(file, options));
    });
}

async function read(file: string): Promise<Result<VerdictRecord>> {
  const { readRecord } = await import('../report/read-record.ts');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { ok: false, failure: { code: 'unreadable-file', node: '', reason } };
  }
  return readRecord(text);
}

async function runReport(file: string, options: ReportOptions): Promise<number> {
  const record = await read(file);
  if (!record.ok) return reportFailure(file, record.failure);
  const isBare = options.html === undefined && options.markdown === undefined;
  const written = await writeReports(record.value, {
    ...options,
    ...(isBare ? { markdown: '-' } : {}),
  });
  if (!written.ok) return reportFailure(written.failure.node, { ...written.failure, node: '' });
  return exitCodeOf(record.value.verdict);
}
