/**
 * Blocks whose branches are linear and add up to one convolution.
 */
import type { TensorId } from '../model/layer.ts';
import type { Filter } from './filter.ts';
import type { Sketch } from './sketch.ts';
import { knownAfter, type Block } from './block.ts';
import { bend, type Bend } from './unit.ts';

export interface BranchSum {
  /** Draws the branches and their sum. */
  readonly branches: (sketch: Sketch, name: string, x: TensorId) => TensorId;
  /** The sum as one convolution, padded to the same size. */
  readonly kernel: Filter;
  readonly stride: number;
  readonly after: Bend;
}

export function branchSumBlock({ branches, kernel, stride, after }: BranchSum): Block {
  const { outChannels } = kernel;
  return {
    outChannels,
    known: knownAfter(after),
    original: (sketch, name, x) => bend(sketch, name, branches(sketch, name, x), [after]),
    algebra: { kind: 'branchSum', sum: { kernel, stride, after } },
  };
}
