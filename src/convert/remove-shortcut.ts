/**
 * Removes one shortcut: plans everything first, so that a refusal costs no weights, and only then
 * builds the widened layers and swaps them in.
 */
import type { Elementwise, TensorId } from '../model/layer.ts';
import { sameShape } from '../model/shape.ts';
import { prepareBranch, type Branch } from './branch.ts';
import type { Draft, DraftConv, DraftLayer } from './draft.ts';
import { isLinearSide, linearMap, type LinearMap } from './linear-map.ts';
import { mergeInto, type Merge } from './merge.ts';
import { composedRun, isPointwise } from './pointwise.ts';
import type { Range } from './channel-range.ts';
import {
  initialSampling,
  mergeTaps,
  padded as paddedSampling,
  throughConv,
  type MergeTaps,
  type Window,
} from './sampling.ts';
import { describeStart, sideOf, type Side } from './side.ts';
import {
  isActivation,
  planReserve,
  type Activation,
  type AppliedStrategy,
  type Reserve,
  type Strategy,
} from './strategy.ts';
import { largestEpsilon, widenedSize, widenFirst, widenMiddle, widenPointwise } from './widen.ts';
import { widenActivation } from './widen-activation.ts';

/** A shortcut that is gone. */
export interface Removed {
  /** The addition, by name. */
  readonly add: string;
  /** The tensor the block starts from. */
  readonly fork: string;
  readonly shortcut: 'identity' | 'projection';
  readonly strategy: AppliedStrategy;
  /** Channels added to every layer of the branch. */
  readonly reserved: number;
}

/** A shortcut that stays, and why. */
export interface Kept {
  readonly add: string;
  readonly reason: string;
}

export interface RemovalOptions {
  readonly strategy: Strategy;
  readonly range: (tensor: TensorId) => Range;
  /** Folding or fusing follows: leave coefficients unrounded where a linear layer reads the result. */
  readonly linearFollows: boolean;
}

type Removal =
  | { readonly ok: true; readonly removed: Removed }
  | { readonly ok: false; readonly reason: string };

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** More weights than this in one layer is a conversion nobody wants. */
const largestWeight = 2 ** 29;

const identityWindow: Window = {
  kernel: { y: 1, x: 1 },
  strides: { y: 1, x: 1 },
  dilations: { y: 1, x: 1 },
  pads: { top: 0, left: 0, bottom: 0, right: 0 },
};

interface Taps {
  readonly ok: true;
  /** For each convolution ahead of the last the tap of its Dirac. */
  readonly dirac: ReadonlyMap<DraftLayer, number>;
  readonly merge: MergeTaps;
}

/** Follows the block's input along the branch. */
function findTaps(
  draft: Draft,
  block: { readonly fork: TensorId; readonly add: Elementwise },
  branch: Branch,
  map: LinearMap,
): Taps | ReturnType<typeof refuse> {
  const dirac = new Map<DraftLayer, number>();
  let sampling = initialSampling(draft.shape(block.fork));
  for (const layer of [branch.first, ...branch.middle]) {
    const result = draft.shape(layer.output);
    if (layer.kind === 'conv') {
      const step = throughConv(sampling, layer, result);
      dirac.set(layer, step.tap);
      sampling = step.sampling;
    } else if (layer.kind === 'pad') {
      sampling = paddedSampling(sampling, layer.pads, result);
    } else if (!isActivation(layer) && !isPointwise(layer)) {
      return refuse(`${layer.name} (${layer.kind}) on the branch cannot pass the input on`);
    }
  }
  const result = draft.shape(block.add.output);
  const merge = mergeTaps(sampling, branch.last, map.conv ?? identityWindow, result);
  return merge === null
    ? refuse(`${branch.last.name} has no tap that reads the pixel the shortcut reads`)
    : { ok: true, dirac, merge };
}

/** Why layers between the first convolution and the last cannot be widened, or null. */
function obstacle(branch: Branch, reserve: Reserve): string | null {
  const reserved = reserve.gain.length;
  const convs: readonly DraftConv[] = [branch.first, branch.last];
  for (const layer of [...branch.middle, ...convs]) {
    if (layer.kind === 'batchNorm' && layer.epsilon > largestEpsilon) {
      return `${layer.name} has epsilon ${layer.epsilon}, too large for a unit batch norm`;
    }
    if (layer.kind === 'conv' && widenedSize(layer, reserved) > largestWeight) {
      return `${layer.name} would grow to more than ${largestWeight} weights`;
    }
  }
  return null;
}

function widened(
  layer: DraftLayer,
  reserve: Reserve,
  width: number,
  tap: number,
): readonly DraftLayer[] {
  if (layer.kind === 'conv') return [widenMiddle(layer, reserve, tap)];
  if (isPointwise(layer)) return [widenPointwise(layer, reserve.gain.length, width)];
  if (isActivation(layer)) return widenActivation(layer, reserve, width);
  return [layer];
}

/** The new layers of the branch, wired from the fork to the addition's result. */
function rebuilt(
  draft: Draft,
  block: { readonly fork: TensorId; readonly add: Elementwise },
  branch: Branch,
  parts: { readonly reserve: Reserve; readonly taps: Taps; readonly merge: Merge },
): DraftLayer[] {
  const { reserve, taps, merge } = parts;
  const wire = (layer: DraftLayer, input: TensorId, output: TensorId): DraftLayer => ({
    ...layer,
    inputs: [input],
    output,
  });
  const fresh: DraftLayer[] = [];
  let tensor = block.fork;
  for (const layer of [branch.first, ...branch.middle]) {
    const shape = draft.shape(layer.output);
    const tap = taps.dirac.get(layer) ?? 0;
    const layers =
      layer === branch.first
        ? [widenFirst(branch.first, reserve, tap)]
        : widened(layer, reserve, shape.channels, tap);
    for (const wide of layers) {
      const channels = reserve.gain.length + shape.channels;
      const output = draft.tensor(wide.name, { ...shape, channels });
      fresh.push(wire(wide, tensor, output));
      tensor = output;
    }
  }
  fresh.push(wire(mergeInto(branch.last, reserve, merge), tensor, block.add.output));
  return fresh;
}

function activationsOf(branch: Branch): readonly Activation[] {
  return branch.middle.filter(isActivation);
}

function attempt(
  draft: Draft,
  add: Elementwise,
  sides: { readonly shortcut: Side; readonly branch: Side },
  options: RemovalOptions,
): Removal {
  const fork = sides.branch.start;
  const name = draft.tensorName(fork);
  const { channels } = draft.shape(fork);
  const map = linearMap(draft, sides.shortcut.layers, draft.shape(fork));
  if (!map.ok) return map;
  const prepared = prepareBranch(draft, add, { fork, layers: sides.branch.layers });
  if (!prepared.ok) return prepared;
  const { branch } = prepared;
  const taps = findTaps(draft, { fork, add }, branch, map.map);
  if (!taps.ok) return taps;
  const padded = taps.merge.readsOutside;
  const input = { name, channels, padded, range: () => options.range(fork) };
  const plan = planReserve(options.strategy, activationsOf(branch), input);
  if (!plan.ok) return plan;
  const { reserve } = plan;
  const blocked = obstacle(branch, reserve);
  if (blocked !== null) return refuse(blocked);
  const reader = draft.soleReader(add.output);
  const linear = reader !== null && (reader.kind === 'conv' || isPointwise(reader));
  const merge: Merge = {
    map: map.map,
    taps: taps.merge,
    tail: composedRun(branch.tail, draft.shape(add.output).channels),
    precise: options.linearFollows && linear,
  };
  const fresh = rebuilt(draft, { fork, add }, branch, { reserve, taps, merge });
  draft.replace([...sides.shortcut.layers, ...sides.branch.layers, add], fresh);
  const removed: Removed = {
    add: add.name,
    fork: name,
    shortcut: map.map.conv === null ? 'identity' : 'projection',
    strategy: reserve.strategy,
    reserved: reserve.gain.length,
  };
  return { ok: true, removed };
}

/** Removes the shortcut that ends in `add`, or leaves the draft as it is and says why. */
export function removeShortcut(draft: Draft, add: Elementwise, options: RemovalOptions): Removal {
  const [a, b] = add.inputs;
  if (a === b) return refuse('both operands are the same tensor');
  if (!sameShape(draft.shape(a), draft.shape(b))) return refuse('an operand is broadcast');
  const [left, right] = [sideOf(draft, a), sideOf(draft, b)];
  if (left.start !== right.start) {
    const starts = [left, right].map((side) => describeStart(draft, side.start));
    return refuse(`its operands do not start from one tensor: ${starts.join(' and ')}`);
  }
  const orders = [
    { shortcut: right, branch: left },
    { shortcut: left, branch: right },
  ].filter(({ shortcut }) => isLinearSide(shortcut.layers));
  if (orders.length === 0) return refuse('both sides hold layers that are not linear');
  // The side with fewer layers is the shortcut; the other way round is tried where that fails.
  orders.sort((p, q) => p.shortcut.layers.length - q.shortcut.layers.length);
  const first = attempt(draft, add, orders[0], options);
  if (first.ok || orders.length === 1) return first;
  const second = attempt(draft, add, orders[1], options);
  return second.ok ? second : first;
}
