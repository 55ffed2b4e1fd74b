/** Blocks with a shortcut around a branch. */
import type { TensorId } from '../model/layer.ts';
import { knownAfter, type Block } from './block.ts';
import type { Filter } from './filter.ts';
import type { Norm } from './norm.ts';
import type { Sketch } from './sketch.ts';
import { bend, normalize, type Bend } from './unit.ts';

/** A convolution with what follows it; without a filter only a batch norm, as in pre-activation blocks. */
export interface Part {
  readonly filter: Filter | null;
  readonly stride: number;
  readonly norm: Norm | null;
  readonly bend: Bend;
}

export interface Residual {
  readonly inChannels: number;
  readonly outChannels: number;
  /** The last part has a filter and no bend. */
  readonly branch: readonly Part[];
  /** `none` where the block has no shortcut at all, as a strided inverted residual. */
  readonly shortcut: 'identity' | 'none' | Part;
  /** The activation of the sum. */
  readonly after: Bend;
  /** Whether the branch is the first operand of the addition. */
  readonly branchFirst: boolean;
}

export function residualBlock(r: Residual): Block {
  return {
    outChannels: r.outChannels,
    known: knownAfter(r.after),
    original: (sketch, name, x) => original(r, sketch, name, x),
    algebra: { kind: 'residual', residual: r },
  };
}

function writePart(sketch: Sketch, name: string, x: TensorId, part: Part): TensorId {
  const { filter, stride, norm } = part;
  const mapped = filter === null ? x : sketch.conv(name, x, filter, { stride });
  const normalized = normalize(sketch, name, mapped, norm);
  return bend(sketch, name, normalized, [part.bend]);
}

function original(r: Residual, sketch: Sketch, name: string, x: TensorId): TensorId {
  let branch = x;
  r.branch.forEach((part, k) => {
    branch = writePart(sketch, `${name}.conv${k + 1}`, branch, part);
  });
  if (r.shortcut === 'none') return bend(sketch, name, branch, [r.after]);
  const shortcut =
    r.shortcut === 'identity' ? x : writePart(sketch, `${name}.downsample`, x, r.shortcut);
  const total = r.branchFirst
    ? sketch.add(`${name}.add`, branch, shortcut)
    : sketch.add(`${name}.add`, shortcut, branch);
  return bend(sketch, name, total, [r.after]);
}
