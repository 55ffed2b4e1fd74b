/**
 * The language of blocks: a function from an input and the layers at hand to the block's output.
 *
 *     export default block('basic block', ({ x, conv, batchNorm, relu, add }) => {
 *       const hidden = relu(batchNorm(conv(x, { kernel: 3 })));
 *       return relu(add(x, batchNorm(conv(hidden, { kernel: 3 }))));
 *     });
 *
 * The input has C channels of H × W pixels. A size is a number or an expression in letters ('M', '4*M', 'C/2'); a
 * letter need not be declared. Padding keeps the size of the image but for strides. What is put together wrongly
 * is recorded with the line it stands on, and the block goes on with something that fits, so that one run tells
 * all of a block's mistakes.
 */
import { GraphBuilder } from './graph-builder.ts';
import type { Block, InputRange } from './graph.ts';
import type { Layers, Value } from './layers.ts';
import type { Numbers } from './size.ts';

export type { Block } from './graph.ts';
export type { Layers, Value } from './layers.ts';

export interface BlockOptions {
  /** Paper or repository. */
  readonly source?: string;
  /** What is known of the input's values; any real number unless told. */
  readonly input?: InputRange;
  /** Values of the letters to give costs for: `{ C: 64, H: 56, W: 56 }`. */
  readonly sizes?: Numbers;
}

/** A block; what is wrong with it is in its `mistakes`. */
export function block(
  name: string,
  build: (layers: Layers) => Value,
  options: BlockOptions = {},
): Block {
  const graph = new GraphBuilder();
  const output = build(graph.layers());
  const known = graph.nodes.includes(output);
  if (!known) graph.mistake('the block returns no value of its own');
  return {
    kind: 'block',
    name,
    source: options.source ?? '',
    input: options.input ?? 'any',
    sizes: options.sizes ?? {},
    nodes: graph.nodes,
    output: known ? output : graph.nodes[0],
    mistakes: graph.mistakes,
  };
}

/** Whether a value is a block: one made by this function, in whatever copy of this program. */
export function isBlock(value: unknown): value is Block {
  if (typeof value !== 'object' || value === null) return false;
  return 'kind' in value && value.kind === 'block' && 'nodes' in value && 'mistakes' in value;
}
