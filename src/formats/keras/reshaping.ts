/** Keras layers that move values without changing them, and those that only act in training. */
import { elements } from '../../model/shape.ts';
import { isCount, isList, quote } from '../json.ts';
import type { KerasTensor, LayerCall } from './layer-call.ts';

/** Dropout and noise: the identity at inference. */
export function identity(call: LayerCall): KerasTensor {
  return call.input;
}

export function flatten(call: LayerCall): KerasTensor {
  if (call.input.rank === 2) return call.input;
  call.image();
  return { tensor: call.add({ kind: 'flatten', order: 'hwc' }), rank: 2 };
}

/** To a vector, or to an image of one pixel. */
export function reshape(call: LayerCall): KerasTensor {
  const { tensor, rank } = call.input;
  const wanted = call.config.target_shape;
  const count = elements(call.shape);
  const sides = isList(wanted) ? wanted.map((side) => (side === -1 ? null : side)) : [];
  const known = sides.filter(isCount).reduce((product, side) => product * side, 1);
  const open = sides.filter((side) => side === null).length;
  const resolved = sides.map((side) => (side === null ? count / known : side));
  const vector = resolved.length === 1;
  const pixel = resolved.length === 3 && resolved[0] === 1 && resolved[1] === 1;
  if (open > 1 || !(vector || pixel) || resolved.at(-1) !== count) {
    call.unsupported(`target_shape ${quote(wanted)}`);
    return call.input;
  }
  const flat = rank === 2 ? tensor : call.add({ kind: 'flatten', order: 'hwc' });
  return { tensor: flat, rank: vector ? 2 : 4 };
}

export function zeroPadding2d(call: LayerCall): KerasTensor {
  call.image();
  const padding = call.config.padding ?? 1;
  const [rows, columns] = isList(padding) ? padding : [padding, padding];
  const [top, bottom] = isList(rows) ? rows : [rows, rows];
  const [left, right] = isList(columns) ? columns : [columns, columns];
  if (!isCount(top) || !isCount(bottom) || !isCount(left) || !isCount(right)) {
    call.fail('bad-attribute', `padding is ${quote(padding)}`);
    return call.input;
  }
  return {
    tensor: call.add({ kind: 'pad', pads: { top, left, bottom, right }, value: 0 }),
    rank: 4,
  };
}
