/** reports/multiply-add.md says what the kernels of every installation do; the measurement sees a transform. */
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { measurePassing } from '../../scripts/multiply-add/measure.ts';
import { cell } from '../../scripts/multiply-add/table.ts';
import { openKernel } from '../../src/kernels/open.ts';
import type { Kernel } from '../../src/kernels/kernel.ts';

/** The cells of a kernel's column, by layer, one for each table. */
async function written(kernel: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = await readFile('reports/multiply-add.md', 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '));
  const column = rows[0].indexOf(kernel);
  const found = new Map<string, string[]>();
  for (const row of rows) {
    if (row[0] !== 'layer') found.set(row[0], [...(found.get(row[0]) ?? []), row[column]]);
  }
  return found;
}

const opened: Kernel[] = [];

afterAll(async () => {
  for (const kernel of opened) await kernel.close();
});

async function kernelOf(name: 'wasm' | 'cpu'): Promise<Kernel> {
  const kernel = await openKernel(name);
  if (!kernel.ok) throw new Error(kernel.failure.reason);
  opened.push(kernel.value);
  return kernel.value;
}

describe.each(['wasm', 'cpu'] as const)('%s', (name) => {
  test('passes reserved values on as the report says', async () => {
    const passings = await measurePassing(await kernelOf(name));
    const measured = new Map(
      passings.map((passing) => [passing.layer, [cell(passing), cell(passing.subnormal)]]),
    );
    expect(measured).toEqual(await written(name));
  });
});

test('a kernel that adds values before it multiplies them is seen', async () => {
  const kernel = await kernelOf('cpu');
  // What a transform does to its input: neighbours are added, and taken away again at the end.
  const transforming: Kernel = {
    ...kernel,
    run: (model, [input], keep) => {
      const transformed = input.map((value, k) => {
        const neighbour = input[k ^ 1] ?? 0;
        return Math.fround(Math.fround(value + neighbour) - neighbour);
      });
      return kernel.run(model, [transformed], keep);
    },
  };
  const passings = await measurePassing(transforming);
  expect(passings.length).toBeGreaterThan(10);
  for (const passing of passings) expect(cell(passing)).toMatch(/^no: /);
});
