/**
 * Writes ONNX files as other exporters do, for tests: every element type and storage, every opset,
 * attributes of every kind, graphs that are wrong. It shares nothing with src/formats/onnx/encode.ts.
 */
import protobuf from 'protobufjs/minimal.js';

type Writer = protobuf.Writer;

export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** TensorProto.DataType. */
  readonly type: number;
  readonly fill: (w: Writer) => void;
}

class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

class Floats {
  readonly values: readonly number[];

  constructor(values: readonly number[]) {
    this.values = values;
  }
}

export const float = (value: number): Float => new Float(value);
export const floats = (...values: readonly number[]): Floats => new Floats(values);

/** A number is an int, an array is ints. */
type AttributeValue = number | readonly number[] | string | Float | Floats | { tensor: Tensor };

export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly name?: string;
  readonly domain?: string;
}

/** `dims`: a string names a free dimension. */
export interface Input {
  readonly name: string;
  readonly dims: readonly (number | string)[];
  readonly type?: number;
}

export interface Graph {
  readonly opset?: number;
  readonly nodes: readonly Node[];
  readonly initializers?: readonly Tensor[];
  readonly inputs: readonly Input[];
  readonly outputs: readonly string[];
}

function field(w: Writer, number: number, wire: number): Writer {
  return w.uint32((number << 3) | wire);
}

function nested(w: Writer, number: number, inside: (inner: Writer) => void): void {
  field(w, number, 2).fork();
  inside(w);
  w.ldelim();
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export function raw(
  name: string,
  dims: readonly number[],
  type: number,
  values: ArrayBufferView,
): Tensor {
  return { name, dims, type, fill: (w) => field(w, 9, 2).bytes(bytesOf(values)) };
}

export function f32(name: string, dims: readonly number[], values: ArrayLike<number>): Tensor {
  return raw(name, dims, 1, Float32Array.from(values));
}

export function i64(name: string, ...values: readonly number[]): Tensor {
  return raw(name, [values.length], 7, BigInt64Array.from(values, BigInt));
}

export function scalar(name: string, value: number): Tensor {
  return f32(name, [], [value]);
}

/** float_data, int32_data or int64_data, packed or with a tag before each value. */
export function typed(
  name: string,
  dims: readonly number[],
  type: number,
  values: readonly number[],
  packed = true,
): Tensor {
  const [number, wire] = type === 1 ? [4, 5] : type === 7 ? [7, 0] : [5, 0];
  const one = (w: Writer, value: number): void => {
    if (wire === 5) w.float(value);
    else w.int64(value);
  };
  const fill = (w: Writer): void => {
    if (packed) nested(w, number, (inner) => values.forEach((v) => one(inner, v)));
    else for (const value of values) one(field(w, number, wire), value);
  };
  return { name, dims, type, fill };
}

export function external(
  name: string,
  dims: readonly number[],
  entries: Readonly<Record<string, string>>,
): Tensor {
  const fill = (w: Writer): void => {
    for (const [key, value] of Object.entries(entries)) {
      nested(w, 13, (inner) => {
        field(inner, 1, 2).string(key);
        field(inner, 2, 2).string(value);
      });
    }
    field(w, 14, 0).int32(1);
  };
  return { name, dims, type: 1, fill };
}

function writeTensor(w: Writer, tensor: Tensor): void {
  for (const dim of tensor.dims) field(w, 1, 0).int64(dim);
  field(w, 2, 0).int32(tensor.type);
  field(w, 8, 2).string(tensor.name);
  tensor.fill(w);
}

function writeAttribute(w: Writer, name: string, value: AttributeValue): void {
  field(w, 1, 2).string(name);
  const type = (number: number): Writer => field(w, 20, 0).int32(number);
  if (value instanceof Float) {
    field(w, 2, 5).float(value.value);
    type(1);
  } else if (value instanceof Floats) {
    for (const one of value.values) field(w, 7, 5).float(one);
    type(6);
  } else if (typeof value === 'number') {
    field(w, 3, 0).int64(value);
    type(2);
  } else if (typeof value === 'string') {
    field(w, 4, 2).string(value);
    type(3);
  } else if ('tensor' in value) {
    nested(w, 5, (inner) => writeTensor(inner, value.tensor));
    type(4);
  } else {
    for (const one of value) field(w, 8, 0).int64(one);
    type(7);
  }
}

function writeNode(w: Writer, node: Node): void {
  for (const input of node.inputs) field(w, 1, 2).string(input);
  for (const output of node.outputs) field(w, 2, 2).string(output);
  if (node.name !== undefined) field(w, 3, 2).string(node.name);
  field(w, 4, 2).string(node.operator);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    nested(w, 5, (inner) => writeAttribute(inner, name, value));
  }
  if (node.domain !== undefined) field(w, 7, 2).string(node.domain);
}

function writePort(w: Writer, name: string, type: number, dims: Input['dims'] | null): void {
  field(w, 1, 2).string(name);
  nested(w, 2, (value) =>
    nested(value, 1, (tensor) => {
      field(tensor, 1, 0).int32(type);
      if (dims === null) return;
      nested(tensor, 2, (shape) => {
        for (const dim of dims) {
          nested(shape, 1, (inner) => {
            if (typeof dim === 'number') field(inner, 1, 0).int64(dim);
            else field(inner, 2, 2).string(dim);
          });
        }
      });
    }),
  );
}

/** The file's bytes. Outputs state their type but no shape. */
export function encode(graph: Graph): Uint8Array {
  const w = protobuf.Writer.create();
  field(w, 1, 0).int64(8);
  nested(w, 7, (g) => {
    for (const node of graph.nodes) nested(g, 1, (inner) => writeNode(inner, node));
    field(g, 2, 2).string('test');
    for (const tensor of graph.initializers ?? []) {
      nested(g, 5, (inner) => writeTensor(inner, tensor));
    }
    for (const { name, type, dims } of graph.inputs) {
      nested(g, 11, (inner) => writePort(inner, name, type ?? 1, dims));
    }
    for (const name of graph.outputs) nested(g, 12, (inner) => writePort(inner, name, 1, null));
  });
  nested(w, 8, (inner) => {
    field(inner, 1, 2).string('');
    field(inner, 2, 0).int64(graph.opset ?? 17);
  });
  return w.finish();
}
