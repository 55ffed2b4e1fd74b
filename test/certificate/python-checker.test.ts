/**
 * The checker in Python, written from docs/certificate.md alone, says of proofs and of proofs tampered with what
 * `plainproof check` says. It takes a Python with numpy, named by PYTHON; where there is none the test says so and
 * is skipped.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { certificateOf, certificateText } from '../../src/certificate/certificate-json.ts';
import type { Certificate, Run } from '../../src/certificate/certificate.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { openModel } from '../../src/formats/read-model.ts';
import type { Model } from '../../src/model/model.ts';
import { plainproof, scratchFolder } from '../cli/command.ts';
import { built } from '../convert/support.ts';

const python = process.env.PYTHON ?? 'python3';
const probe = spawnSync(python, ['-c', 'import numpy'], { encoding: 'utf8' });
const missing = probe.status !== 0;
const root = path.resolve(import.meta.dirname, '../..');

/** Files of two exporters, and how each is converted. */
const cases = [
  { name: 'resnet.dynamo', options: [] },
  { name: 'mobilenet.legacy', options: ['--strategy', 'split'] },
  { name: 'prelu.legacy', options: ['--fold-batch-norm'] },
  { name: 'squeeze-excite.dynamo', options: [] },
  { name: 'reshaped.legacy', options: [] },
  { name: 'beside.dynamo', options: [] },
];

type Models = readonly [original: string, converted: string];

/** What both say of it, which has to be the same. */
async function saidOf(certificate: string, models: Models): Promise<number | null> {
  const running = plainproof('check', certificate, ...models);
  const program = path.join(root, 'examples/certificate-checker/check.py');
  const other = spawnSync(python, ['-B', program, certificate, ...models], {
    cwd: root,
    encoding: 'utf8',
  });
  const { code, stdout } = await running;
  expect(other.stderr).not.toContain('Traceback');
  expect({ certificate, code: other.status }).toEqual({ certificate, code });
  if (code === 0) expect(other.stdout).toBe(stdout);
  return code;
}

function changedRuns(certificate: Certificate, change: (run: Run) => Run): Certificate {
  let done = false;
  const steps = certificate.steps.map((step) => ({
    ...step,
    runs: step.runs.map((run) => {
      const next = done ? run : change(run);
      done ||= next !== run;
      return next;
    }),
  }));
  expect(done).toBe(true);
  return { ...certificate, steps };
}

/** Each makes any certificate false. */
const forgeries: Readonly<Record<string, (certificate: Certificate) => Certificate>> = {
  'no rounding at all': (c) => ({ ...c, maxUlps: 0 }),
  'another model': (c) => ({ ...c, models: [c.models[1], '0'.repeat(64)] }),
  'a channel twice': (c) => changedRuns(c, (run) => ({ ...run, first: run.first + 1 })),
  'twice the channel': (c) =>
    changedRuns(c, (run) =>
      run.rule !== 'same'
        ? run
        : { ...run, terms: run.terms.map((t) => ({ ...t, scale: 2 * t.scale })) },
    ),
  'a constant besides': (c) =>
    changedRuns(c, (run) => (run.rule === 'same' ? { ...run, constant: 1 } : run)),
  'nothing but names': (c) => changedRuns(c, (run) => ({ ...run, rule: 'any', terms: [] })),
};

/** The last layer with weights, all its weights times a number. */
function withOtherWeights(model: Model, by: number): Model {
  const last = model.layers.findLastIndex(({ kind }) => kind === 'conv' || kind === 'dense');
  const layers = model.layers.map((layer, i) => {
    if (i !== last || (layer.kind !== 'conv' && layer.kind !== 'dense')) return layer;
    return { ...layer, weight: layer.weight.map((w) => w * by) };
  });
  return { ...model, layers };
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

test.skipIf(missing).each(cases)('$name', async ({ name, options }) => {
  const folder = scratchFolder();
  const at = (file: string): string => path.join(folder, file);
  const models: Models = [`fixtures/${name}.onnx`, at('converted.onnx')];
  expect(await plainproof('convert', models[0], '-o', models[1], ...options)).toMatchObject({
    code: 0,
  });
  const made = await plainproof('verify', ...models, '--certificate', at('good.json'));
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(await saidOf(at('good.json'), models)).toBe(0);

  const good: unknown = JSON.parse(readFileSync(at('good.json'), 'utf8'));
  const certificate = built(certificateOf(good));
  for (const [forgery, forge] of Object.entries(forgeries)) {
    const file = at(`${forgery}.json`);
    writeFileSync(file, certificateText(forge(certificate)));
    expect({ forgery, code: await saidOf(file, models) }).toEqual({ forgery, code: 2 });
  }
  writeFileSync(at('stranger.json'), JSON.stringify({ ...certificate, stranger: 1 }));
  expect(await saidOf(at('stranger.json'), models)).toBe(65);

  const opened = built(await openModel(models[1]));
  built(await opened.finish());
  for (const by of [1.001, -1]) {
    const other: Models = [models[0], at(`times ${by}.onnx`)];
    built(await saveOnnx(other[1], withOtherWeights(opened.model, by)));
    const file = at(`times ${by}.json`);
    const digests = [certificate.models[0], digest(other[1])] as const;
    writeFileSync(file, certificateText({ ...certificate, models: digests }));
    expect({ by, code: await saidOf(file, other) }).toEqual({ by, code: 2 });
  }
});

if (missing) {
  const said = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1);
  console.warn(`the checker in Python is not tried: ${python}: ${said ?? ''}`);
}
