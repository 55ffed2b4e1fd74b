/**
 * The checker in Python, written from docs/certificate.md alone, says of proofs and of proofs tampered with what
 * `plainproof check` says. It takes a Python with numpy.
 *
 * Programs are started for the proofs alone; what was tampered with goes through the same code of both in a row, for
 * starting costs more than checking.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { expect, test, vi } from 'vitest';
import { declareCheck } from '../../src/cli/check.ts';
import { certificateOf, certificateText } from '../../src/certificate/certificate-json.ts';
import type { Certificate, Run } from '../../src/certificate/certificate.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { openModel } from '../../src/formats/read-model.ts';
import type { Model } from '../../src/model/model.ts';
import { plainproof, scratchFolder } from '../cli/command.ts';
import { hasPython, python } from '../cli/python.ts';
import { built } from '../convert/support.ts';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'examples/certificate-checker/check.py');

/** Exit codes of the program for lists of arguments, as JSON; what it prints is dropped. */
const inARow = `
import contextlib, io, json, sys
sys.path.insert(0, sys.argv[1])
import check
codes = []
for arguments in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        codes.append(check.main(arguments))
print(json.dumps(codes))
`;

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
type Arguments = readonly [certificate: string, ...models: Models];

/** What both programs print of a proof, which has to be the same. */
async function expectAccepted(...args: Arguments): Promise<void> {
  const other = spawnSync(python, ['-B', program, ...args], { cwd: root, encoding: 'utf8' });
  const own = await plainproof('check', ...args);
  expect(own).toMatchObject({ code: 0, stderr: '' });
  expect(other).toMatchObject({ status: 0, stdout: own.stdout, stderr: '' });
}

/** Exit code of `plainproof check`, in this process; what it prints is dropped. */
async function ownCode(args: Arguments): Promise<number> {
  let code = -1;
  const command = new Command();
  declareCheck(command, (said) => (code = said));
  const silent = (...written: readonly unknown[]): boolean => {
    const done = written.at(-1);
    if (typeof done === 'function') done(null);
    return true;
  };
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(silent),
  );
  try {
    await command.parseAsync(['check', ...args], { from: 'user' });
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  return code;
}

function pythonCodes(all: readonly Arguments[]): unknown {
  const folder = path.dirname(program);
  const options = { cwd: root, input: JSON.stringify(all), encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(python, ['-B', '-c', inARow, folder], options);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
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

const hasNumpy = hasPython('numpy', 'the checker in Python');

test.runIf(hasNumpy).each(cases)('$name', async ({ name, options }) => {
  const folder = scratchFolder();
  const at = (file: string): string => path.join(folder, file);
  const models: Models = [`fixtures/${name}.onnx`, at('converted.onnx')];
  expect(await plainproof('convert', models[0], '-o', models[1], ...options)).toMatchObject({
    code: 0,
  });
  const made = await plainproof('verify', ...models, '--certificate', at('good.json'));
  expect(made).toMatchObject({ code: 0, stderr: '' });
  await expectAccepted(at('good.json'), ...models);

  const good: unknown = JSON.parse(readFileSync(at('good.json'), 'utf8'));
  const certificate = built(certificateOf(good));
  const tampered: { readonly args: Arguments; readonly code: number }[] = [
    { args: [at('good.json'), ...models], code: 0 },
  ];
  for (const [forgery, forge] of Object.entries(forgeries)) {
    writeFileSync(at(`${forgery}.json`), certificateText(forge(certificate)));
    tampered.push({ args: [at(`${forgery}.json`), ...models], code: 2 });
  }
  writeFileSync(at('stranger.json'), JSON.stringify({ ...certificate, stranger: 1 }));
  tampered.push({ args: [at('stranger.json'), ...models], code: 65 });

  const opened = built(await openModel(models[1]));
  built(await opened.finish());
  for (const by of [1.001, -1]) {
    const other = at(`times ${by}.onnx`);
    built(await saveOnnx(other, withOtherWeights(opened.model, by)));
    const digests = [certificate.models[0], digest(other)] as const;
    writeFileSync(at(`times ${by}.json`), certificateText({ ...certificate, models: digests }));
    tampered.push({ args: [at(`times ${by}.json`), models[0], other], code: 2 });
  }

  const own: { readonly args: Arguments; readonly code: number }[] = [];
  for (const { args } of tampered) own.push({ args, code: await ownCode(args) });
  expect(own).toEqual(tampered);
  expect(pythonCodes(tampered.map(({ args }) => args))).toEqual(tampered.map(({ code }) => code));
});
