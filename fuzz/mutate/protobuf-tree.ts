/**
 * An ONNX file as a tree of protobuf fields, and back: what mutations of its structure work on.
 *
 * Written from the wire format alone and sharing nothing with the reader under test. A length-delimited field is
 * a message where the table of ONNX's messages says so and its bytes can be read as one, else bytes. Nothing is
 * held to be right: any field may stand anywhere.
 */
export type Field =
  | { readonly kind: 'varint'; tag: number; value: bigint }
  | { readonly kind: 'fixed'; tag: number; bytes: Uint8Array }
  | { readonly kind: 'bytes'; tag: number; bytes: Uint8Array }
  | { readonly kind: 'message'; tag: number; readonly type: string; readonly fields: Field[] };

/** Field number → message, by the message it stands in (onnx.proto). */
const messages: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  Model: { 7: 'Graph', 8: 'Opset', 14: 'Entry' },
  Graph: { 1: 'Node', 5: 'Tensor', 11: 'Value', 12: 'Value', 13: 'Value', 15: 'Sparse' },
  Node: { 5: 'Attribute' },
  Attribute: { 5: 'Tensor', 6: 'Graph', 10: 'Tensor', 11: 'Graph' },
  Tensor: { 13: 'Entry' },
  Value: { 2: 'Type' },
  Type: { 1: 'TensorType' },
  TensorType: { 2: 'Shape' },
  Shape: { 1: 'Dimension' },
};

class Cursor {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  varint(): bigint | null {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.isAtEnd) return null;
      const byte = this.#bytes[this.at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    return null;
  }

  take(length: number): Uint8Array | null {
    if (this.at + length > this.#bytes.length) return null;
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

/** Null for bytes that are no message. */
export function parseMessage(bytes: Uint8Array, type = 'Model', depth = 0): Field[] | null {
  const fields: Field[] = [];
  const cursor = new Cursor(bytes);
  while (!cursor.isAtEnd) {
    const read = cursor.varint();
    if (read === null || read >= 2n ** 32n || read < 8n) return null;
    const tag = Number(read);
    const wire = tag & 7;
    if (wire === 0) {
      const value = cursor.varint();
      if (value === null) return null;
      fields.push({ kind: 'varint', tag, value });
    } else if (wire === 1 || wire === 5) {
      const fixed = cursor.take(wire === 1 ? 8 : 4);
      if (fixed === null) return null;
      fields.push({ kind: 'fixed', tag, bytes: fixed });
    } else if (wire === 2) {
      const length = cursor.varint();
      const content = length === null ? null : cursor.take(Number(length));
      if (content === null) return null;
      const inner = messages[type]?.[tag >>> 3];
      const parsed =
        inner === undefined || depth > 20 ? null : parseMessage(content, inner, depth + 1);
      fields.push(
        parsed === null || inner === undefined
          ? { kind: 'bytes', tag, bytes: content }
          : { kind: 'message', tag, type: inner, fields: parsed },
      );
    } else return null;
  }
  return fields;
}

function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

export function messageBytes(fields: readonly Field[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const field of fields) {
    parts.push(varintBytes(BigInt(field.tag)));
    switch (field.kind) {
      case 'varint':
        parts.push(varintBytes(field.value));
        break;
      case 'fixed':
        parts.push(field.bytes);
        break;
      case 'bytes':
        parts.push(varintBytes(BigInt(field.bytes.length)), field.bytes);
        break;
      case 'message': {
        const content = messageBytes(field.fields);
        parts.push(varintBytes(BigInt(content.length)), content);
      }
    }
  }
  return Buffer.concat(parts);
}

/** A place in a tree: the list a field stands in, and where. */
export interface Slot {
  readonly list: Field[];
  readonly at: number;
  readonly field: Field;
}

export function slotsOf(fields: Field[]): readonly Slot[] {
  const slots: Slot[] = [];
  const visit = (list: Field[]): void => {
    for (const [at, field] of list.entries()) {
      slots.push({ list, at, field });
      if (field.kind === 'message') visit(field.fields);
    }
  };
  visit(fields);
  return slots;
}

export function copyOf(field: Field): Field {
  if (field.kind === 'message') return { ...field, fields: field.fields.map(copyOf) };
  return { ...field };
}
