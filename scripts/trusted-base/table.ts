/** The parts counted, and the table of docs/trust.md. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { glue, parts } from './parts.ts';
import { linesOfCode, reached } from './reach.ts';

export interface Counted {
  readonly name: string;
  readonly belief: string;
  readonly files: readonly string[];
  readonly lines: number;
  readonly budget: number;
}

function counted(
  root: string,
  files: readonly string[],
): { readonly files: readonly string[]; readonly lines: number } {
  const texts = files.map((file) => readFileSync(path.join(root, file), 'utf8'));
  return { files, lines: texts.reduce((sum, text) => sum + linesOfCode(text), 0) };
}

/** Every part there is, and what the parts reach outside of all of them, which must be nothing. */
export function trustedBase(root: string): {
  readonly rows: readonly Counted[];
  readonly strays: readonly string[];
} {
  const all = reached(
    root,
    parts.flatMap(({ entries }) => entries),
  );
  const within = (folder: string): readonly string[] =>
    all.filter((file) => file.startsWith(`${folder}/`));
  const rows = parts.map(({ folder, belief, budget }) => {
    return { name: folder, belief, budget, ...counted(root, within(folder)) };
  });
  const { belief, files, budget } = glue;
  const tie = { name: files.join(', '), belief, budget, ...counted(root, files) };
  const placed = new Set(rows.flatMap((row) => row.files));
  return {
    rows: [...rows.filter((row) => row.files.length > 0), tie],
    strays: all.filter((file) => !placed.has(file)),
  };
}

const begin = '<!-- trusted-base: written by `npm run trusted-base` -->';
const end = '<!-- /trusted-base -->';

function table(rows: readonly Counted[]): string {
  const total = rows.reduce((sum, { lines }) => sum + lines, 0);
  const number = (n: number): string => n.toLocaleString('en-US');
  // To the nearest ten, so that not every line changes the page.
  const about = (n: number): string => number(10 * Math.round(n / 10));
  const lines = rows.map(({ name, belief, files, lines: n, budget }) => {
    const code = name.split(', ').map((one) => `\`${one}\``);
    return `| ${code.join(', ')} | ${belief} | ${files.length} | ${about(n)} | ${number(budget)} |`;
  });
  return [
    '| part | what is believed | files | lines of code | budget |',
    '|---|---|---:|---:|---:|',
    ...lines,
    `| together | | ${rows.reduce((sum, { files }) => sum + files.length, 0)} | ${about(total)} | |`,
  ].join('\n');
}

/** The page with the table as it is now. Throws where the page has no place for it. */
export function withTable(page: string, rows: readonly Counted[]): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/trust.md has no ${begin}`);
  return `${page.slice(0, from + begin.length)}\n\n${table(rows)}\n\n${page.slice(to)}`;
}
