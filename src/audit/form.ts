/** The forms that a linear side may have to be part of one convolution. */
import type { Operand } from './addition.ts';
import { isOne, type Dilated } from './common-kernel.ts';
import type { Node } from './graph.ts';
import type { PairForm } from './pair-branch.ts';
import { isAffine } from './side.ts';

/**
 * A convolution or nothing; or a 1×1 convolution with its batch norm ahead of a convolution or an average pool,
 * whose border holds the first shifts.
 */
export type Form = 'single' | PairForm;

/** Of the branch's last window. */
export function kernelOf({ side }: Operand): Dilated | null {
  const window = side.nodes.findLast((node) => !isAffine(node));
  switch (window?.operation.kind) {
    case 'conv': {
      const [rows, columns] = window.operation.kernel;
      return { rows, columns, dilation: window.operation.dilation };
    }
    case 'averagePool':
      return { rows: window.operation.kernel, columns: window.operation.kernel, dilation: 1 };
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
