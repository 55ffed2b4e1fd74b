/** Pad with a constant over rows and columns. */
import type { Shape } from '../../../model/shape.ts';
import { isWhole, liesAs, whole, type Activation } from '../axes.ts';
import { isFloat, type NodeReader, type Value } from '../node-reader.ts';

function padValue(node: NodeReader): number | null {
  if (node.opset < 11) return node.float('value', 0);
  if (!node.hasInput(2)) return 0;
  const constant = node.constantInput(2);
  if (constant === null) return null;
  if (isFloat(constant) && constant.values.length === 1) return constant.values[0];
  node.fail('bad-value', 'the padding value is no float');
  return null;
}

/**
 * Whether an axis is the rows or the columns, null where it is neither. An axis of extent 1 does not say;
 * where the whole tensor lies as images do, its place does.
 */
function spatialLabel(axis: number, value: Activation, shape: Shape): 'h' | 'w' | null {
  for (const label of ['h', 'w'] as const) {
    if (value.axes[axis].length > 0 && isWhole(value.axes[axis], label, shape)) return label;
  }
  if (value.axes[axis].length > 0) return null;
  const layouts = [
    ['n', 'c', 'h', 'w'],
    ['n', 'h', 'w', 'c'],
  ] as const;
  const label = layouts.find((labels) => liesAs(value, labels, shape))?.[axis];
  return label === 'h' || label === 'w' ? label : null;
}

/** Pads are attributes before opset 11, inputs since; from opset 18 they may name their axes. */
export function pad(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const mode = node.string('mode', 'constant') || 'constant';
  const pads = node.opset < 11 ? node.ints('pads') : node.integers(1);
  const fill = padValue(node);
  if (value === null || pads === null || fill === null) return [];
  if (mode !== 'constant') return node.unsupported(`mode ${mode}`);
  const rank = value.axes.length;
  const named = node.opset >= 18 && node.hasInput(3) ? node.integers(3) : [...value.axes.keys()];
  const axes = named?.map((a) => node.axis(a, rank)) ?? [-1];
  if (axes.includes(-1)) return [];
  if (pads.length !== 2 * axes.length) return node.fail('bad-shape', `${pads.length} pads`);
  if (pads.some((p) => !(p >= 0))) return node.unsupported('negative pads');
  const shape = node.shape(value);
  const sides = { h: [0, 0], w: [0, 0] };
  const grown = new Map<number, 'h' | 'w'>();
  for (const [i, axis] of axes.entries()) {
    const [start, end] = [pads[i], pads[i + axes.length]];
    if (start === 0 && end === 0) continue;
    const label = spatialLabel(axis, value, shape);
    if (label === null || grown.has(axis)) return node.unsupported(`padding of axis ${axis}`);
    sides[label] = [start, end];
    grown.set(axis, label);
  }
  if (grown.size === 0) return [value];
  const [[top, bottom], [left, right]] = [sides.h, sides.w];
  const tensor = node.add({
    kind: 'pad',
    inputs: [value.tensor],
    pads: { top, left, bottom, right },
    value: fill,
  });
  const padded = node.shape({ ...value, tensor });
  const axes2 = value.axes.map((axis, i) => {
    const label = grown.get(i);
    if (label === undefined) return axis;
    return whole(label, label === 'h' ? padded.height : padded.width);
  });
  return [{ ...value, tensor, axes: axes2 }];
}
