/**
 * What a block costs in its letters, before and after: weights of convolutions, and multiply-accumulates on an
 * image of H × W.
 *
 * Biases and batch norms count nothing, as in papers; a converted layer has the reserved channels beside its own.
 */
import type { Node } from './graph.ts';
import type { Residual } from './residual.ts';
import type { StrategyName } from './residual-trial.ts';
import { letter, over, plus, scaled, times, unit, type Size } from './size.ts';

export interface Cost {
  readonly weights: Size;
  readonly macs: Size;
}

export interface CostChange {
  readonly original: Cost;
  readonly plain: Cost;
  /** Channels added to every hidden layer. */
  readonly reserved: Size;
}

const nothing: Cost = { weights: [], macs: [] };

function sum(costs: readonly Cost[]): Cost {
  return {
    weights: plus(...costs.map(({ weights }) => weights)),
    macs: plus(...costs.map(({ macs }) => macs)),
  };
}

/** Of a convolution whose result is taken at every `stride`-th pixel of the block's input. */
function costOf(weights: Size, stride: Size | null): Cost {
  const pixels = stride === null ? unit : times(letter('H'), letter('W'));
  const macs = times(weights, pixels);
  return { weights, macs: over(macs, stride === null ? unit : times(stride, stride)) ?? macs };
}

/** Of a node: a convolution's; nothing for other layers. */
function nodeCost({ operation, inputs, channels, stride }: Node): Cost {
  if (operation.kind !== 'conv') return nothing;
  const { groups, kernel } = operation;
  const [{ channels: from }] = inputs;
  const perGroup = groups === 'depthwise' ? unit : (over(from, groups) ?? from);
  return costOf(times(channels, perGroup, ...kernel), stride);
}

/** Of every convolution among the nodes; a repeated one counts as often as it is. */
export function graphCost(nodes: readonly Node[]): Cost {
  const repeated = new Map<number, Size>();
  for (const { operation, inputs } of nodes) {
    if (operation.kind !== 'repeat') continue;
    for (let at = inputs[0]; at.inputs.length === 1; [at] = at.inputs) {
      repeated.set(at.id, operation.count);
    }
  }
  return sum(
    nodes.map((node) => {
      const { weights, macs } = nodeCost(node);
      const copies = repeated.get(node.id) ?? unit;
      return { weights: times(copies, weights), macs: times(copies, macs) };
    }),
  );
}

function reservedBy(name: StrategyName, { fork, shortcut, addition }: Residual): Size {
  const carried = shortcut === 'ahead' ? addition.root.channels : fork.channels;
  return scaled(carried, name === 'split' ? 2 : 1);
}

/** Of the residual's branch and shortcut, and of the branch alone with reserved channels. */
export function residualCost(residual: Residual, name: StrategyName): CostChange {
  const { layers, fork, branchSide, shortcutSide, wide } = residual;
  const reserved = reservedBy(name, residual);
  const original = graphCost([...branchSide.nodes, ...shortcutSide.nodes]);
  let stride = fork.stride;
  const plain = layers.map(({ spec, step, channels }, k): Cost => {
    const operation = step.conv?.operation ?? null;
    if (operation !== null && stride !== null) stride = times(stride, operation.stride);
    const isLast = k === layers.length - 1;
    const from = k === 0 ? fork.channels : plus(layers[k - 1].channels, reserved);
    const to = isLast ? channels : plus(channels, reserved);
    const kernel = wide?.index === k ? wide.kernel : (operation?.kernel ?? []);
    const groups = operation?.groups;
    const own = k === 0 ? fork.channels : layers[k - 1].channels;
    const perGroup =
      spec.kind === 'depthwise'
        ? unit
        : spec.kind === 'grouped' && groups !== undefined && groups !== 'depthwise'
          ? (over(own, groups) ?? own)
          : from;
    return costOf(times(to, perGroup, ...kernel), stride);
  });
  return { original, plain: sum(plain), reserved };
}
