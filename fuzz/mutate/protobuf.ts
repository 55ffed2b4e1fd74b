/** One change to the structure of an ONNX file: a field dropped, repeated, moved, or given another value. */
import type { Draw } from '../draw.ts';
import { mutateBytes } from './bytes.ts';
import { real, texts, whole, words } from './dictionary.ts';
import {
  copyOf,
  messageBytes,
  parseMessage,
  slotsOf,
  type Field,
  type Slot,
} from './protobuf-tree.ts';

const encoder = new TextEncoder();

function wholeNumber(draw: Draw): bigint {
  return draw.chance(0.8) ? BigInt(draw.pick(whole)) : BigInt(draw.below(2 ** 20));
}

/** Bytes of the file that read as a short text, or one from the dictionary. */
function text(slots: readonly Slot[], draw: Draw): Uint8Array {
  if (draw.chance(0.3)) return encoder.encode(draw.pick(texts));
  if (draw.chance(0.4)) return encoder.encode(draw.pick(words));
  const names = slots.flatMap(({ field }) =>
    field.kind === 'bytes' && field.bytes.length < 40 ? [field.bytes] : [],
  );
  return names.length === 0 ? encoder.encode('x') : draw.pick(names);
}

function packed(draw: Draw): Uint8Array {
  const numbers = Array.from({ length: draw.amount(12) }, () => wholeNumber(draw));
  const fields = numbers.map((value): Field => ({ kind: 'varint', tag: 8, value }));
  // Each with its tag of one byte, which is left out.
  return Buffer.concat(fields.map((field) => messageBytes([field]).subarray(1)));
}

function floats(length: number, draw: Draw): Uint8Array {
  const values = Float32Array.from({ length }, () => draw.between(-1, 1));
  if (length > 0 && draw.chance(0.5)) values[draw.below(length)] = draw.pick(real);
  return new Uint8Array(values.buffer);
}

function revalued(field: Field, slots: readonly Slot[], draw: Draw): Field {
  const { tag } = field;
  switch (field.kind) {
    case 'varint':
      return { kind: 'varint', tag, value: wholeNumber(draw) };
    case 'fixed': {
      const bytes = Uint8Array.from(field.bytes);
      const view = new DataView(bytes.buffer);
      if (bytes.length === 4) view.setFloat32(0, draw.pick(real), true);
      else view.setFloat64(0, draw.pick(real), true);
      return { kind: 'fixed', tag, bytes };
    }
    case 'bytes': {
      const { bytes } = field;
      const ways = [
        () => mutateBytes(bytes, draw),
        () => text(slots, draw),
        () => text(slots, draw),
        () => packed(draw),
        () => floats(bytes.length >> 2, draw),
        () => new Uint8Array(draw.amount(2 ** 16)),
      ];
      return { kind: 'bytes', tag, bytes: draw.pick(ways)() };
    }
    case 'message':
      return { ...field, fields: [] };
  }
}

/** A field of the type of `field`, from anywhere. */
function replacement(field: Field, others: readonly Slot[], draw: Draw): Field {
  const alike = others.filter(
    ({ field: other }) =>
      other.kind === field.kind &&
      (other.kind !== 'message' || field.kind !== 'message' || other.type === field.type),
  );
  return copyOf(alike.length === 0 ? field : draw.pick(alike).field);
}

/** Whole subtrees are as likely to be changed as the many leaves. */
function chosen(slots: readonly Slot[], draw: Draw): Slot {
  const inner = slots.filter(({ field }) => field.kind === 'message');
  return inner.length > 0 && draw.chance(0.4) ? draw.pick(inner) : draw.pick(slots);
}

function change(slots: readonly Slot[], others: readonly Slot[], draw: Draw): void {
  const { list, at, field } = chosen(slots, draw);
  switch (draw.below(9)) {
    case 0:
      list.splice(at, 1);
      return;
    case 1:
      list.splice(at, 0, ...Array.from({ length: draw.amount(300) }, () => copyOf(field)));
      return;
    case 2: {
      const other = draw.below(list.length);
      [list[at], list[other]] = [list[other], list[at]];
      return;
    }
    case 3:
      list[at] = replacement(field, others, draw);
      return;
    case 4: {
      const { list: target, at: place } = draw.pick(slots);
      target.splice(place, 0, copyOf(field));
      return;
    }
    case 5:
      // Another number of the field, or another wire type in its tag.
      field.tag = draw.chance(0.95)
        ? (1 + draw.below(22)) * 8 + (field.tag & 7)
        : field.tag ^ draw.below(8);
      return;
    default:
      list[at] = revalued(field, slots, draw);
  }
}

/** Numbers that are one more or less, and weights that are others: what most often leaves a network that can be read. */
function nudged(field: Field, draw: Draw): Field | null {
  const { tag } = field;
  switch (field.kind) {
    case 'varint':
      return { kind: 'varint', tag, value: field.value + BigInt(draw.pick([1, -1, 1, 2])) };
    case 'fixed':
    case 'message':
      return null;
    case 'bytes': {
      const bytes = Uint8Array.from(field.bytes);
      const at = 4 * draw.below(bytes.length >> 2);
      if (field.bytes.length < 4) return null;
      const view = new DataView(bytes.buffer);
      const weight = view.getFloat32(at, true);
      const others = [0, 1, -weight, 2 * weight, weight / 2, weight + 1, 1.001 * weight, -1];
      view.setFloat32(at, draw.pick(others), true);
      return { kind: 'bytes', tag, bytes };
    }
  }
}

/** Whether the field is a number of an attribute, or the weights of a tensor as they lie in memory (onnx.proto). */
function isNumber({ field }: Slot, owner: string | null): boolean {
  const number = field.tag >>> 3;
  if (owner === 'Attribute') return field.kind === 'varint' && (number === 3 || number === 8);
  return owner === 'Tensor' && field.kind === 'bytes' && number === 9;
}

/** Whether anything was there to be changed. */
function nudge(slots: readonly Slot[], draw: Draw): boolean {
  const owners = new Map<Field[], string>();
  for (const { field } of slots) {
    if (field.kind === 'message') owners.set(field.fields, field.type);
  }
  const numbers = slots.filter((slot) => isNumber(slot, owners.get(slot.list) ?? null));
  if (numbers.length === 0) return false;
  const { list, at, field } = draw.pick(numbers);
  const next = nudged(field, draw);
  if (next !== null) list[at] = next;
  return next !== null;
}

/** Another number in a file that most likely can still be read; null where there is none. */
export function nudgeProtobuf(bytes: Uint8Array, draw: Draw): Uint8Array | null {
  const fields = parseMessage(bytes);
  return fields !== null && nudge(slotsOf(fields), draw) ? messageBytes(fields) : null;
}

/** Null where the bytes are no message to begin with. `other`: another file of the corpus, to take parts from. */
export function mutateProtobuf(
  bytes: Uint8Array,
  other: Uint8Array | null,
  draw: Draw,
): Uint8Array | null {
  const fields = parseMessage(bytes);
  if (fields === null || fields.length === 0) return null;
  const slots = slotsOf(fields);
  const donors = other === null ? null : parseMessage(other);
  change(slots, donors === null || draw.chance(0.5) ? slots : slotsOf(donors), draw);
  return messageBytes(fields);
}
