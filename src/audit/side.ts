/**
 * A path through a block, from where a shortcut starts to where it ends, as a run of steps: a convolution, channel-
 * wise affine layers, an activation, each there or not.
 */
import type { Conv, Node } from './graph.ts';

export interface Step {
  /** Null for none: the step starts with an affine layer or an activation. */
  readonly conv: (Node & { readonly operation: Conv }) | null;
  readonly affine: readonly Node[];
  readonly bend: Node | null;
}

export interface Side {
  /** From the start on, the layers between; none for the start itself. */
  readonly nodes: readonly Node[];
  /** Channel-wise affine layers and signs between this side's own end and the sum. */
  readonly steps: readonly Step[];
  /** The first layer that is none of a step's; then the steps end before it. */
  readonly stranger: Node | null;
}

export function isAffine({ operation: { kind } }: Node): boolean {
  return kind === 'batchNorm' || kind === 'scale' || kind === 'shift';
}

export function isConv(node: Node): node is Node & { readonly operation: Conv } {
  return node.operation.kind === 'conv';
}

export function sideOf(nodes: readonly Node[]): Side {
  const steps: Step[] = [];
  let open: Step | null = null;
  const close = (): void => {
    if (open !== null) steps.push(open);
    open = null;
  };
  const empty: Step = { conv: null, affine: [], bend: null };
  for (const node of nodes) {
    if (isConv(node)) {
      close();
      open = { ...empty, conv: node };
    } else if (isAffine(node)) {
      const step: Step = open ?? empty;
      open = { ...step, affine: [...step.affine, node] };
    } else if (node.operation.kind === 'activation') {
      steps.push({ ...(open ?? empty), bend: node });
      open = null;
    } else {
      close();
      return { nodes, steps, stranger: node };
    }
  }
  close();
  return { nodes, steps, stranger: null };
}
