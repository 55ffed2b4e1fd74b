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

const stretches = new WeakMap<ArrayBufferLike, FloatStretch[]>();

/**
 * A stretch of a file as float32 numbers, moved down in place where it has to be; `movable` says that the
 * bytes before it have been read and are not needed.
 */
export function floatsInPlace(bytes: Uint8Array, movable: boolean): Float32Array {
  const { buffer, byteOffset, length } = bytes;
  const shift = byteOffset % 4;
  if (shift !== 0 && !movable) return new Float32Array(bytes.slice().buffer);
  const at = byteOffset - shift;
  const overwritten = new Uint8Array(buffer).slice(at, byteOffset);
  if (shift !== 0) new Uint8Array(buffer).copyWithin(at, byteOffset, byteOffset + length);
  if (isShared(bytes)) {
    const known = stretches.get(buffer) ?? [];
    stretches.set(buffer, known);
    known.push({ at, length, overwritten });
  }
  return new Float32Array(buffer, at, length / 4);
}

/** The stretches of a large file so far, by position. */
export function floatStretches({ buffer }: Uint8Array): readonly FloatStretch[] {
  return [...(stretches.get(buffer) ?? [])].sort((a, b) => a.at - b.at);
}
