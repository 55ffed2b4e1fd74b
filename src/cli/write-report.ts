/**
 * Writes a record as a page and as Markdown. What the solver answered for each theorem is in the page: answers
 * are remembered between runs, and those that are not are asked for now.
 */
import { availableParallelism } from 'node:os';
import { success, type Result } from '../model/failure.ts';
import type { TheoremSource } from '../report/html/theorems.ts';
import type { VerdictRecord } from '../report/record.ts';
import type { Finding } from '../theorems/examine.ts';
import { print, writeWhole } from './output.ts';

export interface ReportOptions {
  readonly html?: string;
  readonly markdown?: string;
  /** Whether to put the theorems' obligations to the solver, or to its remembered answers. */
  readonly evidence: boolean;
}

/** As for `plainproof prove`. */
const rlimit = 5_000_000;

async function theoremSource(names: readonly string[], evidence: boolean): Promise<TheoremSource> {
  const { catalogue } = await import('../theorems/catalogue.ts');
  const findings = new Map<string, Finding>();
  const cited = catalogue.filter(({ name }) => names.includes(name));
  if (!evidence || cited.length === 0) return { entries: catalogue, findings };
  const [{ examine }, { openDecider }] = await Promise.all([
    import('../theorems/examine.ts'),
    import('../solver/decider.ts'),
  ]);
  const sessions = Math.min(availableParallelism(), 4);
  const decider = openDecider({ rlimit, sessions, cache: true });
  try {
    let done = 0;
    const progress = (): void => {
      done += 1;
      if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${cited.length} theorems`);
    };
    const { findings: found } = await examine(catalogue, cited, decider, progress);
    if (process.stderr.isTTY) process.stderr.write('\r');
    for (const finding of found) findings.set(finding.entry.name, finding);
  } finally {
    await decider.close();
  }
  return { entries: catalogue, findings };
}

async function write(file: string, text: string): Promise<Result<null>> {
  if (file !== '-') return writeWhole(file, text);
  await print(text);
  return success(null);
}

/** Errors: `cannot-write`, with the file as the node. */
export async function writeReports(
  record: VerdictRecord,
  options: ReportOptions,
): Promise<Result<null>> {
  const { html, markdown, evidence } = options;
  const written = async (file: string, text: string): Promise<Result<null>> => {
    const result = await write(file, text);
    return result.ok ? result : { ok: false, failure: { ...result.failure, node: file } };
  };
  if (markdown !== undefined) {
    const { reportMarkdown } = await import('../report/markdown.ts');
    const result = await written(markdown, reportMarkdown(record));
    if (!result.ok) return result;
  }
  if (html === undefined) return success(null);
  const [{ reportPage }, { citedTheorems }] = await Promise.all([
    import('../report/html/page.ts'),
    import('../report/html/theorems.ts'),
  ]);
  const source = await theoremSource(citedTheorems(record), evidence);
  return written(html, reportPage(record, source));
}
