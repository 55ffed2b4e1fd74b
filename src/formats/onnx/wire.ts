/**
 * Protobuf's wire format on top of protobufjs' `Reader`.
 *
 * A walk over the fields rather than protobufjs' reflection: weights stay views into the file, numbers
 * never become objects, and what is not asked for is skipped without being built. Nesting is bounded by
 * the messages the caller descends into; every message counts against a budget, for a hostile file packs
 * one into two bytes. It knows no ONNX: the messages are in decode.ts.
 */
import protobuf from 'protobufjs/minimal.js';

type Reader = protobuf.Reader;

/** Repeated float or double: little-endian bytes where packed into one run, else numbers. */
export type FloatRun = Uint8Array | readonly number[];

/** A network of 10,000 convolutions with their norms has some 200,000 messages. */
const largestMessageCount = 2 ** 18;

/** What makes a file no model; thrown here and caught by decode.ts, as protobufjs throws its own. */
export class Malformed extends Error {}

export type Field = (field: number, wire: number) => boolean;

export class Decoder {
  readonly #reader: Reader;
  readonly #bytes: Uint8Array;
  #messages = 0;
  #end: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    // Given a Buffer, protobufjs has Node decode strings, which is several times as fast.
    this.#reader = protobuf.Reader.create(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
    this.#end = bytes.length;
  }

  /** Walks the fields up to the end of the current message; `field` says whether it took the value. */
  fields(field: Field): void {
    if (++this.#messages > largestMessageCount) throw new Malformed('too many messages');
    const end = this.#end;
    const reader = this.#reader;
    while (reader.pos < end) {
      const tag = reader.tag();
      const wire = tag & 7;
      // ONNX has no groups; they are the one construct whose skipping nests.
      if (wire === 3 || wire === 4) throw new Malformed('a group');
      if (!field(tag >>> 3, wire)) reader.skipType(wire, 0, tag >>> 3);
    }
    if (reader.pos !== end) throw new Malformed('a field reaches past its message');
  }

  message(wire: number, field: Field): void {
    const outer = this.#end;
    this.#end = this.#lengthDelimited(wire);
    this.fields(field);
    this.#end = outer;
  }

  bytes(wire: number): Uint8Array {
    const end = this.#lengthDelimited(wire);
    const start = this.#reader.pos;
    this.#reader.pos = end;
    return this.#bytes.subarray(start, end);
  }

  string(wire: number): string {
    if (wire !== 2) throw new Malformed('a string of another wire type');
    return this.#reader.string();
  }

  int(wire: number): number {
    if (wire !== 0) throw new Malformed('a number of another wire type');
    // Values beyond 2⁵³ only occur as "to the end" in slices, where rounding does not matter.
    return toNumber(this.#reader.int64());
  }

  float(wire: number): number {
    if (wire !== 5) throw new Malformed('a float of another wire type');
    return this.#reader.float();
  }

  /** Appends one value or a packed run of them. */
  ints(wire: number, into: number[]): void {
    if (wire === 0) {
      into.push(this.int(wire));
      return;
    }
    const end = this.#lengthDelimited(wire);
    while (this.#reader.pos < end) into.push(this.int(0));
    if (this.#reader.pos !== end) throw new Malformed('a packed run ends amid a number');
  }

  /** A packed run that is the field's only occurrence stays a view. */
  floats(wire: number, size: 4 | 8, before: FloatRun): FloatRun {
    if (wire === 2 && before.length === 0) return this.bytes(wire);
    const values = before instanceof Uint8Array ? floatValues(before, size) : (before as number[]);
    if (wire === 2) for (const value of floatValues(this.bytes(wire), size)) values.push(value);
    else if (wire === 5 && size === 4) values.push(this.#reader.float());
    else if (wire === 1 && size === 8) values.push(this.#reader.double());
    else throw new Malformed('a float of another wire type');
    return values;
  }

  #lengthDelimited(wire: number): number {
    if (wire !== 2) throw new Malformed('a message of another wire type');
    const end = this.#reader.size() + this.#reader.pos;
    if (end > this.#end) throw new Malformed('a length reaches past the end');
    return end;
  }
}

/** protobufjs yields `Long` objects where that package is about. */
function toNumber(
  value: number | bigint | { readonly low: number; readonly high: number },
): number {
  return typeof value === 'object' ? value.high * 2 ** 32 + (value.low >>> 0) : Number(value);
}

/** The numbers of a packed run; trailing bytes that make no number are malformed. */
function floatValues(bytes: Uint8Array, size: 4 | 8): number[] {
  if (bytes.length % size !== 0) throw new Malformed('a packed run ends amid a number');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values: number[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    values.push(size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true));
  }
  return values;
}

/** The numbers of a short run, as attributes have them. */
export function shortRun(run: FloatRun): readonly number[] {
  return run instanceof Uint8Array && run.length % 4 === 0 ? floatValues(run, 4) : [...run];
}
