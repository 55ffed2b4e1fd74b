/**
 * An ONNX file, and the weights beside it, as a model.
 *
 * The digest over the files is made while they are read, piece by piece: one piece is hashed while the
 * next is on its way, so it costs no pass and no copy of its own, and it is done before constant.ts aligns
 * weights in place.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { createHash, type Hash } from 'node:crypto';
import { failed, success, type Result } from '../../model/failure.ts';
import type { ReadFiles } from '../source.ts';
import { decodeModel } from './decode.ts';
import { ExternalData, externalLocations, resolveLocation } from './external-data.ts';
import { readGraph } from './read-graph.ts';

/** Protobuf's own limit; and what all files together may have. */
const largestModel = 2 ** 31 - 1;
const largestFiles = 2 ** 32;
/** Read and hashed at a time: large enough to cost few calls, small enough to overlap. */
const piece = 2 ** 23;

async function sizeOf(file: FileHandle): Promise<number | null> {
  const stat = await file.stat();
  return stat.isFile() ? stat.size : null;
}

/** Fills `into` from the start of the file and hashes it; false where the file is shorter. */
async function fill(file: FileHandle, into: Uint8Array, hash: Hash): Promise<boolean> {
  const read = async (at: number): Promise<number> =>
    at === into.length
      ? 0
      : (await file.read(into, at, Math.min(piece, into.length - at), at)).bytesRead;
  let at = 0;
  let arriving = read(0);
  while (at < into.length) {
    const count = await arriving;
    if (count === 0) return false;
    arriving = read(at + count);
    hash.update(into.subarray(at, at + count));
    at += count;
  }
  return true;
}

/** Opens, hands over, closes; a file system's refusal is a failure. */
async function withFile<T>(
  path: string,
  use: (file: FileHandle) => Promise<Result<T>>,
): Promise<Result<T>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    return await use(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('unreadable-file', '', `cannot read ${path}: ${code}`);
  } finally {
    await file?.close();
  }
}

async function readWhole(path: string, hash: Hash): Promise<Result<Uint8Array>> {
  return withFile(path, async (file) => {
    const size = await sizeOf(file);
    if (size === null) return failed('unreadable-file', '', 'not a file');
    if (size > largestModel) return failed('too-large', '', 'an ONNX file above 2 GiB');
    const bytes = new Uint8Array(size);
    return (await fill(file, bytes, hash))
      ? success(bytes)
      : failed('unreadable-file', '', 'the file shrank while it was read');
  });
}

interface External {
  readonly data: ExternalData;
  readonly bytes: number;
}

async function readBeside(
  path: string,
  locations: readonly string[],
  { hash, modelBytes }: { readonly hash: Hash; readonly modelBytes: number },
): Promise<Result<External>> {
  const found: { readonly location: string; readonly file: string; readonly size: number }[] = [];
  let total = modelBytes;
  for (const location of locations) {
    const file = await resolveLocation(path, location);
    if (!file.ok) return file;
    const size = await withFile(file.value, async (handle) => {
      const bytes = await sizeOf(handle);
      return bytes === null
        ? failed('missing-data', '', `weights at "${location}" are no file`)
        : success(bytes);
    });
    if (!size.ok) return size;
    found.push({ location, file: file.value, size: size.value });
    total += size.value;
  }
  if (total > largestFiles) return failed('too-large', '', 'model and weights above 4 GiB');
  const contents = new Map<string, Uint8Array>();
  for (const { location, file, size } of found) {
    const into = new Uint8Array(size);
    const read = await withFile(file, async (handle) =>
      (await fill(handle, into, hash))
        ? success(into)
        : failed('missing-data', '', `${file} shrank`),
    );
    if (!read.ok) return read;
    contents.set(location, into);
  }
  return success({ data: new ExternalData(contents), bytes: total - modelBytes });
}

/**
 * Reads an ONNX model with its external weights. `sha256` is that of the file, followed by its files of
 * weights in the order the model first names them.
 * Errors: everything a file can get wrong, as data; memory stays within a small multiple of the files.
 */
export async function readOnnx(path: string): Promise<Result<ReadFiles>> {
  const hash = createHash('sha256');
  const bytes = await readWhole(path, hash);
  if (!bytes.ok) return bytes;
  const modelBytes = bytes.value.length;
  const model = decodeModel(bytes.value);
  if (!model.ok) return model;
  const external = await readBeside(path, externalLocations(model.value), { hash, modelBytes });
  if (!external.ok) return external;
  const total = modelBytes + external.value.bytes;
  const read = readGraph(model.value, { external: external.value.data, bytes: total });
  return read.ok ? success({ model: read.value, sha256: hash.digest('hex'), bytes: total }) : read;
}
