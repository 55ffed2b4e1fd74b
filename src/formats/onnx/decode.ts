/**
 * ONNX messages out of bytes. Field numbers are those of the ONNX standard (onnx.proto). It does not
 * interpret: that an `Add` has two inputs is for the readers of operators.
 */
import { failed, success, type Result } from '../../model/failure.ts';
import type {
  AttributeProto,
  ModelProto,
  NodeProto,
  TensorProto,
  ValueInfoProto,
} from './messages.ts';
import { Decoder, Malformed, type Field, type FloatRun } from './wire.ts';

function tensor(decoder: Decoder, wire: number): TensorProto {
  const dims: number[] = [];
  const int32s: number[] = [];
  const int64s: number[] = [];
  const external = new Map<string, string>();
  let name = '';
  let dataType = 0;
  let raw: Uint8Array | null = null;
  let floats: FloatRun = [];
  let doubles: FloatRun = [];
  let location = 0;
  decoder.message(wire, (field, w) => {
    if (field === 1) decoder.ints(w, dims);
    else if (field === 2) dataType = decoder.int(w);
    else if (field === 4) floats = decoder.floats(w, 4, floats);
    else if (field === 5) decoder.ints(w, int32s);
    else if (field === 7) decoder.ints(w, int64s);
    else if (field === 8) name = decoder.string(w);
    else if (field === 9) raw = decoder.bytes(w);
    else if (field === 10) doubles = decoder.floats(w, 8, doubles);
    else if (field === 13) {
      let key = '';
      let value = '';
      decoder.message(w, (f, w2) => {
        if (f === 1) key = decoder.string(w2);
        else if (f === 2) value = decoder.string(w2);
        else return false;
        return true;
      });
      external.set(key, value);
    } else if (field === 14) location = decoder.int(w);
    else return false;
    return true;
  });
  const elsewhere = location === 1 ? external : null;
  return { name, dims, dataType, raw, floats, int32s, int64s, doubles, external: elsewhere };
}

function attribute(decoder: Decoder, wire: number): AttributeProto {
  const ints: number[] = [];
  const out = { name: '', type: 0, float: 0, int: 0, string: '' };
  let value: TensorProto | null = null;
  let floats: FloatRun = [];
  decoder.message(wire, (field, w) => {
    if (field === 1) out.name = decoder.string(w);
    else if (field === 2) out.float = decoder.float(w);
    else if (field === 3) out.int = decoder.int(w);
    else if (field === 4) out.string = decoder.string(w);
    else if (field === 5) value = tensor(decoder, w);
    else if (field === 7) floats = decoder.floats(w, 4, floats);
    else if (field === 8) decoder.ints(w, ints);
    else if (field === 20) out.type = decoder.int(w);
    else return false;
    return true;
  });
  const { name, type, float, int, string } = out;
  return { name, type, float, int, string, tensor: value, floats, ints };
}

function node(decoder: Decoder, wire: number): NodeProto {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: AttributeProto[] = [];
  const out = { name: '', operator: '', domain: '' };
  decoder.message(wire, (field, w) => {
    if (field === 1) inputs.push(decoder.string(w));
    else if (field === 2) outputs.push(decoder.string(w));
    else if (field === 3) out.name = decoder.string(w);
    else if (field === 4) out.operator = decoder.string(w);
    else if (field === 5) attributes.push(attribute(decoder, w));
    else if (field === 7) out.domain = decoder.string(w);
    else return false;
    return true;
  });
  // Spelled out: a spread costs more than the rest of the node.
  const { name, operator, domain } = out;
  return { name, operator, domain, inputs, outputs, attributes };
}

function valueInfo(decoder: Decoder, wire: number): ValueInfoProto {
  let name = '';
  let elementType = 0;
  let dims: (number | null)[] | null = null;
  const dimension = (w: number): number | null => {
    let value: number | null = null;
    decoder.message(w, (field, w2) => {
      if (field !== 1) return false;
      value = decoder.int(w2);
      return true;
    });
    return value;
  };
  const nested =
    (wanted: number, inside: (w: number) => void): Field =>
    (field, w) => {
      if (field !== wanted) return false;
      inside(w);
      return true;
    };
  const shape = (w: number): void => {
    const found: (number | null)[] = [];
    decoder.message(
      w,
      nested(1, (w2) => found.push(dimension(w2))),
    );
    dims = found;
  };
  const tensorType: Field = (field, w) => {
    if (field === 1) elementType = decoder.int(w);
    else if (field === 2) shape(w);
    else return false;
    return true;
  };
  decoder.message(wire, (field, w) => {
    if (field === 1) name = decoder.string(w);
    else if (field === 2)
      decoder.message(
        w,
        nested(1, (w2) => decoder.message(w2, tensorType)),
      );
    else return false;
    return true;
  });
  return { name, elementType, dims };
}

/**
 * Decodes a whole file. Views in the result point into `bytes`.
 * Errors: `not-a-model` for anything that is no ONNX model with a graph.
 */
export function decodeModel(bytes: Uint8Array): Result<ModelProto> {
  const opsets = new Map<string, number>();
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const outputs: ValueInfoProto[] = [];
  try {
    const decoder = new Decoder(bytes);
    decoder.fields((field, wire) => {
      if (field === 7) {
        decoder.message(wire, (f, w) => {
          if (f === 1) nodes.push(node(decoder, w));
          else if (f === 5) initializers.push(tensor(decoder, w));
          else if (f === 11) inputs.push(valueInfo(decoder, w));
          else if (f === 12) outputs.push(valueInfo(decoder, w));
          else if (f === 15) throw new Malformed('sparse initializers, which are not read');
          else return false;
          return true;
        });
      } else if (field === 8) {
        let domain = '';
        let version = 0;
        decoder.message(wire, (f, w) => {
          if (f === 1) domain = decoder.string(w);
          else if (f === 2) version = decoder.int(w);
          else return false;
          return true;
        });
        opsets.set(domain === 'ai.onnx' ? '' : domain, version);
      } else return false;
      return true;
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return failed('not-a-model', '', `no ONNX model: ${error.message}`);
  }
  if (nodes.length === 0 && outputs.length === 0) {
    return failed('not-a-model', '', 'no ONNX model: it holds no graph');
  }
  return success({ opsets, nodes, initializers, inputs, outputs });
}
