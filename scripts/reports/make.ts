/** One report of those under `reports/`: models to a folder that git ignores, a page, and what differs each time. */
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { reportPage } from '../../src/report/html/page.ts';
import type { TheoremSource } from '../../src/report/html/theorems.ts';
import type { VerdictRecord } from '../../src/report/record.ts';
import { catalogue } from '../../src/theorems/catalogue.ts';
import { convertAndVerify, type Case } from '../demo/case.ts';

const root = path.resolve(import.meta.dirname, '../..');

export const reportsFolder = path.join(root, 'reports');

/** Where models are written; pages cite it, so it is the same everywhere. */
const models = path.join(reportsFolder, 'tmp', 'models');

export async function recordOf(example: Case): Promise<VerdictRecord> {
  await mkdir(models, { recursive: true });
  const record = await convertAndVerify(example, models, true);
  if (record.verdict.verdict !== example.expected) {
    throw new Error(`${example.name} is ${record.verdict.verdict}, not ${example.expected}`);
  }
  return record;
}

/** Statements only: the obligations and the solver's answers are in `proofs/`. */
const statements: TheoremSource = { entries: catalogue, findings: new Map() };

export function pageOf(record: VerdictRecord): string {
  return reportPage(record, statements);
}

/** A page without what is another one each time it is made: seconds, latencies, the date, and versions. */
export function steady(page: string): string {
  return page
    .replaceAll(/\d+\.\d+ s\b/g, '# s')
    .replaceAll(/<div class="pair"><h3>latency on .*?<\/div>/g, '<div>latency</div>')
    .replaceAll(/<time[^>]*>[^<]*<\/time>/g, '<time>')
    .replaceAll(/plainproof \d[\w.-]*, z3-solver \d[\w.-]*/g, 'versions');
}

/** Names of the pages there are. */
export function pagesThere(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html') && name !== 'index.html')
    .sort();
}
