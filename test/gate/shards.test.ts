/**
 * Four shards as processes of their own, as on four machines, and their results merged: the result of one run
 * over all cases, but for seconds and for where each machine keeps its smallest failing network.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GateResult } from '../../src/gate/case.ts';
import { parseResult } from '../../src/gate/read-result.ts';
import { plainproof, scratchFolder, type Run } from '../cli/command.ts';

const folder = scratchFolder();
const at = (name: string): string => path.join(folder, name);

/**
 * Two converters that change nothing, the second of which fails on some networks: those whose bytes have an
 * odd sum, so that which ones is known nowhere in advance and the same everywhere.
 */
const config = `
import { copyFileSync, readFileSync } from 'node:fs';

export default {
  converters: [
    { name: 'copy', convertFile: copyFileSync },
    {
      name: 'moody',
      convertFile(input, output) {
        const sum = readFileSync(input).reduce((total, byte) => total + byte, 0);
        if (sum % 2 === 1) throw new Error('not this one');
        copyFileSync(input, output);
      },
    },
  ],
  families: ['repVgg', 'basic'],
  sizes: { blocks: 1, channels: 2, image: 4 },
  networks: 9,
  seed: 4,
};
`;

function gate(name: string, ...args: readonly string[]): Promise<Run> {
  const failure = ['--failure', at(`${name}-failure`)];
  const json = ['--json', at(`${name}.json`)];
  return plainproof(
    'gate',
    at('plainproof.config.mjs'),
    '--workers',
    '1',
    ...failure,
    ...json,
    ...args,
  );
}

function resultIn(name: string): GateResult {
  const read = parseResult(readFileSync(at(`${name}.json`), 'utf8'));
  if (!read.ok) throw new Error(read.failure.reason);
  return read.value;
}

/** Without what differs between machines. */
function steady(result: GateResult): object {
  const { failure } = result;
  return {
    ...result,
    seconds: 0,
    cases: result.cases.map((one) => ({ ...one, seconds: 0 })),
    failure: failure === null ? null : { ...failure, folder: '', reproduce: '' },
  };
}

const shards = ['1', '2', '3', '4'];

describe('four shards', () => {
  let runs: readonly Run[];

  beforeAll(async () => {
    writeFileSync(at('plainproof.config.mjs'), config);
    runs = await Promise.all([gate('whole'), ...shards.map((k) => gate(k, '--shard', `${k}/4`))]);
  });

  test('do all cases between them, each its own', () => {
    for (const { stderr } of runs) expect(stderr).toMatch(/^(plainproof: \d+ of \d+ cases.*\n)*$/);
    const whole = resultIn('whole');
    expect(whole.cases).toHaveLength(18);
    // The test would show little if everything were proved, or nothing.
    expect(whole.counts.proved).toBeGreaterThan(9);
    expect(whole.counts.converterFailed).toBeGreaterThan(1);
    expect(shards.map((k) => resultIn(k).cases.length)).toEqual([5, 5, 4, 4]);
  });

  test('write what the schema describes', () => {
    const schema: object = JSON.parse(
      readFileSync(new URL('../../schemas/gate.schema.json', import.meta.url), 'utf8'),
    );
    const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(schema);
    for (const name of ['whole', ...shards]) {
      validate(JSON.parse(readFileSync(at(`${name}.json`), 'utf8')));
      expect(validate.errors).toBeNull();
    }
  });

  test('merged are the whole run, with its exit code', async () => {
    const files = ['3', '1', '4', '2'].map((k) => at(`${k}.json`));
    const merged = await plainproof('merge', ...files, '--json', at('merged.json'));
    expect(merged).toMatchObject({ code: runs[0].code, stderr: '' });
    expect(merged.code).toBe(1);
    expect(steady(resultIn('merged'))).toEqual(steady(resultIn('whole')));
  });

  test('are not merged where one is missing or of another seed', async () => {
    const files = ['1', '2', '4'].map((k) => at(`${k}.json`));
    const missing = await plainproof('merge', ...files);
    expect(missing).toMatchObject({ code: 65, stdout: '' });
    expect(missing.stderr).toBe('plainproof: merge: shard 3 of 4 is missing\n');

    const text = readFileSync(at('3.json'), 'utf8').replace('"seed": 4', '"seed": 5');
    writeFileSync(at('other.json'), text);
    const other = await plainproof('merge', ...files, at('other.json'));
    expect(other).toMatchObject({ code: 65, stdout: '' });
    expect(other.stderr).toContain('another seed');
  });
});
