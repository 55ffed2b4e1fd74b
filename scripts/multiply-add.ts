/**
 * `npm run report:multiply-add`: writes reports/multiply-add.md from the kernels that open here.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { kernelNames } from '../src/kernels/kernel.ts';
import { openKernel } from '../src/kernels/open.ts';
import { measurePassing, type Passing } from './multiply-add/measure.ts';
import { report } from './multiply-add/table.ts';

const target = path.resolve(import.meta.dirname, '../reports/multiply-add.md');

const passings: Passing[] = [];
for (const name of kernelNames) {
  const opened = await openKernel(name);
  if (!opened.ok) {
    console.error(opened.failure.reason);
    continue;
  }
  passings.push(...(await measurePassing(opened.value)));
  await opened.value.close();
}
await writeFile(target, report(passings));
console.log(target);
// The wasm backend of tfjs may keep a worker alive.
process.exit();
