/**
 * The bytes of a file, and what readers did to them: which stretches became float32 arrays in place.
 *
 * A large file lies in memory that a thread can share: its digest is taken, and its weights are checked,
 * beside everything else (digest.ts). Weights that do not lie on a multiple of four bytes are moved down over
 * bytes already read, so what was overwritten is kept for the digest.
 */

/** Weights used where they lie. */
export interface FloatStretch {
  /** Position of the first byte now. */
  readonly at: number;
  /** In bytes. */
  readonly length: number;
  /** The bytes that stood at `at` before the stretch was moved down by as many; empty where it was not moved. */
  readonly overwritten: Uint8Array;
}

/** Below this a thread costs more than it saves. */
const large = 2 ** 23;

/** Zeroed memory for a file. */
export function fileBytes(size: number): Uint8Array {
  return new Uint8Array(size < large ? new ArrayBuffer(size) : new SharedArrayBuffer(size));
}

/** Whether a thread looks after digest and weights. */
export function isShared({ buffer }: { readonly buffer: ArrayBufferLike }): boolean {
  return buffer instanceof SharedArrayBuffer;
}

const stretches = new WeakMap<ArrayBufferLike, Map<number, FloatStretch>>();

function note(buffer: ArrayBufferLike, stretch: FloatStretch): void {
  const known = stretches.get(buffer) ?? new Map<number, FloatStretch>();
  stretches.set(buffer, known);
  if (!known.has(stretch.at)) known.set(stretch.at, stretch);
}

/** Fewer bytes are copied; before more there are three at least that are not needed, their tag and length. */
const movable = 128;

/**
 * Float32 numbers of a large file, moved down to a multiple of four bytes over their own tag and length, which
 * have been read. They are read once more, into their new place: shared memory is slow to move.
 */
export function alignShared(
  bytes: Uint8Array,
  read: (into: Uint8Array, position: number) => void,
): Uint8Array {
  const { buffer, byteOffset, length } = bytes;
  const shift = byteOffset % 4;
  if (shift === 0 || length < movable || !isShared(bytes)) return bytes;
  const at = byteOffset - shift;
  note(buffer, { at, length, overwritten: Uint8Array.from(new Uint8Array(buffer, at, shift)) });
  const moved = new Uint8Array(buffer, at, length);
  read(moved, byteOffset);
  return moved;
}

/**
 * A stretch of a file as float32 numbers, in place where it can be. `own`: the bytes before it belong to it, have
 * been read and may be written over.
 */
export function floatsInPlace(bytes: Uint8Array, own: boolean): Float32Array {
  const { buffer, byteOffset, length } = bytes;
  const shift = byteOffset % 4;
  if (shift === 0) {
    if (isShared(bytes)) note(buffer, { at: byteOffset, length, overwritten: new Uint8Array(0) });
    return new Float32Array(buffer, byteOffset, length / 4);
  }
  if (!own || length < movable || isShared(bytes)) return new Float32Array(bytes.slice().buffer);
  new Uint8Array(buffer).copyWithin(byteOffset - shift, byteOffset, byteOffset + length);
  return new Float32Array(buffer, byteOffset - shift, length / 4);
}

/** The stretches of a large file so far, by position. */
export function floatStretches({ buffer }: Uint8Array): readonly FloatStretch[] {
  return [...(stretches.get(buffer)?.values() ?? [])].sort((a, b) => a.at - b.at);
}
