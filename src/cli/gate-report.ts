/**
 * What `gate` and `merge` have in common: the options that say which reports are wanted, and writing them.
 *
 * On GitHub the step summary and the annotations are written without being asked for. A report that cannot
 * be written does not keep the others from being written, but the command then ends with 65.
 */
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { Changes } from '../gate/baseline.ts';
import type { GateResult } from '../gate/case.ts';
import { failed, success, type Result } from '../model/failure.ts';
import { exitCode } from './exit-code.ts';
import { print, printAside, reportFailure, writeWhole } from './output.ts';

export interface ReportOptions {
  readonly json?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly summary?: string;
  readonly baseline?: string;
}

export function addReportOptions(command: Command): Command {
  return command
    .option('--json <file>', 'write the result as JSON; - writes it to stdout instead of the text')
    .option('--junit <file>', 'write the result as JUnit XML')
    .option('--sarif <file>', 'write the result as SARIF 2.1.0')
    .option('--summary <file>', 'write the result as Markdown; on GitHub to the step summary')
    .option(
      '--baseline <file>',
      'say what changed since this result, written by an earlier --json',
    );
}

/** To be called before the work begins: a baseline that cannot be read should not cost a run. */
export async function readBaseline({
  baseline,
}: ReportOptions): Promise<Result<GateResult | null>> {
  if (baseline === undefined) return success(null);
  const { readResult } = await import('../gate/read-result.ts');
  return readResult(baseline);
}

/** Slashes, from where the repository begins: reports are read on other machines. */
function fromRepository(file: string): string {
  const root = process.env.GITHUB_WORKSPACE ?? process.env.CI_PROJECT_DIR ?? process.cwd();
  return path.relative(root, path.resolve(file)).split(path.sep).join('/');
}

/** GitHub's file collects the summaries of all steps of a job, so it is added to. */
async function addSummary(file: string, text: string): Promise<Result<null>> {
  try {
    await appendFile(file, text);
    return success(null);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('cannot-write', '', `cannot be written (${reason})`);
  }
}

interface Report {
  readonly file: string;
  readonly write: () => Promise<Result<null>>;
}

/** Those that are asked for; the modules of others are not even loaded. */
async function reportsOf(
  result: GateResult,
  options: ReportOptions,
  { changes, configFile }: { readonly changes: Changes | null; readonly configFile: string },
): Promise<readonly Report[]> {
  const { json, junit, sarif, summary } = options;
  const reports: Report[] = [];
  const whole = (file: string, text: string): void => {
    reports.push({ file, write: () => writeWhole(file, text) });
  };
  if (json !== undefined && json !== '-') {
    const { gateJsonText } = await import('../report/gate/json.ts');
    whole(json, gateJsonText(result));
  }
  if (junit !== undefined) {
    const { gateJunit } = await import('../report/gate/junit.ts');
    whole(junit, gateJunit(result));
  }
  if (sarif !== undefined) {
    const { gateSarif } = await import('../report/gate/sarif.ts');
    whole(sarif, gateSarif(result, { configFile, changes }));
  }
  const stepSummary = process.env.GITHUB_STEP_SUMMARY ?? '';
  if (summary !== undefined || stepSummary !== '') {
    const { gateMarkdown } = await import('../report/gate/markdown.ts');
    const text = gateMarkdown(result, changes);
    if (summary !== undefined) whole(summary, text);
    else reports.push({ file: stepSummary, write: () => addSummary(stepSummary, text) });
  }
  return reports;
}

/** Writes what is asked for and prints the result; the exit code to end with. */
export async function reportGate(
  result: GateResult,
  options: ReportOptions,
  { baseline, configFile }: { readonly baseline: GateResult | null; readonly configFile: string },
): Promise<number> {
  const [{ gateVerdict }, { changesSince }] = await Promise.all([
    import('../gate/case.ts'),
    import('../gate/baseline.ts'),
  ]);
  const changes = baseline === null ? null : changesSince(baseline, result);
  const shown = { changes, configFile: fromRepository(configFile) };
  let unwritten = false;
  for (const { file, write } of await reportsOf(result, options, shown)) {
    const written = await write();
    if (written.ok) continue;
    unwritten = true;
    await reportFailure(file, written.failure);
  }
  if (options.json === '-') {
    const { gateJsonText } = await import('../report/gate/json.ts');
    await print(gateJsonText(result));
  } else {
    const { gateText } = await import('../report/gate/terminal.ts');
    await print(gateText(result, changes));
  }
  if (process.env.GITHUB_ACTIONS === 'true') {
    const { gateAnnotations } = await import('../report/gate/annotations.ts');
    const text = gateAnnotations(result, shown.configFile);
    // The runner reads both streams; stdout may be JSON.
    await (options.json === '-' ? printAside(text) : print(text));
  }
  return unwritten ? exitCode.unreadable : exitCode[gateVerdict(result)];
}
