/**
 * An ONNX file, and the weights beside it, as a model.
 *
 * All files come to lie in one buffer, one after the other, so that the digest over them is one call that
 * runs in the thread pool while the graph is read. The call copies its input first, which leaves the
 * buffer free for constant.ts to align weights in: peak memory is twice the files, once they are read once.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { createHash, webcrypto } from 'node:crypto';
import { failed, success, type Result } from '../../model/failure.ts';
import type { ReadFiles } from '../source.ts';
import { decodeModel } from './decode.ts';
import { ExternalData, externalLocations, resolveLocation } from './external-data.ts';
import type { ModelProto } from './messages.ts';
import { readGraph } from './read-graph.ts';

/** Protobuf's own limit; and what all files together may have. */
const largestModel = 2 ** 31 - 1;
const largestFiles = 2 ** 32;
/** One read or hash update takes at most this. */
const chunk = 2 ** 30;

async function sizeOf(file: FileHandle): Promise<number | null> {
  const stat = await file.stat();
  return stat.isFile() ? stat.size : null;
}

/** Fills `into` from the start of the file; false where the file is shorter. */
async function fill(file: FileHandle, into: Uint8Array): Promise<boolean> {
  for (let at = 0; at < into.length;) {
    const { bytesRead } = await file.read(into, at, Math.min(chunk, into.length - at), at);
    if (bytesRead === 0) return false;
    at += bytesRead;
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

async function readWhole(path: string): Promise<Result<Uint8Array>> {
  return withFile(path, async (file) => {
    const size = await sizeOf(file);
    if (size === null) return failed('unreadable-file', '', 'not a file');
    if (size > largestModel) return failed('too-large', '', 'an ONNX file above 2 GiB');
    const bytes = new Uint8Array(size);
    return (await fill(file, bytes))
      ? success(bytes)
      : failed('unreadable-file', '', 'the file shrank while it was read');
  });
}

function digest(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= largestModel) {
    return webcrypto.subtle
      .digest('SHA-256', bytes)
      .then((hash) => Buffer.from(hash).toString('hex'));
  }
  // Beyond the limit of one call; slower, for it runs in this thread.
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += chunk) hash.update(bytes.subarray(at, at + chunk));
  return Promise.resolve(hash.digest('hex'));
}

interface Files {
  /** Model and weights, one after the other. */
  readonly bytes: Uint8Array;
  readonly external: ExternalData;
}

async function readBeside(
  path: string,
  model: Uint8Array,
  locations: readonly string[],
): Promise<Result<Files>> {
  const found: { readonly location: string; readonly file: string; readonly size: number }[] = [];
  let total = model.length;
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
  // The first file of weights starts at a multiple of four, so that float32 views need no copy.
  const front = (4 - (model.length % 4)) % 4;
  const bytes = new Uint8Array(new ArrayBuffer(front + total), front);
  bytes.set(model);
  const contents = new Map<string, Uint8Array>();
  let at = model.length;
  for (const { location, file, size } of found) {
    const into = bytes.subarray(at, at + size);
    const read = await withFile(file, async (handle) =>
      (await fill(handle, into)) ? success(into) : failed('missing-data', '', `${file} shrank`),
    );
    if (!read.ok) return read;
    contents.set(location, into);
    at += size;
  }
  return success({ bytes, external: new ExternalData(contents) });
}

async function withDigest(
  model: ModelProto,
  { bytes, external }: Files,
): Promise<Result<ReadFiles>> {
  const sha256 = digest(bytes);
  const read = readGraph(model, { external, bytes: bytes.length });
  const hash = await sha256;
  if (!read.ok) return read;
  return success({ model: read.value, sha256: hash, bytes: bytes.length });
}

/**
 * Reads an ONNX model with its external weights. `sha256` is that of the file, followed by its files of
 * weights in the order the model first names them.
 * Errors: everything a file can get wrong, as data; memory stays within a small multiple of the files.
 */
export async function readOnnx(path: string): Promise<Result<ReadFiles>> {
  const bytes = await readWhole(path);
  if (!bytes.ok) return bytes;
  const model = decodeModel(bytes.value);
  if (!model.ok) return model;
  const locations = externalLocations(model.value);
  if (locations.length === 0) {
    return withDigest(model.value, { bytes: bytes.value, external: new ExternalData(new Map()) });
  }
  const files = await readBeside(path, bytes.value, locations);
  return files.ok ? withDigest(model.value, files.value) : files;
}
