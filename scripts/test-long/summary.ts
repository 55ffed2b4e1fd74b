/** The ledger of a long run as Markdown: for each law the runs it really had, and how to replay a failure. */
import type { LawRun } from '../../properties/runs.ts';

interface Run {
  readonly seed: string;
  readonly times: string;
  readonly minutes: number;
  /** Whether the time limit ended it. */
  readonly late: boolean;
}

/** One line each, as runs.ts writes them. */
function parse(ledger: string): LawRun[] {
  const lines = ledger.split('\n').filter((line) => line !== '');
  return lines.map((line): LawRun => JSON.parse(line));
}

function row({ law, file, runs, skipped, seconds, failure }: LawRun): string {
  const outcome = failure === null ? 'holds' : 'FAILS';
  return `| ${law} | ${file} | ${runs} | ${skipped} | ${seconds.toFixed(0)} | ${outcome} |`;
}

export function summarize(ledger: string, run: Run): { text: string; failures: number } {
  const laws = parse(ledger).sort((a, b) => (a.file + a.law < b.file + b.law ? -1 : 1));
  const failed = laws.filter(({ failure }) => failure !== null);
  const total = laws.reduce((sum, { runs }) => sum + runs, 0);
  const ended = run.late ? ', ended by its time limit' : '';
  const replays = failed.flatMap(({ law, failure }) => [`- ${law}`, '', `      ${failure ?? ''}`]);
  const lines = [
    '# A long run of the laws',
    '',
    `${laws.length} laws, ${total} runs that count, ${failed.length} failing; ` +
      `seed ${run.seed}, ×${run.times}, ${run.minutes.toFixed(1)} minutes${ended}.`,
    '',
    '| law | file | runs | skipped | s | |',
    '|---|---|---|---|---|---|',
    ...laws.map(row),
    ...(failed.length === 0 ? [] : ['', '## Failures, and what replays them', '', ...replays]),
  ];
  return { text: `${lines.join('\n')}\n`, failures: failed.length };
}
