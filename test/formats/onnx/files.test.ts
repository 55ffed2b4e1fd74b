/** Files that are broken, hostile or not there: one failure each, never an exception. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOnnx } from '../../../src/formats/onnx/read.ts';
import { saveOnnx } from '../../../src/formats/onnx/save-onnx.ts';
import { readModel } from '../../../src/formats/read-model.ts';
import { chain, graph, refusal } from './chain.ts';
import { encode, external, f32, type Graph, type Node, type Tensor } from './encoder.ts';
import { readBytes, value } from './oracle.ts';

let folder = '';

beforeAll(async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'plainproof-'));
  folder = path.join(root, 'models');
  await mkdir(path.join(folder, 'sub'), { recursive: true });
  await writeFile(path.join(root, 'outside.bin'), new Uint8Array(64));
  await symlink(path.join(root, 'outside.bin'), path.join(folder, 'link.bin'));
  await symlink('weights.bin', path.join(folder, 'inner.bin'));
  const floats = Float32Array.of(9, 9, 1, 2, 3, 9);
  await writeFile(path.join(folder, 'weights.bin'), new Uint8Array(floats.buffer));
  await writeFile(
    path.join(folder, 'sub', 'odd.bin'),
    new Uint8Array([7, ...new Uint8Array(floats.buffer)]),
  );
});

afterAll(() => rm(path.dirname(folder), { recursive: true }));

/** y = x · c with `c` in another file. */
async function scaledBy(entries: Readonly<Record<string, string>>): ReturnType<typeof readOnnx> {
  const file = path.join(folder, 'model.onnx');
  await writeFile(
    file,
    encode(chain([['Mul', ['c']]], [external('c', [3, 1, 1], entries)], { dims: [1, 3, 2, 2] })),
  );
  return readOnnx(file);
}

describe('external data', () => {
  test.each([
    ['with offset and length', { location: 'weights.bin', offset: '8', length: '12' }],
    ['through a link inside the folder', { location: 'inner.bin', offset: '8', length: '12' }],
    ['in a folder, at an odd byte', { location: 'sub/odd.bin', offset: '9', length: '12' }],
  ])('%s', async (_, entries) => {
    const read = value(await scaledBy(entries));
    expect(read.model.layers[0]).toMatchObject({ factor: Float32Array.of(1, 2, 3) });
    const files = ['model.onnx', entries.location].map((name) => readFile(path.join(folder, name)));
    const contents = Buffer.concat(await Promise.all(files));
    expect(read.sha256).toBe(createHash('sha256').update(contents).digest('hex'));
    expect(read.bytes).toBe(contents.length);
  });

  test.each([
    ['above the folder', { location: '../outside.bin' }, 'unsafe-path'],
    ['above it by detours', { location: 'sub/../../outside.bin' }, 'unsafe-path'],
    ['at an absolute path', { location: '/etc/passwd' }, 'unsafe-path'],
    ['at a drive', { location: 'C:\\weights.bin' }, 'unsafe-path'],
    ['through a link that leads out', { location: 'link.bin' }, 'unsafe-path'],
    ['nowhere', {}, 'unsafe-path'],
    ['in a missing file', { location: 'missing.bin' }, 'missing-data'],
    ['in a folder', { location: 'sub' }, 'missing-data'],
    ['past the end', { location: 'weights.bin', offset: '16', length: '12' }, 'missing-data'],
    ['before the start', { location: 'weights.bin', offset: '-4', length: '12' }, 'missing-data'],
    ['at no number', { location: 'weights.bin', offset: 'x' }, 'missing-data'],
    ['of another length', { location: 'weights.bin', offset: '0', length: '16' }, 'missing-data'],
  ])('%s is refused', async (_, entries, code) => {
    const read = await scaledBy(entries);
    expect(read.ok ? 'read' : read.failure.code).toBe(code);
  });
});

describe('what is no model', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', Buffer.from('this is not a model')],
    ['zeros', new Uint8Array(1000)],
    ['0xff', new Uint8Array(1000).fill(0xff)],
    ['groups within groups', new Uint8Array(100_000).fill(0x0b)],
    ['another protobuf', Uint8Array.of(8, 1, 18, 3, 97, 98, 99)],
    [
      'a million empty nodes',
      Buffer.concat([
        Uint8Array.of(0x3a, 0x80, 0x89, 0x7a),
        Buffer.alloc(2_000_000, Uint8Array.of(0x0a, 0)),
      ]),
    ],
  ])('%s', async (_, bytes) => {
    const read = await readBytes(bytes);
    expect(read.ok ? 'read' : read.failure.code).toBe('not-a-model');
  });

  test('a folder, a missing file, a device', async () => {
    for (const file of [folder, path.join(folder, 'missing.onnx'), '/dev/zero']) {
      for (const read of [await readOnnx(file), await readModel(file)]) {
        expect(read.ok ? 'read' : read.failure.code).toBe('unreadable-file');
      }
    }
  });

  test('JSON that is no model, told apart by content where the extension does not', async () => {
    const file = path.join(folder, 'model');
    for (const [text, code] of [
      ['{"some": "thing"}', 'not-a-model'],
      [' {"broken', 'not-a-model'],
      ['neither', 'not-a-model'],
    ]) {
      await writeFile(file, text);
      const read = await readModel(file);
      expect(read.ok ? 'read' : read.failure.code).toBe(code);
    }
  });
});

describe('graphs that are wrong', () => {
  const relu: Node = { operator: 'Relu', inputs: ['x'], outputs: ['y'] };
  const weights: Tensor = f32('w', [1], [1]);
  const base = graph([relu]);

  test.each<[string, Graph, string]>([
    [
      'a cycle',
      graph([
        { ...relu, operator: 'Add', inputs: ['x', 'z'] },
        { ...relu, inputs: ['y'], outputs: ['z'] },
      ]),
      'cycle',
    ],
    ['a node that reads itself', graph([{ ...relu, inputs: ['y'] }]), 'cycle'],
    ['a tensor nobody computes', graph([{ ...relu, inputs: ['z'] }]), 'missing-tensor'],
    ['an output nobody computes', { ...base, outputs: ['z'] }, 'missing-tensor'],
    ['a name given twice', graph([relu, relu]), 'not-a-model'],
    ['no output', { ...base, outputs: [] }, 'not-a-model'],
    ['no input', { ...graph([{ ...relu, inputs: ['w'] }], [weights]), inputs: [] }, 'not-a-model'],
    ['an unknown operator', graph([{ ...relu, operator: 'Frobnicate' }]), 'unsupported-operator'],
    [
      'an operator of another domain',
      graph([{ ...relu, domain: 'com.example' }]),
      'unsupported-operator',
    ],
    ['opset 6', { ...base, opset: 6 }, 'unsupported-operator'],
    ['an opset to come', { ...base, opset: 1000 }, 'unsupported-operator'],
    [
      'an input of integers',
      { ...base, inputs: [{ name: 'x', dims: [1, 2, 3, 4], type: 7 }] },
      'unsupported-operator',
    ],
    [
      'an input of rank 3',
      { ...base, inputs: [{ name: 'x', dims: [1, 2, 3] }] },
      'unsupported-operator',
    ],
    ['free rows', { ...base, inputs: [{ name: 'x', dims: [1, 2, 'H', 4] }] }, 'bad-shape'],
    [
      '2⁶⁰ pixels',
      { ...base, inputs: [{ name: 'x', dims: [1, 1, 2 ** 30, 2 ** 30] }] },
      'too-large',
    ],
    ['too few inputs', graph([{ ...relu, operator: 'Add' }]), 'missing-tensor'],
    [
      'a constant result',
      { ...graph([{ ...relu, operator: 'Identity', inputs: ['w'] }], [weights]) },
      'unsupported-operator',
    ],
  ])('%s', async (_, wrong, code) => {
    expect(await refusal(wrong)).toBe(code);
  });

  test('nodes of very many inputs and outputs', async () => {
    const many = Array.from({ length: 150_000 }, () => 'x');
    expect(await refusal(graph([{ ...relu, operator: 'Sum', inputs: many }]))).toBe('too-large');
    expect(await refusal(graph([{ ...relu, operator: 'Concat', inputs: many }]))).toBe(
      'bad-attribute',
    );
    expect(await refusal(graph([{ ...relu, operator: 'Frobnicate', inputs: many }]))).toBe(
      'unsupported-operator',
    );
    const outputs = many.map((_, i) => (i === 0 ? 'y' : `o${i}`));
    const split: Node = { operator: 'Split', inputs: ['x'], outputs, attributes: { axis: 1 } };
    expect(await refusal(graph([split], [], { dims: [1, 150_000, 1, 1] }))).toBe('too-large');
  });

  test('the failure names the node and the operator', async () => {
    const named = { ...relu, operator: 'Frobnicate', name: 'layer1/frob' };
    const read = await readBytes(encode(graph([named])));
    expect(read.ok ? null : read.failure).toMatchObject({
      node: 'layer1/frob',
      reason: expect.stringContaining('Frobnicate'),
    });
  });

  test('nodes in any order; what no output needs is not looked at', async () => {
    const nodes = [
      { ...relu, inputs: ['z'] },
      { operator: 'Sigmoid', inputs: ['x'], outputs: ['z'] },
      { operator: 'Frobnicate', inputs: ['x'], outputs: ['unused'] },
    ];
    const { model } = value(await readBytes(encode(graph(nodes))));
    expect(model.layers.map((l) => l.kind)).toEqual(['opaque', 'relu']);
  });

  test('initializers that are listed as inputs, as old files do', async () => {
    const listed: Graph = {
      ...graph([{ operator: 'Mul', inputs: ['x', 'w'], outputs: ['y'] }], [weights]),
      inputs: [
        { name: 'x', dims: [1, 2, 3, 4] },
        { name: 'w', dims: [1] },
      ],
    };
    expect(value(await readBytes(encode(listed))).model.inputs).toHaveLength(1);
  });
});

describe('saving', () => {
  test('replaces the file as a whole, or leaves it and nothing else', async () => {
    const { model } = value(
      await readBytes(encode(graph([{ operator: 'Relu', inputs: ['x'], outputs: ['y'] }]))),
    );
    const target = path.join(folder, 'sub', 'saved.onnx');
    await writeFile(target, 'before');
    const [layer] = model.layers;
    const unwritable = {
      ...model,
      layers: [{ ...layer, kind: 'leakyRelu' as const, slope: 0.1 }],
    };
    const refused = await saveOnnx(target, unwritable);
    expect(refused.ok ? 'saved' : refused.failure).toMatchObject({
      code: 'cannot-write',
      node: layer.name,
    });
    expect(await readFile(target, 'utf8')).toBe('before');
    expect((await saveOnnx(target, model)).ok).toBe(true);
    expect(value(await readOnnx(target)).model.layers).toEqual(model.layers);
    const nowhere = await saveOnnx(path.join(folder, 'no', 'such', 'folder.onnx'), model);
    expect(nowhere.ok ? 'saved' : nowhere.failure.code).toBe('cannot-write');
    expect((await readdir(path.join(folder, 'sub'))).toSorted()).toEqual(['odd.bin', 'saved.onnx']);
  });
});
