/**
 * An addition all of whose sides are linear: one convolution, if each side is one that can be written into a common
 * kernel.
 *
 * The block's value is written down as the graph has it (sums, differences, affine layers around them); each side's
 * factor and the constant that is left are read off on the way.
 */
import { fun, int, type Term } from '../logic/term.ts';
import { shiftOf, type Branch, type Many } from '../theorems/blocks/branch-part.ts';
import { ci, cj, integer, kh, kw } from '../theorems/blocks/frame.ts';
import type { Sized } from '../theorems/blocks/kernels.ts';
import type { ParallelSpec } from '../theorems/blocks/parallel.ts';
import { origin } from '../theorems/blocks/stacking.ts';
import { add, minus, one, times, zero } from '../theorems/notation.ts';
import type { Addition, Operand, Sum } from './addition.ts';
import type { Node } from './graph.ts';
import type { Recognised } from './residual.ts';
import { isNumber, sameSize, unit, valueOf as numeric, type Size } from './size.ts';

export interface Parallel {
  readonly addition: Addition;
  readonly fork: Node;
  readonly operands: readonly Operand[];
  /** Of the k-th operand; its letters are Vk, and s and b with its affine layers' numbers. */
  readonly branches: readonly Branch[];
  readonly original: ParallelSpec['original'];
  readonly bias: (output: Term) => Term;
  readonly strided: boolean;
  readonly sizes: Readonly<Record<string, number>>;
  /** Rows and columns of the common kernel. */
  readonly kernel: readonly [Size, Size];
  readonly groups: Size | 'depthwise';
  readonly stride: Size;
  readonly dilation: number;
}

const o = integer('o');

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

/** Its affine layers, from the convolution on. */
function operandValue({ side, repeat }: Operand, value: Term, out: Term): Term {
  if (repeat !== null) return value;
  const layers = side.steps.flatMap((step) => step.affine);
  return layers.reduce((t, layer) => affine(layer, t, out), value);
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
        const { side, repeat } = operands[part.operand];
        const layers = repeat === null ? side.steps.flatMap((step) => step.affine) : [];
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

interface Kernels {
  readonly rows: Size;
  readonly columns: Size;
}

/** The larger of two where that is plain: 1 is smaller than any letter. */
function larger(a: Size, b: Size): Size | null {
  if (sameSize(a, b)) return a;
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  if (!isNumber(a) || !isNumber(b)) return null;
  return numeric(a, {}) > numeric(b, {}) ? a : b;
}

function isOne(size: Size): boolean {
  return isNumber(size) && numeric(size, {}) === 1;
}

/** The kernel that holds all of them. */
function hullOf(kernels: readonly Kernels[]): Kernels | null {
  return kernels.reduce<Kernels | null>(
    (hull, { rows, columns }) => {
      if (hull === null) return null;
      const [tall, wide] = [larger(hull.rows, rows), larger(hull.columns, columns)];
      return tall === null || wide === null ? null : { rows: tall, columns: wide };
    },
    { rows: unit, columns: unit },
  );
}

/** A kernel within the common one; `k` tells its letters from the others'. */
function sizedIn(hull: Kernels, { rows, columns }: Kernels, k: number): Sized | 'full' {
  const axis = (size: Size, whole: Size, letters: readonly [string, string, Term, Term]) => {
    const [extent, centre, all, middle] = letters;
    if (isOne(size)) return [int(1), int(0)] as const;
    return sameSize(size, whole)
      ? ([all, middle] as const)
      : ([integer(extent), integer(centre)] as const);
  };
  if (sameSize(rows, hull.rows) && sameSize(columns, hull.columns)) return 'full';
  const tall = axis(rows, hull.rows, [`eh${k}`, `ei${k}`, kh, ci]);
  const wide = axis(columns, hull.columns, [`ew${k}`, `ej${k}`, kw, cj]);
  const size = [tall[0], wide[0]] as const;
  return { size, centre: isOne(rows) && isOne(columns) ? origin : [tall[1], wide[1]] };
}

function kernelOf({ side }: Operand): Kernels | null {
  const conv = side.steps.find((step) => step.conv !== null)?.conv ?? null;
  if (conv === null) return null;
  const [rows, columns] = conv.operation.kernel;
  return { rows, columns };
}

/** Why a side is not one that theorems here are about; null where it is. */
function oddity({ side, repeat }: Operand): string | null {
  if (side.stranger !== null) return `a ${side.stranger.operation.kind} among branches`;
  if (side.steps.length > 1) return 'convolutions or batch norms in a row on a linear branch';
  const [step] = side.steps;
  if (repeat === null) return null;
  const isNormed = step?.conv !== null && step?.affine.length === 1;
  return isNormed ? null : 'a repeated branch other than a convolution and a batch norm';
}

/** The addition as branches of one convolution; not to be asked where a side has an activation. */
export function parallelOf(addition: Addition): Recognised<Parallel> {
  const { root, meeting, sum } = addition;
  if (meeting.kind === 'apart') return unknown(root, 'its sides have no tensor in common');
  const { fork, operands } = meeting;
  for (const operand of operands) {
    const odd = oddity(operand);
    if (odd !== null) return unknown(operand.node, `no theorem here is about ${odd}`);
  }
  const convs = operands.flatMap(({ side }) => side.steps.flatMap(({ conv }) => conv ?? []));
  const [first] = convs;
  if (first === undefined)
    return unknown(root, 'no side has a convolution, so there is nothing to merge into');
  const alike = convs.every(({ operation: { groups, dilation, stride } }) => {
    const one = first.operation;
    const grouped =
      groups === 'depthwise' || one.groups === 'depthwise'
        ? groups === one.groups
        : sameSize(groups, one.groups);
    return grouped && dilation === one.dilation && sameSize(stride, one.stride);
  });
  if (!alike)
    return unknown(
      root,
      'no theorem here is about branches whose groups, dilations or strides differ',
    );
  const kernels = operands.map(kernelOf);
  const hull = hullOf(kernels.flatMap((kernel) => kernel ?? []));
  if (hull === null) return unknown(root, 'which of the kernels is the largest depends on letters');
  const sizes: Record<string, number> = {};
  const branches = operands.map((operand, k): Branch => {
    const kernel = kernels[k];
    const factor = (out: Term): Term => factorsOf(sum, operands, out)[k];
    if (operand.repeat !== null) return many(operand, k, sizes);
    if (kernel === null) return { kind: 'identity', factor };
    const weights = fun(`V${k}`);
    const sized = sizedIn(hull, kernel, k);
    if (sized === 'full') return { kind: 'full', weights, factor };
    for (const letter of [`eh${k}`, `ew${k}`]) sizes[letter] = 1;
    for (const letter of [`ei${k}`, `ej${k}`]) sizes[letter] = 0;
    return { kind: 'small', weights, factor, sized };
  });
  if (operands.some(({ repeat, isAltered }) => repeat !== null && isAltered)) {
    return unknown(
      root,
      'no theorem here is about repeated branches that are scaled or subtracted',
    );
  }
  const done = (k: number, out: Term): Term => {
    const branch = branches[k];
    return branch.kind === 'many' ? shiftOf(branch, out) : zero;
  };
  const value: Parallel = {
    addition,
    fork,
    operands,
    branches,
    original: (values) => valueOf(sum, operands, { values, out: o }),
    bias: (out) => valueOf(sum, operands, { values: operands.map((_, k) => done(k, out)), out }),
    strided: !isOne(first.operation.stride),
    sizes,
    kernel: [hull.rows, hull.columns],
    groups: first.operation.groups,
    stride: first.operation.stride,
    dilation: first.operation.dilation,
  };
  return { ok: true, value };
}

function many({ repeat }: Operand, k: number, sizes: Record<string, number>): Many {
  if (repeat?.operation.kind !== 'repeat') throw new Error('the operand is not repeated');
  sizes[`n${k}`] = 2;
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
