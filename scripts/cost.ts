/**
 * `npm run report:cost`: writes reports/cost.json, cost.md and a plot for each depth. Takes minutes, on a machine
 * that should have nothing else to do.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KernelName } from '../src/kernels/kernel.ts';
import { openKernel } from '../src/kernels/open.ts';
import { costsOf } from './cost/count.ts';
import { latenciesOf } from './cost/measure.ts';
import { costPage } from './cost/page.ts';
import { costPlot } from './cost/plot.ts';
import { depths, type Cost, type CostRecord, type Latency } from './cost/record.ts';

const folder = path.resolve(import.meta.dirname, '../reports');

/** All but tfjs's plain JavaScript, a hundred times slower than the others. */
const kernels: readonly KernelName[] = ['wasm', 'tensorflow', 'onnxruntime'];

const costs: Cost[] = [];
const latencies: Latency[] = [];
for (const depth of depths) {
  costs.push(...(await costsOf(depth, true)));
  for (const name of kernels) {
    const kernel = await openKernel(name);
    if (!kernel.ok) {
      console.error(kernel.failure.reason);
      continue;
    }
    latencies.push(...(await latenciesOf(depth, kernel.value)));
    await kernel.value.close();
  }
}
const record: CostRecord = { costs, latencies };
await writeFile(path.join(folder, 'cost.json'), `${JSON.stringify(record, null, 1)}\n`);
await writeFile(path.join(folder, 'cost.md'), costPage(record));
for (const depth of depths) {
  await writeFile(path.join(folder, `cost-${depth}.svg`), costPlot(record, depth));
}
// z3 and the kernels may leave worker threads behind.
process.exit(0);
