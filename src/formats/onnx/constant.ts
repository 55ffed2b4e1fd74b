/**
 * Values known when the file is read, decoded from TensorProto.
 *
 * float32 weights become views into the file's memory. A protobuf puts them at any byte, a Float32Array
 * needs a multiple of four; a large misaligned tensor is moved down by up to three bytes, over its own
 * tag and length that have been read already, which costs no memory (file-bytes.ts). So the digest of the file has to be
 * taken (or its input copied) before. Claimed sizes are compared with the bytes present before anything
 * is allocated.
 */
import { failed, success, type Result } from '../../model/failure.ts';
import { floatsInPlace } from '../file-bytes.ts';
import type { TensorProto } from './messages.ts';
import type { FloatRun } from './wire.ts';

/** `half` is float16 or bfloat16, widened exactly; `int` is any integer type or bool. */
export type ConstantType = 'float' | 'half' | 'double' | 'int';

/**
 * Row-major. Integers are kept as float64: exact to 2⁵³, beyond which they only say "to the end".
 * An integer that is NaN stands for the free batch extent (see `batchExtent`).
 */
export interface Constant {
  readonly kind: 'constant';
  readonly type: ConstantType;
  readonly dims: readonly number[];
  readonly values: Float32Array | Float64Array;
}

/** What `Shape` gives for a free batch axis; may be moved about and used in Reshape, never computed with. */
export const batchExtent = NaN;

export function integers(values: readonly number[], dims: readonly number[]): Constant {
  return { kind: 'constant', type: 'int', dims, values: Float64Array.from(values) };
}

/** Number of elements; NaN where a dimension is negative or the product is no safe integer. */
export function elementCount(dims: readonly number[]): number {
  let count = 1;
  for (const dim of dims) {
    if (!Number.isSafeInteger(dim) || dim < 0) return NaN;
    count *= dim;
  }
  return Number.isSafeInteger(count) ? count : NaN;
}

interface ElementFormat {
  readonly name: string;
  readonly bytes: number;
  readonly type: ConstantType;
  /** The typed field that holds such values where raw_data does not. */
  readonly field: 'floats' | 'doubles' | 'int32s' | 'int64s';
}

/** By TensorProto.DataType. */
const formats: ReadonlyMap<number, ElementFormat> = new Map<number, ElementFormat>([
  [1, { name: 'float32', bytes: 4, type: 'float', field: 'floats' }],
  [2, { name: 'uint8', bytes: 1, type: 'int', field: 'int32s' }],
  [3, { name: 'int8', bytes: 1, type: 'int', field: 'int32s' }],
  [6, { name: 'int32', bytes: 4, type: 'int', field: 'int32s' }],
  [7, { name: 'int64', bytes: 8, type: 'int', field: 'int64s' }],
  [9, { name: 'bool', bytes: 1, type: 'int', field: 'int32s' }],
  [10, { name: 'float16', bytes: 2, type: 'half', field: 'int32s' }],
  [11, { name: 'float64', bytes: 8, type: 'double', field: 'doubles' }],
  [16, { name: 'bfloat16', bytes: 2, type: 'half', field: 'int32s' }],
]);

/** The constant type of a TensorProto.DataType, null where it is not read. */
export function constantType(dataType: number): ConstantType | null {
  return formats.get(dataType)?.type ?? null;
}

/** Whether values of this TensorProto.DataType are float32 as they lie in the file. */
export function isFloat32(dataType: number): boolean {
  return dataType === 1;
}

/** The float32 that a float16 (or, with `brain`, a bfloat16) is, by its bits. */
function widen(bits: number, brain: boolean): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponentBits = brain ? 8 : 5;
  const fractionBits = 15 - exponentBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  const exponent = (bits & 0x7fff) >> fractionBits;
  const fraction = bits & (2 ** fractionBits - 1);
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** (1 - bias - fractionBits)
    : sign * (2 ** fractionBits + fraction) * 2 ** (exponent - bias - fractionBits);
}

function widened(dataType: number, count: number, bitsAt: (i: number) => number): Float32Array {
  const table = new Map<number, number>();
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const bits = bitsAt(i) & 0xffff;
    let value = table.get(bits);
    if (value === undefined) table.set(bits, (value = widen(bits, dataType === 16)));
    values[i] = value;
  }
  return values;
}

function fromBytes(dataType: number, bytes: Uint8Array, movable: boolean): Constant['values'] {
  if (isFloat32(dataType)) return floatsInPlace(bytes, movable);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length / (formats.get(dataType)?.bytes ?? 1);
  if (dataType === 10 || dataType === 16) {
    return widened(dataType, count, (i) => view.getUint16(2 * i, true));
  }
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (dataType === 11) values[i] = view.getFloat64(8 * i, true);
    else if (dataType === 7) values[i] = Number(view.getBigInt64(8 * i, true));
    else if (dataType === 6) values[i] = view.getInt32(4 * i, true);
    else values[i] = dataType === 3 ? view.getInt8(i) : view.getUint8(i);
  }
  return values;
}

function runLength(run: FloatRun, size: number): number {
  return run instanceof Uint8Array ? run.length / size : run.length;
}

function fromField(dataType: number, tensor: TensorProto): Constant['values'] {
  const { floats, doubles } = tensor;
  if (isFloat32(dataType)) {
    return floats instanceof Uint8Array ? floatsInPlace(floats, true) : Float32Array.from(floats);
  }
  if (dataType === 11) {
    return doubles instanceof Uint8Array
      ? fromBytes(dataType, doubles, true)
      : Float64Array.from(doubles);
  }
  if (dataType === 7) return Float64Array.from(tensor.int64s);
  if (dataType === 10 || dataType === 16) {
    return widened(dataType, tensor.int32s.length, (i) => tensor.int32s[i]);
  }
  return Float64Array.from(tensor.int32s);
}

/**
 * The values of a tensor; call it once for each, for it may move them.
 * `external`: the bytes of a tensor whose values are in another file, null for one that has them itself.
 * Errors: `unsupported-operator` (element type), `missing-data` (fewer or more bytes than claimed).
 */
export function constantOf(tensor: TensorProto, external: Uint8Array | null): Result<Constant> {
  const { name, dims, dataType } = tensor;
  const format = formats.get(dataType);
  if (format === undefined) {
    return failed('unsupported-operator', name, `element type ${dataType} is not read`);
  }
  const count = elementCount(dims);
  const claim = `${dims.join('×')} ${format.name} values`;
  if (Number.isNaN(count)) return failed('bad-shape', name, `impossible shape ${dims.join('×')}`);
  const bytes = external ?? tensor.raw;
  const lengths = {
    floats: runLength(tensor.floats, 4),
    doubles: runLength(tensor.doubles, 8),
    int32s: tensor.int32s.length,
    int64s: tensor.int64s.length,
  };
  const present = bytes === null ? lengths[format.field] : bytes.length / format.bytes;
  if (present !== count) {
    const found = bytes === null ? `${present} values` : `${bytes.length} bytes`;
    return failed('missing-data', name, `${claim} are claimed, ${found} are present`);
  }
  const values =
    bytes === null ? fromField(dataType, tensor) : fromBytes(dataType, bytes, external === null);
  return success({ kind: 'constant', type: format.type, dims, values });
}
