/**
 * ONNX files through protobufjs: the messages of a network, with the field numbers of the standard.
 *
 * What is not named here (documentation, subgraphs, quantization) is lost when a file is written again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import protobuf from 'protobufjs';

const { root } = protobuf.parse(`
  syntax = "proto2";
  message ModelProto {
    optional int64 ir_version = 1;
    optional string producer_name = 2;
    optional GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8;
  }
  message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
  message GraphProto {
    repeated NodeProto node = 1;
    optional string name = 2;
    repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11;
    repeated ValueInfoProto output = 12;
  }
  message NodeProto {
    repeated string input = 1;
    repeated string output = 2;
    optional string name = 3;
    optional string op_type = 4;
    repeated AttributeProto attribute = 5;
    optional string domain = 7;
  }
  message AttributeProto {
    optional string name = 1;
    optional float f = 2;
    optional int64 i = 3;
    optional bytes s = 4;
    optional TensorProto t = 5;
    repeated float floats = 7;
    repeated int64 ints = 8;
    optional int32 type = 20;
  }
  message TensorProto {
    repeated int64 dims = 1;
    optional int32 data_type = 2;
    repeated float float_data = 4 [packed = true];
    repeated int64 int64_data = 7 [packed = true];
    optional string name = 8;
    optional bytes raw_data = 9;
  }
  message ValueInfoProto { optional string name = 1; optional TypeProto type = 2; }
  message TypeProto { optional Tensor tensor_type = 1; }
  message Tensor { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
  message TensorShapeProto { repeated Dimension dim = 1; }
  message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }
`);
const ModelProto = root.lookupType('ModelProto');

export function readOnnx(file) {
  return ModelProto.decode(readFileSync(file));
}

export function writeOnnx(file, model) {
  writeFileSync(file, ModelProto.encode(model).finish());
}

/** Numbers of a float32 tensor, wherever the file keeps them. */
export function floatsOf(tensor) {
  if (!tensor.rawData?.length) return Float32Array.from(tensor.floatData);
  return new Float32Array(Uint8Array.from(tensor.rawData).buffer);
}

export function floatTensor(name, dims, values) {
  const floats = Float32Array.from(values);
  return { name, dims, dataType: 1, rawData: new Uint8Array(floats.buffer) };
}

/** A list of whole numbers, or `missing` where the node says nothing. */
export function intsOf(node, name, missing) {
  const found = node.attribute.find((attribute) => attribute.name === name);
  return found === undefined ? missing : found.ints.map(Number);
}

export function intOf(node, name, missing) {
  const found = node.attribute.find((attribute) => attribute.name === name);
  return found === undefined ? missing : Number(found.i);
}

export function floatOf(node, name, missing) {
  return node.attribute.find((attribute) => attribute.name === name)?.f ?? missing;
}
