/**
 * The pages under reports/ are what `npm run reports` makes today, times and versions left out: two of them are
 * made anew, one proof and the refutation; all of them where PLAINPROOF_ALL_PAGES is set, as CI does.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Case } from '../../../scripts/demo/case.ts';
import { cases } from '../../../scripts/demo/cases.ts';
import { blockCases } from '../../../scripts/reports/blocks.ts';
import {
  pageOf,
  pagesThere,
  recordOf,
  reportsFolder,
  steady,
} from '../../../scripts/reports/make.ts';

const isAll = (process.env['PLAINPROOF_ALL_PAGES'] ?? '') !== '';
const some = ['inverted-residual-shift-plain', 'wrong-projection'];

function pages(folder: string, examples: readonly Case[]): readonly (readonly [string, Case])[] {
  const there = pagesThere(path.join(reportsFolder, folder));
  return examples
    .filter(({ name }) => there.includes(`${name}.html`) && (isAll || some.includes(name)))
    .map((example) => [`${folder}/${example.name}.html`, example]);
}

const compared = [...pages('blocks', blockCases), ...pages('models', cases)];

test('there are pages to compare, and each is of something', () => {
  const there = ['blocks', 'models'].map((f) => pagesThere(path.join(reportsFolder, f)).length);
  expect(compared).toHaveLength(isAll ? there[0] + there[1] : some.length);
});

test.each(compared)('%s', { timeout: 300_000 }, async (file, example) => {
  const made = pageOf(await recordOf(example));
  const kept = readFileSync(path.join(reportsFolder, file), 'utf8');
  // One word for all of it: a page is one line, and a difference of pages says nothing.
  expect(steady(made) === steady(kept) || 'run `npm run reports`').toBe(true);
});

test('the index leads to pages that are there', () => {
  const index = readFileSync(path.join(reportsFolder, 'index.html'), 'utf8');
  const links = [...index.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
  expect(links.length).toBeGreaterThan(10);
  for (const href of links) expect(existsSync(path.join(reportsFolder, href)), href).toBe(true);
});
