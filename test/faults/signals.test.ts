/**
 * Interrupted and killed at many moments: what stands under the final name is the whole file or none, and only a
 * run that came to its end says 0.
 */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { resnet } from '../../src/blocks/resnet.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { readResult } from '../../src/gate/read-result.ts';
import { scratchFolder } from '../cli/command.ts';
import { writeFiles } from '../cli/files.ts';
import { commandLines } from '../gate/command-lines.ts';
import { hasEnded, runWith, unfinishedBytes, until } from './processes.ts';

const folder = scratchFolder();
const at = (name: string): string => path.join(folder, name);
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

/** Of the time that an undisturbed run takes: from the start to after the end. */
const moments = [0.3, 0.6, 0.8, 0.9, 0.95, 1];

let files = { original: '', plain: '' };
beforeAll(async () => {
  files = await writeFiles();
  const run = await runWith(['verify', files.original, files.plain, '--json', at('verdict.json')]);
  expect(run.code).toBe(0);
});

interface Case {
  readonly name: string;
  readonly args: () => readonly string[];
  readonly output: string;
  /** Whether a text is what the command writes, seconds and dates aside. */
  readonly isWhole: (text: string) => boolean;
}

const cases: readonly Case[] = [
  {
    name: 'convert',
    args: () => ['convert', files.original, '-o', at('out.onnx')],
    output: 'out.onnx',
    isWhole: (text) => text === readFileSync(at('undisturbed-out.onnx'), 'latin1'),
  },
  {
    name: 'verify',
    args: () => ['verify', files.original, files.plain, '--json', at('out.json')],
    output: 'out.json',
    isWhole: (text) => JSON.parse(text).verdict === 'proved',
  },
  {
    name: 'report',
    args: () => ['report', at('verdict.json'), '--no-evidence', '--html', at('out.html')],
    output: 'out.html',
    isWhole: (text) => text.startsWith('<!doctype html>') && text.trimEnd().endsWith('</html>'),
  },
];

describe.each(cases)('$name', { timeout: 200_000 }, ({ args, output, isWhole }) => {
  const file = at(output);

  test('at moments from its start to its end', async () => {
    const start = performance.now();
    expect((await runWith(args())).code).toBe(0);
    const whole = performance.now() - start;
    // For `convert`, whose output is compared with what it wrote here.
    copyFileSync(file, at(`undisturbed-${output}`));
    expect(isWhole(readFileSync(file, 'latin1'))).toBe(true);
    let unfinished = 0;
    for (const [k, moment] of moments.entries()) {
      rmSync(file, { force: true });
      const signal = signals[k % signals.length];
      const run = await runWith(args(), async (child) => {
        await sleep(moment * whole);
        child.kill(signal);
      });
      if (existsSync(file)) expect(isWhole(readFileSync(file, 'latin1'))).toBe(true);
      if (run.code === 0) expect(existsSync(file)).toBe(true);
      else {
        unfinished += 1;
        expect(run).toMatchObject({ code: null, signal });
      }
    }
    // Or nothing was interrupted at all.
    expect(unfinished).toBeGreaterThan(0);
  });
});

describe('amid the writing of a large file', { timeout: 200_000 }, () => {
  const original = at('large.onnx');
  const output = at('large-out.onnx');
  beforeAll(async () => {
    const model = resnet(18, { seed: 3 });
    if (!model.ok) throw new Error(model.failure.reason);
    expect(await saveOnnx(original, model.value)).toMatchObject({ ok: true });
  });

  test.each(signals)('%s leaves what was there before', async (signal) => {
    const before = 'what was there before';
    writeFileSync(output, before);
    let sizes = 0;
    const run = await runWith(['convert', original, '-o', output], async (child) => {
      await until(child, () => (sizes = unfinishedBytes(output)) > 0, 0);
      child.kill(signal);
    });
    // It was at it, or the test says nothing.
    expect(sizes).toBeGreaterThan(0);
    if (run.code !== 0) {
      expect(run).toMatchObject({ code: null, signal });
      expect(readFileSync(output, 'latin1')).toBe(before);
    }
  });
});

test(
  'a gate that is killed leaves a result that can be read or none, and no process',
  { timeout: 200_000 },
  async () => {
    const config = at('plainproof.config.json');
    const slow = ['sh', '-c', 'echo >> log; cp "$0" "$1"; sleep 0.1', '{input}', '{output}'];
    writeFileSync(
      config,
      JSON.stringify({
        networks: 500,
        families: ['repVgg'],
        converters: [{ name: 'slow', command: slow }],
      }),
    );
    const json = at('result.json');
    const log = at('log');
    for (const cases of [1, 3]) {
      rmSync(log, { force: true });
      const args = ['gate', config, '--json', json, '--failure', at('failure'), '--workers', '2'];
      const run = await runWith(args, async (child) => {
        await until(child, () => existsSync(log) && readFileSync(log, 'utf8').length >= cases, 20);
        expect(hasEnded(child)).toBe(false);
        child.kill('SIGKILL');
      });
      expect(run).toMatchObject({ code: null, signal: 'SIGKILL' });
      if (existsSync(json)) {
        expect(await readResult(json)).toMatchObject({ ok: true, value: { interrupted: true } });
      }
      // Workers end with the process they work for, and take the converter's program with them.
      for (let k = 0; k < 100 && commandLines().some((line) => line.includes(folder)); k++)
        await sleep(50);
      expect(commandLines().filter((line) => line.includes(folder))).toEqual([]);
    }
  },
);
