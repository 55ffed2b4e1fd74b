/**
 * `npm run reports`: the pages under reports/, of the demo's models and of the blocks of the catalogue.
 *
 * A test makes two of them anew, in CI all, and compares, times left out. The deepest network is left out: its page is
 * megabytes. Needs a minute, and the models of the demo once more.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Case } from './demo/case.ts';
import { cases } from './demo/cases.ts';
import { blockCases } from './reports/blocks.ts';
import { indexPage, type Listed } from './reports/index-page.ts';
import { pageOf, pagesThere, recordOf, reportsFolder } from './reports/make.ts';

const tooLarge = ['cifar1202-folded'];

async function write(folder: string, examples: readonly Case[]): Promise<readonly Listed[]> {
  const target = path.join(reportsFolder, folder);
  await mkdir(target, { recursive: true });
  for (const name of pagesThere(target)) await rm(path.join(target, name));
  const listed: Listed[] = [];
  for (const example of examples) {
    const record = await recordOf(example);
    const name = `${example.name}.html`;
    await writeFile(path.join(target, name), pageOf(record));
    listed.push({ example, record, href: path.posix.join(folder, name) });
  }
  return listed;
}

const models = await write(
  'models',
  cases.filter(({ name }) => !tooLarge.includes(name)),
);
const blocks = await write('blocks', blockCases);
await writeFile(path.join(reportsFolder, 'index.html'), indexPage(models, blocks));
// z3 and the kernels may leave worker threads behind.
process.exit(0);
