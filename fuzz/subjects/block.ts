/**
 * What `audit` does with a block up to its proofs: loaded, taken apart, its costs told.
 *
 * A case is a program, or the calls of one as JSON (`block.json`), which are written out as a program, so that
 * mutations reach the arguments of layers and not only the syntax.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { additionsOf } from '../../src/audit/addition.ts';
import { graphCost } from '../../src/audit/cost.ts';
import { costNumbers, smallNumbers } from '../../src/audit/numbers.ts';
import { parallelOf } from '../../src/audit/parallel.ts';
import { residualOf } from '../../src/audit/residual.ts';
import { printed, valueOf } from '../../src/audit/size.ts';
import { readBlock } from '../../src/cli/read-block.ts';
import { property, isList } from '../../src/formats/json.ts';
import type { Subject } from '../subject.ts';
import { demandFailure, mainFile } from './reading.ts';

/** { v: 3 } is the third value so far; everything else is written as it is. */
function argument(value: unknown): string {
  const at = property(value, 'v');
  if (typeof at === 'number') return `v[${at}]`;
  const copy = property(value, 'f');
  return typeof copy === 'number' ? `() => v[${copy}]` : (JSON.stringify(value) ?? 'undefined');
}

/** Null for JSON that lists no calls. */
function programOf(json: unknown): string | null {
  const calls = property(json, 'calls');
  if (!isList(calls)) return null;
  const lines = calls.map((call) => {
    const [name, ...args] = isList(call) ? call : [call];
    return `  v.push(layers[${JSON.stringify(name) ?? '0'}](${args.map(argument).join(', ')}));`;
  });
  const name = JSON.stringify(property(json, 'name')) ?? '""';
  const options = JSON.stringify(property(json, 'options')) ?? '{}';
  return [
    "import { block } from 'plainproof';",
    `export default block(${name}, (layers) => {`,
    '  const v = [layers.x];',
    ...lines,
    '  return v.at(-1);',
    `}, ${options});\n`,
  ].join('\n');
}

function blockFile(folder: string): string | null {
  const json = path.join(folder, 'block.json');
  if (!existsSync(json)) return mainFile(folder);
  let program: string | null = null;
  try {
    program = programOf(JSON.parse(readFileSync(json, 'utf8')));
  } catch {
    // No JSON, or nested beyond what can be written out.
  }
  rmSync(json);
  if (program === null) return null;
  const file = path.join(folder, 'block.ts');
  writeFileSync(file, program);
  return file;
}

const subject: Subject = async (folder) => {
  const file = blockFile(folder);
  if (file === null) return 'no program';
  const read = await readBlock(file);
  if (!read.ok) return demandFailure(file, read.failure);
  const block = read.value;
  const cost = graphCost(block.nodes);
  const numbers = costNumbers(block);
  for (const size of [cost.weights, cost.macs]) {
    printed(size);
    valueOf(size, numbers);
  }
  const additions = additionsOf(block);
  for (const addition of additions) {
    residualOf(addition);
    parallelOf(addition);
  }
  smallNumbers(block, { H: 5, W: 5 });
  return 'read';
};

export default subject;
