/**
 * An addition all of whose sides are linear: one convolution, if each side is one that can be written into a common
 * kernel.
 *
 * The block's value is written down as the graph has it (sums, differences, affine layers around them); each side's
 * factor and the constant that is left are read off on the way.
 */
import { fun, type Term } from '../logic/term.ts';
import {
  shiftOf,
  small,
  type Branch,
  type Convolved,
  type Many,
} from '../theorems/blocks/branch-part.ts';
import { integer } from '../theorems/blocks/frame.ts';
import { add, minus, one, times, zero } from '../theorems/notation.ts';
import type { Addition, Operand, Sum } from './addition.ts';
import { commonKernel, isOne, sizesOf, type Placement } from './common-kernel.ts';
import { formOf, isForm, kernelOf, type Form } from './form.ts';
import type { Node } from './graph.ts';
import { pairBranch, pairLetters, pairShift } from './pair-branch.ts';
import type { Recognised } from './residual.ts';
import { isAffine, isConv } from './side.ts';
import { sameSize, type Size } from './size.ts';

export interface Parallel {
  readonly addition: Addition;
  readonly fork: Node;
  readonly operands: readonly Operand[];
  /** Of the k-th operand; its letters are Vk, and s and b with its affine layers' numbers. */
  readonly branches: readonly Branch[];
  /** The sum at an output channel, from what the branches make before they are scaled. */
  readonly original: (values: readonly Term[], output: Term) => Term;
  readonly forms: readonly Form[];
  readonly bias: (output: Term) => Term;
  readonly strided: boolean;
  readonly sizes: Readonly<Record<string, number>>;
  /** Channels of the fork that pass in front of the sum's; null for none. */
  readonly passing: Size | null;
  /** Rows and columns of the common kernel. */
  readonly kernel: readonly [Size, Size];
  readonly groups: Size | 'depthwise';
  readonly stride: Size;
  readonly dilation: number;
}

function unknown(at: Node, reason: string): Recognised<never> {
  return { ok: false, hindrance: { kind: 'unknown', at, reason } };
}

/** Sums and products that leave out what does nothing. */
const plus = (a: Term, b: Term): Term => (a === zero ? b : b === zero ? a : add(a, b));
const by = (a: Term, b: Term): Term => {
  if (a === zero || b === zero) return zero;
  return a === one ? b : b === one ? a : times(a, b);
};

/** s·t + b, as far as the layer has them. */
function affine({ operation: { kind }, id }: Node, t: Term, out: Term): Term {
  const scaled = kind === 'shift' ? t : by(fun(`s${id}`)(out), t);
  return kind === 'scale' ? scaled : plus(scaled, fun(`b${id}`)(out));
}

/** The affine layers that are not part of the branch's own value. */
function layersBehind({ side, repeat }: Operand): readonly Node[] {
  if (repeat !== null) return [];
  const last = side.nodes.findLastIndex((node) => !isAffine(node));
  return side.nodes.slice(last + 1);
}

function operandValue(operand: Operand, value: Term, out: Term): Term {
  return layersBehind(operand).reduce((t, layer) => affine(layer, t, out), value);
}

/** The sum's value at an output channel, from the values of the operands' convolutions. */
function valueOf(
  sum: Sum,
  operands: readonly Operand[],
  of: { readonly values: readonly Term[]; readonly out: Term },
): Term {
  const { values, out } = of;
  switch (sum.kind) {
    case 'operand':
      return operandValue(operands[sum.operand], values[sum.operand], out);
    case 'affine':
      return affine(sum.node, valueOf(sum.of, operands, of), out);
    case 'add':
    case 'subtract': {
      const [left, right] = [sum.left, sum.right].map((part) => valueOf(part, operands, of));
      if (sum.kind === 'add') return plus(left, right);
      return right === zero ? left : plus(left, minus(right));
    }
  }
}

/** What each operand's convolution is multiplied with, by the operand. */
function factorsOf(sum: Sum, operands: readonly Operand[], out: Term): readonly Term[] {
  const factors: Term[] = [];
  const scaleOf = ({ operation, id }: Node): Term =>
    operation.kind === 'shift' ? one : fun(`s${id}`)(out);
  const visit = (part: Sum, factor: Term): void => {
    switch (part.kind) {
      case 'operand': {
        const layers = layersBehind(operands[part.operand]);
        factors[part.operand] = layers.reduce((all, layer) => by(all, scaleOf(layer)), factor);
        return;
      }
      case 'affine':
        visit(part.of, by(factor, scaleOf(part.node)));
        return;
      case 'add':
      case 'subtract':
        visit(part.left, factor);
        visit(part.right, part.kind === 'add' ? factor : minus(factor));
    }
  };
  visit(sum, one);
  return factors;
}

/** The addition as branches of one convolution; not to be asked where a side has an activation. */
export function parallelOf(addition: Addition): Recognised<Parallel> {
  const { root, meeting, sum, passing } = addition;
  if (meeting.kind === 'apart') return unknown(root, 'its sides have no tensor in common');
  const { fork, operands } = meeting;
  const forms: Form[] = [];
  for (const operand of operands) {
    const form = formOf(operand);
    const shifted = operand.side.nodes.find(isBehindShift);
    if (!isForm(form) && shifted !== undefined) return zeroBorder(shifted);
    if (!isForm(form)) return unknown(operand.node, `no theorem here is about ${form}`);
    forms.push(form);
  }
  const isPlain = forms.every((form) => form === 'single');
  if (!isPlain && operands.some(({ side }) => side.nodes.length === 0)) {
    return unknown(root, 'no theorem here is about the input itself beside convolutions in a row');
  }
  const convs = operands.flatMap(({ side }) => side.nodes.findLast(isConv) ?? []);
  const [first] = convs;
  if (first === undefined) {
    return unknown(root, 'no side has a convolution, so there is nothing to merge into');
  }
  const strides = operands.flatMap(({ side }) =>
    strideOf(side.nodes.findLast((n) => !isAffine(n))),
  );
  const alike = convs.every(({ operation: { groups } }, k) => {
    const one = first.operation;
    const grouped =
      groups === 'depthwise' || one.groups === 'depthwise'
        ? groups === one.groups
        : sameSize(groups, one.groups);
    return grouped && sameSize(strides[k], strides[0]);
  });
  if (passing !== null && !(isPlain && isOne(strides[0]))) {
    return unknown(
      root,
      'no theorem here is about strides or layers in a row beside passing channels',
    );
  }
  const isGrouped = first.operation.groups === 'depthwise' || !isOne(first.operation.groups);
  if (!alike || ((!isPlain || passing !== null) && isGrouped)) {
    return unknown(root, 'no theorem here is about branches whose groups or strides differ');
  }
  const kernels = operands.map(kernelOf);
  const found = commonKernel(kernels);
  if (typeof found === 'string') return unknown(root, found);
  const { hull, dilation, placements } = found;
  const sizes = {
    ...(isPlain ? {} : pairLetters(operands.length)),
    ...sizesOf(placements, !isPlain),
    ...Object.fromEntries(
      operands.flatMap(({ repeat }, k) => (repeat === null ? [] : [[`n${k}`, 2]])),
    ),
  };
  const branches = operands.map((operand, k): Branch => {
    const factor = (out: Term): Term => factorsOf(sum, operands, out)[k];
    if (kernels[k] === null) return { kind: 'identity', factor };
    const placement = placements[k];
    const convolved = convolvedOf(operand, { form: forms[k], k, factor, placement, sizes });
    return placement === null ? convolved : small(placement.sized, convolved, placement.spacing);
  });
  if (operands.some(({ repeat, isAltered }) => repeat !== null && isAltered)) {
    return unknown(
      root,
      'no theorem here is about repeated branches that are scaled or subtracted',
    );
  }
  const done = (k: number, out: Term): Term => {
    const branch = branches[k];
    const form = forms[k];
    if (form !== 'single') {
      return pairShift(form, operands[k], { k, placement: placements[k], output: out });
    }
    const convolved = branch.kind === 'small' ? branch.of : branch;
    return convolved.kind === 'many' ? shiftOf(convolved, out) : zero;
  };
  const value: Parallel = {
    addition,
    fork,
    operands,
    branches,
    forms,
    passing: passing?.count ?? null,
    original: (values, out) => valueOf(sum, operands, { values, out }),
    bias: (out) => valueOf(sum, operands, { values: operands.map((_, k) => done(k, out)), out }),
    // The theorems of convolutions in a row have letters for strides.
    strided: !isOne(strides[0]) || !isPlain,
    sizes,
    kernel: [hull.rows, hull.columns],
    groups: first.operation.groups,
    stride: strides[0],
    dilation,
  };
  return { ok: true, value };
}

/** Whether the layer reads zero outside the image where the layer ahead of it, without a border, has a shift. */
function isBehindShift({ operation, inputs }: Node): boolean {
  if (operation.kind !== 'conv' || operation.border === 'shift') return false;
  const [ahead] = inputs;
  const isShifted = ahead.operation.kind === 'batchNorm' || ahead.operation.kind === 'shift';
  return isShifted && !operation.kernel.every(isOne);
}

function zeroBorder(at: Node): Recognised<never> {
  return unknown(
    at,
    "reads zero outside the image where the layer ahead makes its shift of zero, so this is no one convolution (border: 'shift' makes it one), and no theorem here is about two in a row",
  );
}

function strideOf(node: Node | undefined): readonly Size[] {
  const operation = node?.operation;
  return operation?.kind === 'conv' || operation?.kind === 'averagePool' ? [operation.stride] : [];
}

/** The branch in its own window. */
function convolvedOf(
  operand: Operand,
  of: {
    readonly form: Form;
    readonly k: number;
    readonly factor: (output: Term) => Term;
    readonly placement: Placement | null;
    readonly sizes: Readonly<Record<string, number>>;
  },
): Convolved {
  const { form, k, factor, placement, sizes } = of;
  if (operand.repeat !== null) return many(k);
  if (form !== 'single') return pairBranch(form, operand, { k, factor, placement, sizes });
  return { kind: 'full', weights: fun(`V${k}`), factor };
}

function many(k: number): Many {
  return {
    kind: 'many',
    count: integer(`n${k}`),
    weights:
      (b) =>
      (...at) =>
        fun(`V${k}`)(b, ...at),
    factor: (b) => (out) => fun(`sm${k}`)(b, out),
    shift: (b) => (out) => fun(`bm${k}`)(b, out),
  };
}
