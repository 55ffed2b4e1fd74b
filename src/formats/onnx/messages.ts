/**
 * The messages of an ONNX file, as far as a network needs them. What nobody needs (value_info,
 * doc_string, subgraphs, functions) has no place here and is skipped by the decoder.
 */
import type { FloatRun } from './wire.ts';

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  /** Little-endian values; a view into the file. */
  readonly raw: Uint8Array | null;
  readonly floats: FloatRun;
  readonly int32s: readonly number[];
  readonly int64s: readonly number[];
  readonly doubles: FloatRun;
  /** Keys and values of external_data; null where the values are in this message. */
  readonly external: ReadonlyMap<string, string> | null;
}

export interface AttributeProto {
  readonly name: string;
  /** AttributeType: 1 float, 2 int, 3 string, 4 tensor, 6 floats, 7 ints, 8 strings; 0 where unsaid. */
  readonly type: number;
  readonly float: number;
  readonly int: number;
  readonly string: string;
  readonly tensor: TensorProto | null;
  readonly floats: FloatRun;
  readonly ints: readonly number[];
}

export interface NodeProto {
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly AttributeProto[];
}

/** `dims`: null where the file leaves a dimension open; null altogether where it states no shape. */
export interface ValueInfoProto {
  readonly name: string;
  readonly elementType: number;
  readonly dims: readonly (number | null)[] | null;
}

export interface ModelProto {
  /** Opset version by domain; the standard domain is the empty string. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  readonly inputs: readonly ValueInfoProto[];
  readonly outputs: readonly ValueInfoProto[];
}
