/** Files whose digest and last checks are left to a thread: the same answers as for small ones. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { convert } from '../../src/convert/convert.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { readModel } from '../../src/formats/read-model.ts';
import type { Result } from '../../src/model/failure.ts';
import { parameterArrays } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { plainproof, scratchFolder } from './command.ts';

const folder = scratchFolder();
const at = (name: string): string => path.join(folder, `${name}.onnx`);

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.reason);
  return result.value;
}

/** The last convolution alone has 9.4 MB of weights. */
function network(): Model {
  const image = { height: 8, width: 8 };
  return must(cifarResnet({ depth: 8, seed: 7, image, widths: [4, 8, 512] }));
}

/** The file with one weight of the last convolution replaced. */
function damaged(name: string, value: number): string {
  const model = network();
  const layer = model.layers.find((l) => l.name === 'layer3.0.conv2');
  if (layer?.kind !== 'conv') throw new Error('no such convolution');
  const bytes = readFileSync(at('original'));
  const weights = new Uint8Array(layer.weight.buffer, layer.weight.byteOffset, 64);
  const start = bytes.indexOf(weights);
  if (start < 0) throw new Error('its weights are not in the file');
  bytes.writeFloatLE(value, start + 4 * 1000);
  writeFileSync(at(name), bytes);
  return at(name);
}

function digestOf({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}

beforeAll(async () => {
  const model = network();
  const options = {
    strategy: 'auto',
    inputRange: null,
    foldBatchNorm: true,
    fuse: false,
  } as const;
  must(await saveOnnx(at('original'), model));
  must(await saveOnnx(at('plain'), must(convert(model, options)).model));
});

test('the digest is that of the file, though weights were moved in its memory', async () => {
  for (const name of ['original', 'plain']) {
    const own = createHash('sha256')
      .update(readFileSync(at(name)))
      .digest('hex');
    expect(must(await readModel(at(name))).sha256).toBe(own);
  }
  const read = must(await readModel(at('original'))).model.layers.flatMap(parameterArrays);
  const built = network().layers.flatMap(parameterArrays);
  expect(read.map(digestOf)).toEqual(built.map(digestOf));
});

test('a conversion is proved, and compared on kernels', async () => {
  const kernels = 'wasm,cpu,onnxruntime';
  const run = await plainproof('verify', at('original'), at('plain'), '--kernels', kernels);
  expect(run).toMatchObject({ code: 0, stderr: '' });
});

test('one wrong weight is refuted and seen on a kernel', async () => {
  const wrong = damaged('wrong', 7);
  const run = await plainproof('verify', at('original'), wrong, '--kernels', 'onnxruntime');
  expect(run).toMatchObject({ code: 1, stderr: '' });
});

test.each([
  [NaN, 'the original'],
  [-Infinity, 'the converted model'],
] as const)('a weight of %d in %s is one failure with 65', async (value, place) => {
  const bad = damaged(`bad${value}`, value);
  const pair = place === 'the original' ? [bad, at('original')] : [at('plain'), bad];
  const run = await plainproof('verify', ...pair);
  expect(run).toMatchObject({ code: 65, stdout: '' });
  const line = `plainproof: ${bad}: layer3.0.conv2: parameter 1000 is ${value}\n`;
  expect(run.stderr).toBe(line);
  expect(await readModel(bad)).toMatchObject({ ok: false, failure: { code: 'bad-value' } });
});
