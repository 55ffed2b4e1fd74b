/**
 * Whole runs of the gate, as processes: every way in which a converter or a worker can fail is an outcome of
 * its own, a wrong converter is found and its failure made small, and a run that is ended tells what it knows.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { GateResult } from '../../src/gate/case.ts';
import { readResult } from '../../src/gate/read-result.ts';
import { builtProgram } from '../cli/built.ts';
import { plainproof, plainproofWith, scratchFolder } from '../cli/command.ts';
import { commandLines } from './command-lines.ts';

const options = { timeout: 300_000 };

/** A configuration in a folder of its own. */
function configured(text: string): { readonly folder: string; readonly file: string } {
  const folder = scratchFolder();
  const file = path.join(folder, 'plainproof.config.ts');
  writeFileSync(file, text);
  return { folder, file };
}

async function resultIn(file: string): Promise<GateResult> {
  const read = await readResult(file);
  if (!read.ok) throw new Error(read.failure.reason);
  return read.value;
}

const ours = `
  import { convert, defineConfig } from 'plainproof';
  function ours(model) {
    const settings = { strategy: 'auto', inputRange: null, foldBatchNorm: false, fuse: false };
    const conversion = convert(model, settings);
    if (!conversion.ok) throw new Error(conversion.failure.reason);
    return conversion.value.model;
  }`;

test('every way to fail is told apart, and none ends the run', options, async () => {
  const { folder, file } = configured(`${ours}
    const end = '{input} {output}';
    export default defineConfig({
      networks: 1,
      families: ['basic'],
      converters: [
        { name: 'ours', convert: ours },
        { name: 'copies', command: 'cp {input} {output}' },
        { name: 'crashes', command: "sh -c 'echo no such operator >&2; exit 3' - " + end },
        { name: 'is killed', command: "sh -c 'kill -SEGV $$' - " + end },
        { name: 'is not there', command: 'no-such-program ' + end },
        { name: 'hangs', timeLimit: 500, command: "sh -c 'sleep 100' - " + end },
        { name: 'writes nothing', command: 'true ' + end },
        { name: 'writes nonsense', command: ['sh', '-c', 'echo nonsense > "$0"', '{output}', '{input}'] },
        { name: 'writes half', command: ['sh', '-c', 'head -c 200 "$0" > "$1"', '{input}', '{output}'] },
        { name: 'throws', convert: () => { throw new Error('no such layer'); } },
        { name: 'loops', timeLimit: 500, convert: () => { for (;;); } },
        { name: 'never answers', timeLimit: 500, convert: () => new Promise(() => {}) },
        { name: 'exits', convert: () => process.exit(7) },
        { name: 'returns nothing', convert: () => undefined },
        { name: 'returns nonsense', convert: () => ({ inputs: 1, outputs: 2, tensors: 3, layers: 4 }) },
        {
          name: 'changes what it is given',
          convert: (model) => {
            for (const layer of model.layers) if (layer.kind === 'conv') layer.weight.fill(0);
            return model;
          },
        },
        {
          name: 'returns no float32',
          convert: (model) => ({
            ...model,
            layers: model.layers.map((layer) => ({ ...layer, epsilon: 0.01 })),
          }),
        },
        { name: 'kills the worker', command: "sh -c 'kill -9 $PPID' - " + end },
      ],
    });`);
  const json = path.join(folder, 'result.json');
  const saved = path.join(folder, 'failure');
  const run = await plainproof(
    ...['gate', file, '--json', json, '--failure', saved, '--workers', '2'],
    ...['--shrink-seconds', '0'],
  );
  expect(run.code).toBe(1);
  const { cases, failure, interrupted, planned } = await resultIn(json);
  expect([planned, cases.length, interrupted]).toEqual([18, 18, false]);
  expect(
    cases.map(({ converter, outcome }) => {
      const kind = outcome.kind === 'converterFailed' ? outcome.failure : outcome.kind;
      return `${converter}: ${kind}`;
    }),
  ).toEqual([
    'ours: proved',
    'copies: proved',
    'crashes: crashed',
    'is killed: crashed',
    'is not there: crashed',
    'hangs: timedOut',
    'writes nothing: wroteNothing',
    'writes nonsense: wroteBroken',
    'writes half: wroteBroken',
    'throws: crashed',
    'loops: timedOut',
    'never answers: timedOut',
    'exits: crashed',
    'returns nothing: wroteNothing',
    'returns nonsense: wroteBroken',
    'changes what it is given: refuted',
    'returns no float32: wroteBroken',
    'kills the worker: workerFailed',
  ]);
  const messages = cases.map(({ outcome }) => ('message' in outcome ? outcome.message : ''));
  expect(messages[2]).toBe('exit code 3\nno such operator');
  expect(messages[4]).toContain('ENOENT');
  expect(messages[5]).toBe('took longer than 0.5 s');
  expect(messages[9]).toBe('no such layer');
  expect(messages[17]).toContain('SIGKILL');
  expect(failure).toMatchObject({ index: 2, converter: 'crashes', original: 'original.onnx' });
  expect(readdirSync(saved)).toEqual(['original.onnx']);
  expect(readdirSync(folder).sort()).toEqual(['failure', 'plainproof.config.ts', 'result.json']);
});

test('a wrong converter is found, and what fails is made small', options, async () => {
  // One ε for every batch norm, whatever it was.
  const { folder, file } = configured(`${ours}
    const epsilon = Math.fround(0.01);
    const careless = (layer) => (layer.kind === 'batchNorm' ? { ...layer, epsilon } : layer);
    export default defineConfig({
      networks: 4,
      families: ['basic'],
      sizes: { blocks: 1, channels: 3, image: 5 },
      converters: [
        {
          name: 'copies epsilon',
          convert: (model) => {
            const plain = ours(model);
            return { ...plain, layers: plain.layers.map(careless) };
          },
        },
      ],
    });`);
  const json = path.join(folder, 'result.json');
  const saved = path.join(folder, 'smallest');
  const run = await plainproof('gate', file, '--json', json, '--failure', saved);
  expect(run.code).toBe(1);
  const { counts, failure } = await resultIn(json);
  expect(counts.refuted).toBeGreaterThan(1);
  if (failure === null) throw new Error('no failure was saved');
  expect(failure.layers).toBeLessThanOrEqual(3);
  expect(failure.channels).toBeLessThanOrEqual(4);
  expect(failure.outcome).toMatchObject({ kind: 'refuted', layer: expect.any(String) });
  expect(readdirSync(saved).sort()).toEqual(['converted.onnx', 'original.onnx', 'verdict.json']);
  expect(JSON.parse(readFileSync(path.join(saved, 'verdict.json'), 'utf8'))).toMatchObject({
    verdict: 'refuted',
    counterexample: { replays: [{ kernel: 'wasm' }] },
  });
  expect(run.stdout).toContain(failure.reproduce);
  const [, ...words] = failure.reproduce.split('plainproof ');
  const line = `exec "$@" ${words.join('plainproof ')} --failure ${saved}`;
  const reproduced = spawn('sh', ['-c', line, 'sh', process.execPath, builtProgram()], {
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => reproduced.on('close', resolve));
  expect(code).toBe(1);
  // Nothing is smaller, so it is the same network that is saved, also into the folder where it was.
  expect(readdirSync(saved).sort()).toEqual(['converted.onnx', 'original.onnx', 'verdict.json']);
});

test('a failing network that cannot be saved costs nothing else', options, async () => {
  const { folder, file } = configured(`
    export default {
      networks: 1,
      converters: [{ name: 'fails', command: 'false {input} {output}' }],
    };`);
  const json = path.join(folder, 'result.json');
  // A file is where the folder should be.
  const run = await plainproof(
    ...['gate', file, '--json', json, '--failure', file, '--shrink-seconds', '0'],
  );
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('the failing network could not be saved: EEXIST');
  expect((await resultIn(json)).failure).toBeNull();
});

test('an interruption leaves what is known, and nothing running', options, async () => {
  const { folder, file } = configured(`
    export default {
      networks: 500,
      families: ['repVgg'],
      converters: [
        {
          name: 'slow',
          command: ['sh', '-c', 'echo >> log; cp "$0" "$1"; sleep 0.2', '{input}', '{output}'],
        },
      ],
    };`);
  const json = path.join(folder, 'result.json');
  const gate = spawn(process.execPath, [builtProgram(), 'gate', file, '--json', json], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = new Promise((resolve) => gate.on('close', resolve));
  const log = path.join(folder, 'log');
  const started = (): number => (existsSync(log) ? readFileSync(log, 'utf8').length : 0);
  while (started() < 4) await sleep(50);
  gate.kill('SIGINT');
  expect(await closed).toBe(2);
  const { cases, planned, interrupted, counts } = await resultIn(json);
  expect(interrupted).toBe(true);
  expect(planned).toBe(500);
  expect(cases.length).toBeGreaterThan(0);
  expect(counts.proved).toBe(cases.length);
  expect(commandLines().filter((line) => line.includes(folder))).toEqual([]);
});

test(
  'a full disk is said, case by case, and nothing is taken for proved',
  options,
  async (context) => {
    const disk = scratchFolder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      context.skip('a small disk can only be made where mounting is allowed');
    }
    try {
      writeFileSync(path.join(disk, 'everything'), new Uint8Array(64 * 1024));
      const { file } = configured(
        `export default { networks: 2, converters: [{ name: 'a', command: 'cp {input} {output}' }] };`,
      );
      const run = await plainproofWith(
        { TMPDIR: disk },
        ...['gate', file, '--json', path.join(disk, 'result.json')],
      );
      expect(run.code).toBe(65);
      expect(run.stderr).toContain('result.json: cannot be written (ENOSPC)');
      expect(run.stdout.match(/ENOSPC/g)).toHaveLength(2);
    } finally {
      execFileSync('umount', [disk]);
    }
  },
);

test.each<[string, readonly string[], number, string]>([
  ['no such converter', ['gate', 'FILE', '--converter', 'b'], 64, "has no converter 'b'"],
  ['no such model', ['gate', 'FILE', '--model', 'none.onnx'], 65, 'there is no model'],
  ['to overwrite', ['init', 'FILE'], 64, 'is there already'],
])('%s', options, async (_, words, code, said) => {
  const { file } = configured(
    `export default { converters: [{ name: 'a', command: 'cp {input} {output}' }] };`,
  );
  const run = await plainproof(...words.map((word) => word.replace('FILE', file)));
  expect(run.code).toBe(code);
  expect(run.stderr).toContain(said);
});
