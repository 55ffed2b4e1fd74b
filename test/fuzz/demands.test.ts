/**
 * Small files that ask for much: a tensor of 2³⁰ channels, a pool over a whole large image, channels doubled thirty
 * times, sums of twenty thousand terms, fifteen thousand layers. Each is read, converted and verified within the
 * limits that fuzzing holds everything to.
 */
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { WatchedProcess } from '../../fuzz/watched-process.ts';
import { encode, f32, i64, type Graph, type Node, type Tensor } from '../formats/onnx/encoder.ts';

type Attributes = NonNullable<Node['attributes']>;

function node(operator: string, inputs: readonly string[], attributes: Attributes = {}): Node {
  return { operator, inputs, outputs: ['y'], attributes };
}

/** So many nodes one after the other, each made from the name of what is there so far. */
function chain(length: number, next: (before: string) => Node): readonly Node[] {
  const name = (k: number): string => (k === 0 ? 'x' : `t${k}`);
  return Array.from({ length }, (_, k) => ({ ...next(name(k)), outputs: [name(k + 1)] }));
}

function graph(
  dims: readonly number[],
  nodes: readonly Node[],
  initializers: readonly Tensor[] = [],
): Graph {
  const output = nodes[nodes.length - 1].outputs[0];
  return { nodes, initializers, inputs: [{ name: 'x', dims }], outputs: [output] };
}

const image = [1, 1, 40_000, 40_000];
const taps = Array.from({ length: 9 }, (_, k) => k - 4.5);
const kernel = f32('w', [1, 1, 3, 3], taps);
const doubled = (t: string): Node => node('Concat', [t, t], { axis: 1 });

/** Sums of all before, each bent. */
function nestedSums(count: number): readonly Node[] {
  return Array.from({ length: count }, (_, k) => {
    const before = Array.from({ length: k }, (__, i) => `r${i}`);
    const sum = { operator: 'Sum', inputs: ['x', ...before], outputs: [`t${k}`] };
    return [sum, { operator: 'Relu', inputs: [`t${k}`], outputs: [`r${k}`] }];
  }).flat();
}

const graphs: Readonly<Record<string, Graph>> = {
  'many channels': graph([1, 2 ** 30, 1, 1], [node('Relu', ['x'])]),
  'a softmax over many channels': graph([1, 2 ** 20, 4, 4], [node('Softmax', ['x'], { axis: 1 })]),
  'a large image': graph(image, [node('Conv', ['x', 'w'], { pads: [1, 1, 1, 1] })], [kernel]),
  'a large image flattened': graph([1, 1, 3000, 3000], [node('Flatten', ['x'])]),
  'a pool over a large image': graph(image, [
    node('AveragePool', ['x'], { kernel_shape: [39_999, 39_999] }),
  ]),
  'a largest value of a large image': graph(image, [
    node('MaxPool', ['x'], { kernel_shape: [39_999, 39_999] }),
  ]),
  'much padding': graph(
    [1, 1, 4, 4],
    [node('Pad', ['x', 'p'])],
    [i64('p', 0, 0, 20_000, 20_000, 0, 0, 20_000, 20_000)],
  ),
  'a far-reaching dilation': graph(
    [1, 1, 20_000, 20_000],
    [node('Conv', ['x', 'w'], { dilations: [9999, 9999] })],
    [kernel],
  ),
  'channels doubled thirty times': graph([1, 1, 1, 1], chain(30, doubled)),
  'a value doubled a thousand times': graph(
    [1, 2, 4, 4],
    chain(1100, (t) => node('Add', [t, t])),
  ),
  'a value squared sixty times': graph(
    [1, 2, 4, 4],
    chain(60, (t) => node('Mul', [t, t])),
  ),
  'a sum of many terms': graph(
    [1, 1, 4, 4],
    [
      node(
        'Sum',
        Array.from({ length: 20_000 }, () => 'x'),
      ),
    ],
  ),
  'sums of all that was before': graph([1, 2, 4, 4], nestedSums(200)),
  'many activations': graph(
    [1, 2, 4, 4],
    chain(15_000, (t) => node('Relu', [t])),
  ),
};

describe.each(['model', 'conversion', 'verification'])('%s', (subject) => {
  const file = path.join(import.meta.dirname, '../../fuzz/subjects', `${subject}.ts`);
  const process = new WatchedProcess(file);
  afterAll(() => process.close());

  test.each(Object.entries(graphs))('%s', { timeout: 120_000 }, async (_, made) => {
    const bytes = encode(made);
    expect(bytes.length).toBeLessThan(2 ** 20);
    const name = subject === 'verification' ? 'original.onnx' : 'model.onnx';
    const { finding, ending } = await process.run(new Map([[name, bytes]]));
    expect(finding).toBeNull();
    // It was a network, and not refused for a mistake of this test.
    expect(ending).toMatch(/^(?:read.*|kept|converted.*|proved|undecided)$/);
  });
});
