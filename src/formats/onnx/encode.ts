/**
 * ONNX messages into bytes, the counterpart of decode.ts.
 *
 * The result is a list of chunks: small ones with everything but weights, and the weights themselves as
 * views into the model, so that writing a file copies none of them. Initializers are stored as raw_data,
 * which is little-endian as every machine Node runs on. The same graph always gives the same bytes.
 */
import protobuf from 'protobufjs/minimal.js';

type Writer = protobuf.Writer;

export type AttributeSpec =
  | { readonly name: string; readonly kind: 'int' | 'float'; readonly value: number }
  | { readonly name: string; readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly name: string; readonly kind: 'string'; readonly value: string };

export interface NodeSpec {
  readonly operator: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly AttributeSpec[];
}

export interface InitializerSpec {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** `dims`: a string names a free dimension. */
export interface PortSpec {
  readonly name: string;
  readonly dims: readonly (number | string)[];
}

export interface GraphSpec {
  readonly opset: number;
  readonly irVersion: number;
  readonly nodes: readonly NodeSpec[];
  readonly initializers: readonly InitializerSpec[];
  readonly inputs: readonly PortSpec[];
  readonly outputs: readonly PortSpec[];
}

const varint = 0;
const delimited = 2;
const fixed32 = 5;

function tag(writer: Writer, field: number, wire: number): Writer {
  return writer.uint32((field << 3) | wire);
}

function text(writer: Writer, field: number, value: string): void {
  tag(writer, field, delimited).string(value);
}

function message(writer: Writer, field: number, inside: (w: Writer) => void): void {
  tag(writer, field, delimited).fork();
  inside(writer);
  writer.ldelim();
}

/** AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

function attribute(w: Writer, spec: AttributeSpec): void {
  text(w, 1, spec.name);
  switch (spec.kind) {
    case 'float':
      tag(w, 2, fixed32).float(spec.value);
      break;
    case 'int':
      tag(w, 3, varint).int64(spec.value);
      break;
    case 'string':
      text(w, 4, spec.value);
      break;
    case 'ints':
      for (const value of spec.value) tag(w, 8, varint).int64(value);
      break;
  }
  tag(w, 20, varint).int32(attributeTypes[spec.kind]);
}

function node(w: Writer, spec: NodeSpec): void {
  for (const input of spec.inputs) text(w, 1, input);
  for (const output of spec.outputs) text(w, 2, output);
  text(w, 3, spec.name);
  text(w, 4, spec.operator);
  for (const one of spec.attributes) message(w, 5, (inner) => attribute(inner, one));
}

function port(w: Writer, spec: PortSpec): void {
  const dimension = (inner: Writer, dim: number | string): void => {
    if (typeof dim === 'number') tag(inner, 1, varint).int64(dim);
    else text(inner, 2, dim);
  };
  text(w, 1, spec.name);
  message(w, 2, (type) =>
    message(type, 1, (tensor) => {
      tag(tensor, 1, varint).int32(1);
      message(tensor, 2, (shape) => {
        for (const dim of spec.dims) message(shape, 1, (inner) => dimension(inner, dim));
      });
    }),
  );
}

/** A message of the given contents as a field: its tag and length come before the chunks. */
function wrapped(field: number, chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = chunks.reduce((sum, c) => sum + c.length, 0);
  return [tag(protobuf.Writer.create(), field, delimited).uint32(length).finish(), ...chunks];
}

function initializer(spec: InitializerSpec): readonly Uint8Array[] {
  const { buffer, byteOffset, byteLength } = spec.values;
  const w = protobuf.Writer.create();
  for (const dim of spec.dims) tag(w, 1, varint).int64(dim);
  tag(w, 2, varint).int32(spec.values instanceof Float32Array ? 1 : 7);
  text(w, 8, spec.name);
  tag(w, 9, delimited).uint32(byteLength);
  return wrapped(5, [w.finish(), new Uint8Array(buffer, byteOffset, byteLength)]);
}

function small(write: (w: Writer) => void): Uint8Array {
  const w = protobuf.Writer.create();
  write(w);
  return w.finish();
}

/** The file's bytes, in order, as chunks; their lengths together are below 2³² or the file is no file. */
export function encodeModel(spec: GraphSpec): readonly Uint8Array[] {
  const graph = [
    small((w) => {
      for (const one of spec.nodes) message(w, 1, (inner) => node(inner, one));
      text(w, 2, 'plainproof');
    }),
    ...spec.initializers.flatMap(initializer),
    small((w) => {
      for (const one of spec.inputs) message(w, 11, (inner) => port(inner, one));
      for (const one of spec.outputs) message(w, 12, (inner) => port(inner, one));
    }),
  ];
  const head = small((w) => {
    tag(w, 1, varint).int64(spec.irVersion);
    text(w, 2, 'plainproof');
  });
  const opset = small((w) =>
    message(w, 8, (inner) => {
      text(inner, 1, '');
      tag(inner, 2, varint).int64(spec.opset);
    }),
  );
  return [head, ...wrapped(7, graph), opset];
}
