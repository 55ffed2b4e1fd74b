/**
 * A sum inside a branch as what it becomes: layers in a row, so that the sum around it is one whose branch has none.
 *
 * The theorem about the inner sum says that it is such a row for weights that follow from its own; the theorem about
 * the outer one holds for all weights, and so for those. What the inner one assumes has to hold as well.
 */
import type { AdditionAudit } from './audit.ts';
import { rewritten } from './attempt.ts';
import type { Block, Node, Operation } from './graph.ts';
import type { BranchLayer, Residual } from './residual.ts';
import { over, plus, times, unit, type Size } from './size.ts';
import { agrees } from './trial.ts';

export interface PlainChain {
  /** What the chain stands for. */
  readonly root: Node;
  readonly end: Node;
  /** The way of removing that makes it one. */
  readonly removal: string;
}

/** Numbers of the nodes that are made here; no block has them. */
const firstFresh = 2_000_000;

class Chain {
  end: Node;
  readonly #root: Node;
  #count = 0;

  constructor(root: Node, fork: Node) {
    this.#root = root;
    this.end = fork;
  }

  put(name: string, operation: Operation, channels: Size, stride = this.end.stride): void {
    // Numbers depend on the sum alone, so that its parameters are drawn the same wherever it is drawn.
    const id = firstFresh + this.#root.id * 100 + this.#count++;
    const inputs = [this.end];
    this.end = { id, name, operation, inputs, channels, stride, place: this.#root.place };
  }
}

function convolution(
  of: Pick<Extract<Operation, { kind: 'conv' }>, 'kernel' | 'stride' | 'dilation' | 'groups'>,
): Operation {
  return { kind: 'conv', ...of, border: 'zero' };
}

/** Groups of the widened layer; null where they cannot be told. */
function groupsOf(
  { spec, step, channels }: BranchLayer,
  reserved: Size,
): Size | 'depthwise' | null {
  switch (spec.kind) {
    case 'dense':
    case 'identity':
      return unit;
    case 'depthwise':
      return 'depthwise';
    case 'grouped': {
      const own = step.conv?.operation.groups;
      if (own === undefined || own === 'depthwise') return null;
      // Groups of as many channels hold the reserved ones.
      const more = over(times(reserved, own), channels);
      return more === null ? null : plus(own, more);
    }
  }
}

function ofResidual(residual: Residual, reserved: Size): Node | null {
  const { layers, fork, addition, wide } = residual;
  const chain = new Chain(addition.root, fork);
  for (const [k, layer] of layers.entries()) {
    const { step, channels } = layer;
    const isLast = k === layers.length - 1;
    const width = isLast ? channels : plus(channels, reserved);
    const own = step.conv?.operation;
    const groups = isLast || k === 0 ? unit : groupsOf(layer, reserved);
    if (groups === null) return null;
    const { kernel, stride, dilation } = {
      ...{ kernel: [unit, unit] as const, stride: unit, dilation: 1 },
      ...own,
      ...(wide?.index === k ? wide : {}),
    };
    const name = `${step.conv?.name ?? addition.root.name}-plain`;
    const behind = chain.end.stride === null ? null : times(chain.end.stride, stride);
    chain.put(name, convolution({ kernel, stride, dilation, groups }), width, behind);
    if (isLast) chain.put(`${name}-bias`, { kind: 'shift' }, width);
    else if (step.affine.length > 0) chain.put(`${name}-norm`, { kind: 'batchNorm' }, width);
    if (step.bend !== null) chain.put(`${step.bend.name}-plain`, step.bend.operation, width);
  }
  return chain.end;
}

/** Ways of removing after which reserved channels are bent as the others are. */
const uniform = ['nonnegative', 'split', 'shift'] as const;

/** The row of layers that an audited sum becomes; null where it does not, or is no row of the language. */
export function plainChain(audit: AdditionAudit): PlainChain | null {
  if (audit.verdict !== 'removable') return null;
  switch (audit.kind) {
    case 'parallel': {
      const { addition, fork, kernel, stride, dilation, groups } = audit.parallel;
      const root = addition.passing?.concat ?? addition.root;
      const chain = new Chain(root, fork);
      const name = `${root.name}-plain`;
      chain.put(
        name,
        convolution({ kernel, stride, dilation, groups }),
        root.channels,
        root.stride,
      );
      chain.put(`${name}-bias`, { kind: 'shift' }, root.channels);
      return { root, end: chain.end, removal: 'one convolution' };
    }
    case 'residual': {
      const { residual, strategies, fact } = audit;
      const sound = strategies.filter(
        ({ status, trials }) => status === 'proved' && trials.every(({ apart }) => agrees(apart)),
      );
      const order = fact === null ? (['split', 'nonnegative', 'shift'] as const) : uniform;
      for (const name of order) {
        const found = sound.find(({ strategy }) => strategy === name);
        const end = found === undefined ? null : ofResidual(residual, found.cost.reserved);
        if (end !== null) return { root: residual.addition.root, end, removal: name };
      }
      return null;
    }
    case 'obstacle':
    case 'unknown':
      return null;
  }
}

/** The block with a chain in the place of its sum. */
export function withChain(block: Block, { root, end }: PlainChain): Block {
  const output = rewritten(block.output, new Map([[root, end]]));
  const nodes: Node[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    node.inputs.forEach(visit);
    nodes.push(node);
  };
  visit(output);
  return { ...block, nodes, output };
}
