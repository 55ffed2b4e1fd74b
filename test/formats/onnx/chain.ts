/** Graphs of a few nodes, mostly one after the other. */
import { Random } from '../../../src/blocks/random.ts';
import { encode, f32, type Graph, type Node, type Tensor } from './encoder.ts';
import { readBytes } from './oracle.ts';

const random = new Random(13);
export const weights = (name: string, ...dims: readonly number[]): Tensor =>
  f32(
    name,
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random.normal()),
  );

interface Options {
  readonly dims?: readonly (number | string)[];
  readonly opset?: number;
}

export function graph(
  nodes: readonly Node[],
  initializers: readonly Tensor[] = [],
  { dims = [1, 4, 3, 2], opset = 17 }: Options = {},
): Graph {
  return { opset, nodes, initializers, inputs: [{ name: 'x', dims }], outputs: ['y'] };
}

/** Nodes one after the other: `x` → … → `y`; each is operator, further inputs, attributes. */
export type Step = readonly [string, readonly string[], Node['attributes']?];

export function chain(
  steps: readonly Step[],
  initializers: readonly Tensor[] = [],
  options: Options = {},
): Graph {
  const nodes = steps.map(([operator, more, attributes], i): Node => {
    const input = i === 0 ? 'x' : `t${i}`;
    const output = i === steps.length - 1 ? 'y' : `t${i + 1}`;
    return { operator, inputs: [input, ...more], outputs: [output], attributes: attributes ?? {} };
  });
  return graph(nodes, initializers, options);
}

/** The code of the failure, "read" where there is none. */
export async function refusal(wrong: Graph): Promise<string> {
  const read = await readBytes(encode(wrong));
  return read.ok ? 'read' : read.failure.code;
}
