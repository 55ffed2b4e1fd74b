/** What has to be believed for a `proved` is counted, told as it is, and stays within its budget. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { linesOfCode } from '../../scripts/trusted-base/reach.ts';
import { trustedBase, withTable } from '../../scripts/trusted-base/table.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { rows, strays } = trustedBase(root);

test.each(rows)('$name has $lines lines of at most $budget', ({ files, lines, budget }) => {
  expect(files.length).toBeGreaterThan(0);
  expect(lines).toBeLessThanOrEqual(budget);
});

test('a budget has a few percent of room and no more, but for what is limited from outside', () => {
  const slack = rows.filter(({ name, lines, budget }) => {
    return budget > 1.1 * lines + 20 && name !== 'src/certificate';
  });
  expect(slack.map(({ name, lines, budget }) => `${name}: ${lines} of ${budget}`)).toEqual([]);
});

test('nothing that is trusted runs what is not counted', () => {
  expect(strays).toEqual([]);
});

test('the page says what is there now: `npm run trusted-base`', () => {
  const page = readFileSync(path.join(root, 'docs/trust.md'), 'utf8');
  expect(withTable(page, rows)).toBe(page);
});

test('lines of code are those that a reader has to follow', () => {
  const text = [
    '/**',
    ' * What it is.',
    ' */',
    '',
    'const a = 1; // one',
    '// why',
    '  /* b */',
    'f(a);',
  ];
  expect(linesOfCode(text.join('\n'))).toBe(2);
});
