/**
 * The weights beside a tfjs model.json: a manifest of groups, each a list of tensors whose bytes follow
 * one another through the group's shard files.
 *
 * All claims are checked before memory is taken for them: paths stay inside the model's folder, and the
 * bytes the tensors claim are the bytes the files have. Tensors are decoded when asked for, so the peak is
 * the files plus what the model keeps. Float32 tensors are views of the file where alignment permits.
 */
import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { failed, success, type Result } from '../model/failure.ts';
import { openToRead } from './open-file.ts';
import { countList, isList, isObject, property, quote, type JsonObject } from './json.ts';

/** How the bytes of a tensor are to be read; affine: v · scale + min. */
type Encoding =
  | { readonly kind: 'plain' }
  | { readonly kind: 'float16' }
  | {
      readonly kind: 'affine';
      readonly width: 1 | 2;
      readonly scale: number;
      readonly min: number;
    };

export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  /** What tfjs files the tensor under: `optimizer` for training state, empty for none. */
  readonly group: string;
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
}

export interface StoredWeights {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Digest over model.json and the shards in the order the manifest names them. */
  readonly sha256: string;
  readonly bytes: number;
}

type Claim = Omit<StoredTensor, 'bytes'> & { readonly length: number };

function readEncoding(quantization: unknown): Encoding | null {
  if (quantization === undefined || quantization === null) return { kind: 'plain' };
  const dtype = property(quantization, 'dtype');
  if (dtype === 'float16') return { kind: 'float16' };
  if (dtype !== 'uint8' && dtype !== 'uint16') return null;
  const scale = property(quantization, 'scale');
  const min = property(quantization, 'min');
  if (typeof scale !== 'number' || typeof min !== 'number') return null;
  return { kind: 'affine', width: dtype === 'uint8' ? 1 : 2, scale, min };
}

function widthOf(dtype: StoredTensor['dtype'], encoding: Encoding): number {
  if (encoding.kind === 'float16') return 2;
  if (encoding.kind === 'affine') return encoding.width;
  return dtype === 'bool' ? 1 : 4;
}

function readClaim(entry: unknown): Result<Claim> {
  const name = property(entry, 'name');
  if (typeof name !== 'string') return failed('not-a-model', '', 'a weight without a name');
  const shape = countList(property(entry, 'shape'));
  if (shape === null) return failed('bad-shape', name, 'the weight has no static shape');
  const dtype = property(entry, 'dtype') ?? 'float32';
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    return failed('bad-attribute', name, `weights of type ${quote(dtype)} are not understood`);
  }
  const encoding = readEncoding(property(entry, 'quantization'));
  if (encoding === null || (encoding.kind !== 'plain' && dtype === 'bool')) {
    return failed('bad-attribute', name, 'its quantization is not understood');
  }
  if (encoding.kind === 'float16' && dtype !== 'float32') {
    return failed('bad-attribute', name, `float16 cannot stand for ${dtype}`);
  }
  const length = shape.reduce((product, n) => product * n, 1) * widthOf(dtype, encoding);
  if (!Number.isSafeInteger(length)) return failed('too-large', name, `claims ${length} bytes`);
  const group = property(entry, 'group');
  return success({
    name,
    shape,
    dtype,
    group: typeof group === 'string' ? group : '',
    encoding,
    length,
  });
}

interface Shard {
  readonly path: string;
  readonly size: number;
}

async function findShard(folder: string, name: unknown): Promise<Result<Shard>> {
  if (typeof name !== 'string') return failed('not-a-model', '', 'a shard without a path');
  const inside = (path: string, root: string): boolean => {
    const way = relative(root, path);
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  };
  const path = resolve(folder, name);
  if (isAbsolute(name) || !inside(path, folder)) {
    return failed('unsafe-path', name, "lies outside the model's folder");
  }
  try {
    // A symbolic link may lead out of the folder even where its name does not.
    if (!inside(await realpath(path), await realpath(folder))) {
      return failed('unsafe-path', name, "leads outside the model's folder");
    }
    const status = await stat(path);
    if (!status.isFile()) return failed('missing-data', name, 'is no file');
    return success({ path, size: status.size });
  } catch {
    return failed('missing-data', name, 'the file of weights cannot be read');
  }
}

/** Fills `target` from the file; false if the file turns out shorter. */
async function fill(path: string, target: Uint8Array): Promise<boolean> {
  const file = await openToRead(path);
  try {
    // One read is limited to 2³¹ − 1 bytes.
    const most = 2 ** 30;
    for (let done = 0; done < target.length;) {
      const part = target.subarray(done, done + most);
      const { bytesRead } = await file.read(part, 0, part.length, done);
      if (bytesRead === 0) return false;
      done += bytesRead;
    }
    return true;
  } finally {
    await file.close();
  }
}

interface Group {
  readonly bytes: Uint8Array;
  readonly tensors: readonly StoredTensor[];
}

async function readGroup(folder: string, group: JsonObject): Promise<Result<Group>> {
  const { paths, weights } = group;
  if (!isList(paths) || !isList(weights)) {
    return failed('not-a-model', '', 'a group of weights without paths or weights');
  }
  const claims: Claim[] = [];
  let claimed = 0;
  for (const entry of weights) {
    const claim = readClaim(entry);
    if (!claim.ok) return claim;
    claims.push(claim.value);
    claimed += claim.value.length;
  }
  const shards: Shard[] = [];
  for (const name of paths) {
    const shard = await findShard(folder, name);
    if (!shard.ok) return shard;
    shards.push(shard.value);
  }
  const total = shards.reduce((sum, shard) => sum + shard.size, 0);
  if (total !== claimed) {
    const node = claims.at(-1)?.name ?? '';
    return failed(
      'missing-data',
      node,
      `the weights claim ${claimed} bytes, the files have ${total}`,
    );
  }
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const { path, size } of shards) {
    if (!(await fill(path, bytes.subarray(offset, offset + size)))) {
      return failed('missing-data', path, 'the file of weights is shorter than it was');
    }
    offset += size;
  }
  let start = 0;
  const tensors = claims.map(({ length, ...claim }) => {
    start += length;
    return { ...claim, bytes: bytes.subarray(start - length, start) };
  });
  return success({ bytes, tensors });
}

/**
 * Reads every group of the manifest.
 * Errors: `unsafe-path`, `missing-data` (no such file, or not the bytes claimed), `not-a-model`,
 * `bad-shape`, `bad-attribute`, `bad-value` (two tensors of one name), `too-large`.
 */
export async function readWeights(
  modelPath: string,
  manifest: unknown,
): Promise<Result<StoredWeights>> {
  if (!isList(manifest)) return failed('not-a-model', '', 'there is no weightsManifest');
  const folder = resolve(dirname(modelPath));
  const digest = createHash('sha256');
  const tensors = new Map<string, StoredTensor>();
  let total = 0;
  try {
    const { size } = await stat(modelPath);
    const model = new Uint8Array(size);
    if (!(await fill(modelPath, model))) return failed('unreadable-file', '', 'cannot be read');
    digest.update(model);
    total += size;
    for (const group of manifest) {
      if (!isObject(group)) return failed('not-a-model', '', 'a group of weights is no object');
      const read = await readGroup(folder, group);
      if (!read.ok) return read;
      digest.update(read.value.bytes);
      total += read.value.bytes.length;
      for (const tensor of read.value.tensors) {
        if (tensors.has(tensor.name))
          return failed('bad-value', tensor.name, 'two weights of one name');
        tensors.set(tensor.name, tensor);
      }
    }
  } catch (error) {
    const fromSystem = error instanceof Error && ('code' in error || error instanceof RangeError);
    if (!fromSystem) throw error;
    return failed('unreadable-file', '', 'the files cannot be read');
  }
  return success({ tensors, sha256: digest.digest('hex'), bytes: total });
}

/** The value of a binary16 number; every one of them is a float32. */
function widen(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The bytes as 16- or 32-bit words; copied only where they are not aligned. */
function aligned(
  bytes: Uint8Array,
  width: number,
): { readonly buffer: ArrayBuffer; readonly at: number } {
  const buffer = bytes.buffer;
  if (buffer instanceof ArrayBuffer && bytes.byteOffset % width === 0) {
    return { buffer, at: bytes.byteOffset };
  }
  return { buffer: new Uint8Array(bytes).buffer, at: 0 };
}

function quantized(tensor: StoredTensor): Uint8Array | Uint16Array {
  if (tensor.encoding.kind === 'affine' && tensor.encoding.width === 1) return tensor.bytes;
  const { buffer, at } = aligned(tensor.bytes, 2);
  return new Uint16Array(buffer, at, tensor.bytes.length / 2);
}

/** The tensor as float32. Quantized values are v · scale + min in double precision, rounded once. */
export function decodeFloats(tensor: StoredTensor): Float32Array {
  const { encoding, bytes } = tensor;
  if (encoding.kind === 'plain') {
    const { buffer, at } = aligned(bytes, 4);
    return new Float32Array(buffer, at, bytes.length / 4);
  }
  const stored = quantized(tensor);
  const values = new Float32Array(stored.length);
  if (encoding.kind === 'float16') {
    for (let i = 0; i < stored.length; i++) values[i] = widen(stored[i]);
  } else {
    const { scale, min } = encoding;
    for (let i = 0; i < stored.length; i++) values[i] = stored[i] * scale + min;
  }
  return values;
}

/** The tensor as whole numbers, for shapes, axes and paddings. */
export function decodeIntegers(tensor: StoredTensor): readonly number[] {
  const { encoding, bytes, dtype } = tensor;
  if (encoding.kind === 'affine') {
    const { scale, min } = encoding;
    return Array.from(quantized(tensor), (v) => Math.round(v * scale + min));
  }
  if (dtype === 'bool') return Array.from(bytes);
  const { buffer, at } = aligned(bytes, 4);
  return Array.from(new Int32Array(buffer, at, bytes.length / 4));
}
