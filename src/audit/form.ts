/** The forms that a linear side may have to be part of one convolution, and the kernel that holds all of theirs. */
import { int, type Term } from '../logic/term.ts';
import { ci, cj, integer, kh, kw } from '../theorems/blocks/frame.ts';
import type { Sized } from '../theorems/blocks/kernels.ts';
import { origin } from '../theorems/blocks/stacking.ts';
import type { Operand } from './addition.ts';
import type { Node } from './graph.ts';
import type { PairForm } from './pair-branch.ts';
import { isAffine } from './side.ts';
import { isNumber, sameSize, unit, valueOf, type Size } from './size.ts';

/**
 * A convolution or nothing; or a 1×1 convolution with its batch norm ahead of a convolution or an average pool,
 * whose border holds the first shifts.
 */
export type Form = 'single' | PairForm;

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
  return valueOf(a, {}) > valueOf(b, {}) ? a : b;
}

export function isOne(size: Size): boolean {
  return isNumber(size) && valueOf(size, {}) === 1;
}

/** The kernel that holds all of them. */
export function hullOf(kernels: readonly Kernels[]): Kernels | null {
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
export function sizedIn(hull: Kernels, { rows, columns }: Kernels, k: number): Sized | 'full' {
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

/** Of the branch's last window. */
export function kernelOf({ side }: Operand): Kernels | null {
  const window = side.nodes.findLast((node) => !isAffine(node));
  switch (window?.operation.kind) {
    case 'conv': {
      const [rows, columns] = window.operation.kernel;
      return { rows, columns };
    }
    case 'averagePool':
      return { rows: window.operation.kernel, columns: window.operation.kernel };
    default:
      return null;
  }
}

/** The form of a side, or why it is not one that theorems here are about. */
export function formOf({ side, repeat }: Operand): Form | string {
  const layers = side.nodes.filter((node) => !isAffine(node));
  const [first, second] = layers;
  if (layers.length === 0 || (layers.length === 1 && first.operation.kind === 'conv')) {
    const ahead = layers.length === 1 && side.nodes[0] !== first;
    if (ahead) return 'batch norms ahead of a convolution on a linear branch';
    const isNormed = repeat === null || (layers.length === 1 && side.nodes.length === 2);
    return isNormed ? 'single' : 'a repeated branch other than a convolution and a batch norm';
  }
  const isPair = layers.length === 2 && repeat === null && isPlainPointwise(first);
  const isNormed =
    side.nodes[0] === first &&
    side.nodes[1]?.operation.kind === 'batchNorm' &&
    side.nodes[2] === second;
  if (isPair && isNormed) {
    if (second.operation.kind === 'conv' && second.operation.border === 'shift') return 'sequence';
    if (second.operation.kind === 'averagePool' && second.operation.border === 'shift') {
      return 'average';
    }
  }
  const other = layers.find((node) => node.operation.kind !== 'conv');
  return other === undefined
    ? 'convolutions in a row whose border does not hold the first shifts'
    : `a ${other.operation.kind} among branches`;
}

export function isForm(text: Form | string): text is Form {
  return text === 'single' || text === 'sequence' || text === 'average';
}

function isPlainPointwise({ operation }: Node): boolean {
  if (operation.kind !== 'conv' || operation.groups === 'depthwise') return false;
  return [...operation.kernel, operation.stride, operation.groups].every(isOne);
}
