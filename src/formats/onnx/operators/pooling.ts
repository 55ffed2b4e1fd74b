/** MaxPool, AveragePool, GlobalAveragePool, GlobalMaxPool, ReduceMean over space. */
import { noPadding, type Shape } from '../../../model/shape.ts';
import { liesAs, type Activation } from '../axes.ts';
import type { NodeReader, Value } from '../node-reader.ts';
import { ceilPadding, readWindow } from './window.ts';

const image = ['n', 'c', 'h', 'w'] as const;
const one = { y: 1, x: 1 };

function imageInput(
  node: NodeReader,
): { readonly value: Activation; readonly shape: Shape } | null {
  const value = node.activation(0);
  if (value === null) return null;
  const shape = node.shape(value);
  if (liesAs(value, image, shape)) return { value, shape };
  node.unsupported('its input does not lie as batch, channels, rows, columns');
  return null;
}

export function maxPool(node: NodeReader): readonly Value[] {
  // The order of the indices, a second output, which is not read.
  node.ignore('storage_order');
  if (!node.unread(1)) return node.unsupported('its indices are read');
  const input = imageInput(node);
  const ceil = node.int('ceil_mode', 0) !== 0;
  if (input === null) return [];
  const window = readWindow(node, input.shape, null);
  if (window === null) return [];
  const pads = ceil ? ceilPadding(input.shape, window) : window.pads;
  if (pads === null) return node.unsupported('ceil_mode with a window in the padding');
  const tensor = node.add({ kind: 'maxPool', inputs: [input.value.tensor], ...window, pads });
  return [node.laid(tensor, image)];
}

export function averagePool(node: NodeReader): readonly Value[] {
  const input = imageInput(node);
  const ceil = node.int('ceil_mode', 0) !== 0;
  const countIncludePad = node.int('count_include_pad', 0) !== 0;
  if (input === null) return [];
  const window = readWindow(node, input.shape, null);
  if (window === null) return [];
  const { kernel, strides, dilations } = window;
  if (dilations.y !== 1 || dilations.x !== 1) return node.unsupported('dilations');
  const pads = ceil ? ceilPadding(input.shape, window) : window.pads;
  if (pads === null) return node.unsupported('ceil_mode with a window in the padding');
  const grown = pads.bottom !== window.pads.bottom || pads.right !== window.pads.right;
  // Whether the pixels that ceil_mode adds count in the divisor is not the same everywhere.
  if (grown && countIncludePad) return node.unsupported('ceil_mode with count_include_pad');
  const tensor = node.add({
    kind: 'averagePool',
    inputs: [input.value.tensor],
    ...{ kernel, strides, pads, countIncludePad },
  });
  return [node.laid(tensor, image)];
}

export function globalAveragePool(node: NodeReader): readonly Value[] {
  const input = imageInput(node);
  if (input === null) return [];
  const tensor = node.add({ kind: 'globalAveragePool', inputs: [input.value.tensor] });
  return [node.laid(tensor, image)];
}

export function globalMaxPool(node: NodeReader): readonly Value[] {
  const input = imageInput(node);
  if (input === null) return [];
  const tensor = node.add({
    kind: 'maxPool',
    inputs: [input.value.tensor],
    kernel: { y: input.shape.height, x: input.shape.width },
    ...{ strides: one, dilations: one, pads: noPadding },
  });
  return [node.laid(tensor, image)];
}

/** The axes a reduction names: an attribute before opset 18, an input since; null where it names none. */
function reducedAxes(node: NodeReader): readonly number[] | null {
  const attribute = node.opset < 18 ? node.ints('axes') : null;
  if (node.opset < 18) return attribute;
  return node.hasInput(1) ? node.integers(1) : null;
}

export function reduceMean(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const keep = node.int('keepdims', 1) !== 0;
  const noop = node.opset >= 18 && node.int('noop_with_empty_axes', 0) !== 0;
  const named = reducedAxes(node);
  if (value === null) return [];
  const rank = value.axes.length;
  if ((named === null || named.length === 0) && noop) return [value];
  const all = named === null || named.length === 0;
  const reduced = new Set((all ? [...value.axes.keys()] : named).map((a) => node.axis(a, rank)));
  if (reduced.has(-1)) return [];
  const shape = node.shape(value);
  const factors = value.axes.filter((_, i) => reduced.has(i)).flat();
  const kept = value.axes.flatMap((axis, i) => (reduced.has(i) ? (keep ? [[]] : []) : [axis]));
  if (factors.length === 0) return [{ ...value, axes: kept }];
  if (factors.some((f) => f.label === 'n' || f.label === 'c')) {
    return node.unsupported('a mean over channels or the batch');
  }
  // Whole labels only: a mean over part of the rows is no window of the model.
  const rows = factors.filter((f) => f.label === 'h').reduce((n, f) => n * f.size, 1);
  const columns = factors.filter((f) => f.label === 'w').reduce((n, f) => n * f.size, 1);
  const partial =
    (rows !== 1 && rows !== shape.height) || (columns !== 1 && columns !== shape.width);
  if (partial) return node.unsupported('a mean over part of an axis');
  const whole = rows === shape.height && columns === shape.width;
  const tensor = whole
    ? node.add({ kind: 'globalAveragePool', inputs: [value.tensor] })
    : node.add({
        kind: 'averagePool',
        inputs: [value.tensor],
        kernel: { y: rows, x: columns },
        strides: one,
        pads: noPadding,
        countIncludePad: false,
      });
  return [{ ...value, tensor, axes: kept }];
}
