/** Explicit padding in files: what is part of a layer behind it, and what stands in the way. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditBlock } from '../../src/audit/audit.ts';
import { draw } from '../../src/audit/draw.ts';
import { blockOf } from '../../src/audit/from-model.ts';
import type { Block, Node } from '../../src/audit/graph.ts';
import { agrees, tried } from '../../src/audit/trial.ts';
import { Random } from '../../src/blocks/random.ts';
import { readBlock } from '../../src/cli/read-block.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import type { LayerSpec, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { noPadding, type Padding } from '../../src/model/shape.ts';
import { built, Sketch } from '../convert/support.ts';
import { auditTools } from './tools.ts';

const tools = await auditTools();

type Draw = (s: Sketch, x: TensorId) => TensorId;

function modelOf(draw: Draw): Model {
  const s = new Sketch(5);
  return s.done(draw(s, s.input({ channels: 3, height: 6, width: 5 })));
}

const even = (side: number): Padding => ({ top: side, left: side, bottom: side, right: side });

function pad(s: Sketch, name: string, x: TensorId, pads: Padding | number, value = 0): TensorId {
  const sides = typeof pads === 'number' ? even(pads) : pads;
  return s.builder.add({ kind: 'pad', name, inputs: [x], pads: sides, value });
}

const bare = { pads: noPadding };

/** The block with the file's own parameters, and windows as the language of blocks has them. */
function redrawn(of: Block, model: Model): Model {
  const given = (node: Node): LayerSpec | null => {
    const layer = model.layers.find(({ name }) => name === node.name);
    if (layer?.kind === 'batchNorm') return layer;
    if (layer?.kind === 'conv' && node.operation.kind === 'conv') {
      const { kernel, dilations } = layer;
      const [y, x] = [((kernel.y - 1) / 2) * dilations.y, ((kernel.x - 1) / 2) * dilations.x];
      const around = { top: y, left: x, bottom: y, right: x };
      return { ...layer, bias: null, pads: node.operation.border === 'shift' ? noPadding : around };
    }
    const conv = model.layers.find(({ name }) => `${name}.bias` === node.name);
    if (conv?.kind !== 'conv' || conv.bias === null) return null;
    return { kind: 'translate', name: node.name, inputs: [], addend: conv.bias };
  };
  return built(draw(of.output, { numbers: of.sizes, seed: 1, given }));
}

async function expectSame(of: Block, model: Model): Promise<void> {
  const input = new Random(2).symmetric(3 * 6 * 5, 2);
  const { apart } = await tried({ original: model, plain: redrawn(of, model) }, input, []);
  expect(agrees(apart)).toBe(true);
}

/** Borders of the convolutions and pools, in the order of the file. */
function borders({ nodes }: Block): readonly string[] {
  return nodes.flatMap(({ operation }) => ('border' in operation ? [operation.border] : []));
}

const basic: Draw = (s, x) => {
  const hidden = s.relu(
    'relu',
    s.batchNorm('n1', s.conv('c1', pad(s, 'p1', x, 1), 4, { kernel: 3, ...bare })),
  );
  // One of the pixels is the convolution's own.
  const wide = s.conv('c2', pad(s, 'p2', hidden, 1), 3, { kernel: 5, pads: even(1), bias: true });
  return s.add('add', x, s.batchNorm('n2', wide));
};

const taken: readonly (readonly [string, readonly string[], string, Draw])[] = [
  ['ahead of convolutions', ['zero', 'zero'], 'removable', basic],
  [
    'twice in a row, and read by two',
    ['zero', 'zero'],
    'removable',
    (s, x) => {
      const padded = pad(s, 'p2', pad(s, 'p1', x, { ...noPadding, top: 1, left: 1 }), {
        ...noPadding,
        bottom: 1,
        right: 1,
      });
      const [a, b] = ['a', 'b'].map((name) => s.conv(name, padded, 2, { kernel: 3, ...bare }));
      return s.add('add', a, b);
    },
  ],
  [
    'ahead of a 1×1 with its batch norm and a 3×3, as Diverse Branch Blocks pad',
    ['zero', 'shift', 'zero'],
    'removable',
    (s, x) => {
      const inner = s.batchNorm('n1', s.conv('c1', pad(s, 'p', x, 1), 4));
      const last = s.batchNorm('n2', s.conv('c2', inner, 3, { kernel: 3, ...bare }));
      return s.add('add', last, s.batchNorm('n3', s.conv('c3', x, 3, { kernel: 3 })));
    },
  ],
  [
    'a bias ahead of zero padding, which is no border of shifts',
    ['zero', 'zero', 'zero'],
    'undecided',
    (s, x) => {
      const inner = pad(s, 'p', s.conv('c1', x, 4, { bias: true }), 1);
      return s.add('add', s.conv('c2', inner, 3, { kernel: 3, ...bare }), s.conv('c3', x, 3));
    },
  ],
];

describe('taken into the layer behind', () => {
  test.each(taken)('%s', async (_, expected, verdict, drawn) => {
    const model = modelOf(drawn);
    const of = built(blockOf(model, 'padded'));
    expect(borders(of)).toEqual(expected);
    await expectSame(of, model);
    const audit = await auditBlock(of, tools);
    expect(audit.verdict).toBe(verdict);
  });
});

test('an ONNX file with Pad nodes is read and audited', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'padding-')), 'block.onnx');
  built(await saveOnnx(file, modelOf(basic)));
  const of = built(await readBlock(file));
  expect(borders(of)).toEqual(['zero', 'zero']);
  const { verdict, additions } = await auditBlock(of, tools);
  expect(verdict).toBe('removable');
  expect(additions).toMatchObject([{ kind: 'residual', residual: { shortcut: 'identity' } }]);
});

const refused: readonly (readonly [string, string, RegExp, Draw])[] = [
  [
    'a value that is not zero',
    'p',
    /pads with 0\.5, and only zeros/,
    (s, x) => s.conv('c', pad(s, 'p', x, 1, 0.5), 3, { kernel: 3, ...bare }),
  ],
  [
    'a layer that is no convolution',
    'p',
    /relu reads it/,
    (s, x) => s.conv('c', s.relu('relu', pad(s, 'p', x, 1)), 3, { kernel: 3, ...bare }),
  ],
  [
    'padding of its own behind pointwise layers',
    'p',
    /c2 reads it beside padding of its own/,
    (s, x) =>
      s.conv('c2', s.batchNorm('n', s.conv('c1', pad(s, 'p', x, 1), 3)), 3, {
        kernel: 5,
        pads: even(1),
      }),
  ],
  [
    'pointwise layers on both sides, of which only those behind make a shift of it',
    'p',
    /between pointwise layers/,
    (s, x) =>
      s.conv('c2', s.batchNorm('n', pad(s, 'p', s.conv('c1', x, 3, { bias: true }), 1)), 3, {
        kernel: 3,
        ...bare,
      }),
  ],
  [
    'layers between two',
    'p2',
    /layers between p1 and this/,
    (s, x) =>
      s.conv('c2', pad(s, 'p2', s.conv('c1', pad(s, 'p1', x, 1), 3), 1), 3, { kernel: 5, ...bare }),
  ],
  ['nothing', 'p', /nothing reads it/, (s, x) => pad(s, 'p', s.conv('c', x, 3), 1)],
  [
    'more than keeps the size',
    'c',
    /padding that does not keep the size/,
    (s, x) => s.conv('c', pad(s, 'p', x, 1), 3, { kernel: 3 }),
  ],
];

test.each(refused)('in the way: %s', (_, layer, reason, drawn) => {
  const found = blockOf(modelOf(drawn), 'padded');
  if (found.ok) throw new Error('it is read');
  expect(found.failure.node).toBe(layer);
  expect(found.failure.reason).toMatch(reason);
});
