/**
 * `npm run report:pruning`: writes reports/pruning.json, pruning.md and a plot for each network. Takes minutes, on a
 * machine that should have nothing else to do.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KernelName } from '../src/kernels/kernel.ts';
import { openKernel } from '../src/kernels/open.ts';
import { costsOf, slimmingsOf } from './pruning/count.ts';
import { latenciesOf } from './pruning/measure.ts';
import { pruningPage, slug } from './pruning/page.ts';
import { pruningPlot } from './pruning/plot.ts';
import {
  subjects,
  type Cost,
  type Latency,
  type PruningRecord,
  type Slimming,
} from './pruning/record.ts';

const folder = path.resolve(import.meta.dirname, '../reports');

/** All but tfjs's plain JavaScript, a hundred times slower than the others. */
const kernels: readonly KernelName[] = ['wasm', 'tensorflow', 'onnxruntime'];

const costs: Cost[] = [];
const slimmings: Slimming[] = [];
const latencies: Latency[] = [];
for (const subject of subjects) {
  costs.push(...(await costsOf(subject, true)));
  slimmings.push(...(await slimmingsOf(subject, true)));
  for (const name of kernels) {
    const kernel = await openKernel(name);
    if (!kernel.ok) {
      console.error(kernel.failure.reason);
      continue;
    }
    latencies.push(...(await latenciesOf(subject, kernel.value)));
    await kernel.value.close();
  }
}
const record: PruningRecord = { costs, slimmings, latencies };
await writeFile(path.join(folder, 'pruning.json'), `${JSON.stringify(record, null, 1)}\n`);
await writeFile(path.join(folder, 'pruning.md'), pruningPage(record));
for (const subject of subjects) {
  await writeFile(path.join(folder, `pruning-${slug(subject)}.svg`), pruningPlot(record, subject));
}
// z3 and the kernels may leave worker threads behind.
process.exit(0);
