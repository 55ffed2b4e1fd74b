/**
 * Addition, subtraction and multiplication of two tensors; an axis of extent 1 is repeated.
 *
 * One rounding each. For a product of inexact factors, |âb̂ − ab| ≤ |â|e_b + |b̂|e_a + e_a·e_b.
 */
import type { Elementwise } from '../model/layer.ts';
import { elements, type Shape } from '../model/shape.ts';
import type { Operand } from './operand.ts';
import { gamma, outward, type Arithmetic } from './rounding.ts';

/** Index of the operand's entry that lies under entry (c, y, x) of the result. */
function under(shape: Shape, c: number, y: number, x: number): number {
  const channel = shape.channels === 1 ? 0 : c;
  const row = shape.height === 1 ? 0 : y;
  const column = shape.width === 1 ? 0 : x;
  return (channel * shape.height + row) * shape.width + column;
}

function zip(
  a: Shape,
  b: Shape,
  shape: Shape,
  join: (inA: number, inB: number) => number,
): Float64Array {
  const result = new Float64Array(elements(shape));
  let k = 0;
  for (let c = 0; c < shape.channels; c++) {
    for (let y = 0; y < shape.height; y++) {
      for (let x = 0; x < shape.width; x++) {
        result[k++] = join(under(a, c, y, x), under(b, c, y, x));
      }
    }
  }
  return result;
}

export function elementwise(
  layer: Elementwise,
  a: Operand,
  b: Operand,
  shape: Shape,
): Float64Array {
  const u = a.values;
  const v = b.values;
  switch (layer.kind) {
    case 'add':
      return zip(a.shape, b.shape, shape, (i, j) => u[i] + v[j]);
    case 'subtract':
      return zip(a.shape, b.shape, shape, (i, j) => u[i] - v[j]);
    case 'multiply':
      return zip(a.shape, b.shape, shape, (i, j) => u[i] * v[j]);
  }
}

export function elementwiseErrors(
  layer: Elementwise,
  a: Operand,
  b: Operand,
  shape: Shape,
  arithmetic: Arithmetic,
): Float64Array {
  const u = a.values;
  const v = b.values;
  const eu = a.errors ?? new Float64Array(u.length);
  const ev = b.errors ?? new Float64Array(v.length);
  const relative = gamma(1, arithmetic);
  const tiny = arithmetic.underflow;
  const up = outward(12);
  switch (layer.kind) {
    case 'add':
    case 'subtract': {
      const sign = layer.kind === 'add' ? 1 : -1;
      return zip(
        a.shape,
        b.shape,
        shape,
        (i, j) => up * (eu[i] + ev[j] + relative * Math.abs(u[i] + sign * v[j]) + 3 * tiny),
      );
    }
    case 'multiply':
      return zip(a.shape, b.shape, shape, (i, j) => {
        const p = Math.abs(u[i]);
        const q = Math.abs(v[j]);
        return up * (p * ev[j] + q * eu[i] + eu[i] * ev[j] + relative * p * q + tiny * (1 + p + q));
      });
  }
}
