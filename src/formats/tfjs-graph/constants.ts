/** What flows along the edges of a graph, and the constants among it. */
import type { TensorId } from '../../model/layer.ts';
import { decodeFloats, decodeIntegers, type StoredTensor } from '../tfjs-weights.ts';

/** A tensor of the model, with its rank in the file, batch axis included. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly tensor: TensorId;
  readonly rank: 2 | 4;
}

/** A tensor of the file. */
export interface ConstantValue {
  readonly kind: 'constant';
  readonly stored: StoredTensor;
  readonly shape: readonly number[];
}

/** Whole numbers computed from shapes, on their way to a Reshape; −1 is the batch. */
export interface IntegerValue {
  readonly kind: 'integers';
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

export type GraphValue = TensorValue | ConstantValue | IntegerValue;

/** The whole numbers a value holds, or null where it is something else. */
export function integersOf(value: GraphValue): readonly number[] | null {
  if (value.kind === 'integers') return value.values;
  return value.kind === 'constant' && value.stored.dtype === 'int32'
    ? decodeIntegers(value.stored)
    : null;
}

/** Kernels already in the model's order, so that two nodes of one kernel share one array. */
export class KernelCache {
  readonly #kernels = new Map<string, Float32Array>();

  get(
    constant: ConstantValue,
    order: string,
    transpose: (values: Float32Array, shape: readonly number[]) => Float32Array,
  ): Float32Array {
    const key = `${order}/${constant.stored.name}`;
    const known = this.#kernels.get(key);
    if (known !== undefined) return known;
    const made = transpose(decodeFloats(constant.stored), constant.shape);
    this.#kernels.set(key, made);
    return made;
  }
}
