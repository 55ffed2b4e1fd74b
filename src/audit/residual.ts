/**
 * A residual addition as the theorems have it: the branch's layers in order, the kind of shortcut, what follows the
 * sum; or what stands in the way.
 *
 * Where the branch does not start with a convolution over all channels, or does not end with one, a 1×1 stands for
 * it: the duplicate [I; I] of a pre-activation block in front, the merge behind.
 */
import type { LayerKind, LayerSpec } from '../theorems/blocks/branch.ts';
import { unbent, type Bend } from '../theorems/blocks/strategy.ts';
import type { ShortcutKind } from '../theorems/blocks/shortcut.ts';
import { fun } from '../logic/term.ts';
import { add, times } from '../theorems/notation.ts';
import type { Addition, Operand } from './addition.ts';
import { bendingOf, type Bending } from './bend.ts';
import { isOne } from './common-kernel.ts';
import type { Node } from './graph.ts';
import { isAffine, isConv, type Side, type Step } from './side.ts';
import { sameSize, unit, type Size } from './size.ts';
import { wideShortcut, type Shortcut, type Wide } from './wide.ts';

/** A layer of the branch, with what it is in the block. */
export interface BranchLayer {
  readonly spec: LayerSpec;
  readonly step: Step;
  readonly bending: Bending | null;
  /** Output channels. */
  readonly channels: Size;
}

export interface Residual {
  readonly addition: Addition;
  readonly fork: Node;
  /** The last one included. */
  readonly layers: readonly BranchLayer[];
  readonly shortcut: ShortcutKind;
  /** Of the kernel that holds a shortcut's and a layer's; null where the shortcut has none but 1×1. */
  readonly wide: Wide | null;
  readonly shortcutSide: Side;
  readonly branchSide: Side;
  readonly end: Bend | null;
}

/** Why an addition is no residual one that can be treated here. */
export type Hindrance =
  /** A layer no strategy gets past. */
  | {
      readonly kind: 'obstacle';
      readonly at: Node;
      readonly reason: string;
      readonly change: string;
    }
  /** Nothing is known to be in the way, and there is no theorem either. */
  | { readonly kind: 'unknown'; readonly at: Node; readonly reason: string };

export type Recognised<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly hindrance: Hindrance };

function obstacle(at: Node, reason: string, change: string): Recognised<never> {
  return { ok: false, hindrance: { kind: 'obstacle', at, reason, change } };
}

function unknown(at: Node, reason: string): Recognised<never> {
  return { ok: false, hindrance: { kind: 'unknown', at, reason } };
}

const empty: Step = { conv: null, affine: [], bend: null };

function kindOf({ conv }: Step): LayerKind {
  if (conv === null) return 'identity';
  const { groups } = conv.operation;
  if (groups === 'depthwise') return 'depthwise';
  if (isOne(groups)) return 'dense';
  return sameSize(groups, conv.channels) ? 'depthwise' : 'grouped';
}

function layerOf(step: Step, level: number, channels: Size): BranchLayer {
  const kernel = step.conv?.operation.kernel ?? [unit, unit];
  const { bend } = step;
  const bending =
    bend?.operation.kind === 'activation'
      ? bendingOf(bend.operation.activation, String(level))
      : null;
  const spec: LayerSpec = {
    kind: kindOf(step),
    kernel: kernel.every(isOne) ? '1x1' : 'any',
    strided: step.conv !== null && !isOne(step.conv.operation.stride),
    // A convolution alone is one with a scale of one behind it, and with its bias as the shift.
    normed: step.conv !== null || step.affine.length > 0,
    bend: bending?.bend ?? unbent,
  };
  return { spec, step, bending, channels: step.conv?.channels ?? channels };
}

/** The branch's steps, with a 1×1 of its own at either end where it needs one. */
function layersOf(side: Side, fork: Node): readonly BranchLayer[] {
  const steps = [...side.steps];
  const isDense = (step: Step): boolean => kindOf(step) === 'dense';
  if (!isDense(steps[0]) && steps[0].conv !== null) steps.unshift(empty);
  const last = steps[steps.length - 1];
  if (last.bend !== null || !(isDense(last) || last.conv === null)) steps.push(empty);
  const layers: BranchLayer[] = [];
  for (const step of steps) {
    layers.push(layerOf(step, layers.length + 1, layers.at(-1)?.channels ?? fork.channels));
  }
  return layers;
}

/** What follows the sum, as one function of its value and channel. */
function endOf(tail: readonly Node[]): Bend | null {
  if (tail.length === 0) return null;
  const of: Bend['of'] = (value, channel) =>
    tail.reduce((t, { operation, id }) => {
      if (operation.kind === 'activation') {
        return bendingOf(operation.activation, `e${id}`).bend.of(t, channel);
      }
      return add(times(fun(`es${id}`)(channel), t), fun(`eb${id}`)(channel));
    }, value);
  return { of, top: null };
}

/** What a layer that is no step would do to the reserved channels beside it. */
function strangerOn(stranger: Node): Recognised<never> {
  switch (stranger.operation.kind) {
    case 'maxPool':
    case 'averagePool':
    case 'globalAveragePool':
      return obstacle(
        stranger,
        'pools the reserved channels beside the branch’s own, and a pixel is not its neighbourhood’s maximum or mean',
        'pool by a convolution with a stride, or ahead of the point where the shortcut starts',
      );
    default:
      return unknown(stranger, `no theorem here is about a ${stranger.operation.kind} on a branch`);
  }
}

function shortcutOf({ side }: Operand, layers: readonly BranchLayer[]): Recognised<Shortcut> {
  const { stranger, steps } = side;
  if (stranger !== null) {
    if (stranger.operation.kind === 'averagePool') {
      return obstacle(
        stranger,
        'the shortcut takes the mean of several pixels, of which Dirac rows hold one once the branch has taken its stride',
        'project with a 1×1 convolution of that stride, or pool ahead of both paths',
      );
    }
    if (stranger.operation.kind === 'maxPool') {
      return obstacle(
        stranger,
        'the shortcut takes a maximum, which no convolution merges',
        'project with a 1×1 convolution, or pool ahead of both paths',
      );
    }
    return unknown(stranger, `no theorem here is about a ${stranger.operation.kind} on a shortcut`);
  }
  if (steps.length === 0) return { ok: true, value: { kind: 'identity', wide: null } };
  const [first, ...more] = steps;
  const isPlain = more.length === 0 && (first.conv === null || kindOf(first) === 'dense');
  if (!isPlain) {
    return unknown(
      more.length > 0 ? (more[0].conv ?? side.nodes[0]) : side.nodes[0],
      'the shortcut is neither the input nor one convolution over all channels, and there is no theorem here about others',
    );
  }
  if (first.conv === null || first.conv.operation.kernel.every(isOne)) {
    return { ok: true, value: { kind: 'projection', wide: null } };
  }
  return wideShortcut(first.conv, layers);
}

/** Whether it reads, around the image, what layers before it make of zero, and not zero. */
function readsShifts({ operation, inputs: [ahead] }: Node): boolean {
  if (operation.kind !== 'conv' || operation.border !== 'shift') return false;
  return !operation.kernel.every(isOne) && (isAffine(ahead) || isConv(ahead));
}

function bentSides(operands: readonly Operand[]): readonly Operand[] {
  return operands.filter(({ side }) => side.steps.some(({ bend }) => bend !== null));
}

/** The addition as a residual one; not to be asked where all sides are linear. */
export function residualOf(addition: Addition): Recognised<Residual> {
  const { root, meeting, tail } = addition;
  if (meeting.kind === 'apart') return apart(meeting.at);
  const { fork, operands } = meeting;
  const repeat = operands.find((operand) => operand.repeat !== null)?.repeat;
  if (repeat)
    return unknown(repeat, 'no theorem here is about repeated branches beside an activation');
  if (operands.some(({ isAltered }) => isAltered)) {
    return unknown(
      root,
      'no theorem here is about differences or scaled sums beside an activation',
    );
  }
  const bent = bentSides(operands);
  if (bent.length === 0) {
    const { stranger } = operands.find(({ side }) => side.stranger !== null)?.side ?? {
      stranger: null,
    };
    return unknown(stranger ?? root, 'no theorem here is about this sum');
  }
  if (bent.length === operands.length || bent.length > 1) {
    const at = bent[bent.length - 1].side.steps.find(({ bend }) => bend !== null)?.bend ?? root;
    return obstacle(
      at,
      bent.length === operands.length
        ? 'no side of the addition is linear, so there is none to reserve channels for'
        : 'more than one side of the addition bends its values',
      'leave one side at most with an activation',
    );
  }
  const [branch] = bent;
  const others = operands.filter((operand) => operand !== branch);
  if (others.length > 1) {
    return unknown(root, 'no theorem here is about several shortcuts beside one branch');
  }
  if (branch.side.stranger !== null) return strangerOn(branch.side.stranger);
  const shifted = [...operands].flatMap(({ side }) => side.nodes).find(readsShifts);
  if (shifted !== undefined) {
    return unknown(shifted, 'no theorem here is about a border of shifts beside an activation');
  }
  const layers = layersOf(branch.side, fork);
  const [{ side }] = others;
  const shortcut = shortcutOf(others[0], layers);
  if (!shortcut.ok) return shortcut;
  const residual: Residual = {
    addition,
    fork,
    layers,
    shortcut: shortcut.value.kind,
    wide: shortcut.value.wide,
    shortcutSide: side,
    branchSide: branch.side,
    end: endOf(tail),
  };
  return { ok: true, value: residual };
}

function apart(at: Node): Recognised<never> {
  switch (at.operation.kind) {
    case 'multiply':
      return obstacle(
        at,
        'multiplies two tensors that both depend on the input; a reserved channel beside would need a gate that is one, and a convolution behind it to merge in',
        'leave the gate out, or move it ahead of the point where the shortcut starts',
      );
    case 'concat':
      return unknown(at, 'no theorem here is about a concatenation inside a branch');
    case 'input':
      return obstacle(
        at,
        'the sides of the addition have no tensor in common',
        'start both at one',
      );
    default:
      return unknown(at, `the branch has an addition of its own inside`);
  }
}
