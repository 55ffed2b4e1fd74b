/**
 * The pages under reports/ are what `npm run reports` makes today, times and versions left out: two of them are
 * made anew, one proof and the refutation.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Case } from '../../../scripts/demo/case.ts';
import { cases } from '../../../scripts/demo/cases.ts';
import { blockCases } from '../../../scripts/reports/blocks.ts';
import { pageOf, recordOf, reportsFolder, steady } from '../../../scripts/reports/make.ts';

function named(all: readonly Case[], name: string): Case {
  const found = all.find((example) => example.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

test.each([
  ['blocks', named(blockCases, 'inverted-residual-shift-plain')],
  ['models', named(cases, 'wrong-projection')],
])('%s', async (folder, example) => {
  const file = path.join(reportsFolder, folder, `${example.name}.html`);
  const made = pageOf(await recordOf(example));
  // One word for all of it: a page is one line, and a difference of pages says nothing.
  expect(steady(made) === steady(readFileSync(file, 'utf8')) || 'run `npm run reports`').toBe(true);
});

test('the index leads to pages that are there', () => {
  const index = readFileSync(path.join(reportsFolder, 'index.html'), 'utf8');
  const links = [...index.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
  expect(links.length).toBeGreaterThan(10);
  for (const href of links) expect(existsSync(path.join(reportsFolder, href)), href).toBe(true);
});
