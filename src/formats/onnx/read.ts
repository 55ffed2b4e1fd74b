/**
 * An ONNX file, and the weights beside it, as a model.
 *
 * The digest over large files, and the check that their weights are finite, are left to a thread
 * (digest.ts): together they take as long as a proof, which may begin meanwhile.
 */
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { failed, success, type Failure, type Result } from '../../model/failure.ts';
import { infiniteParameter } from '../../model/infer-shape.ts';
import type { Model } from '../../model/model.ts';
import { digestOf, prepareDigest } from '../digest.ts';
import { alignShared, fileBytes } from '../file-bytes.ts';
import { openToRead } from '../open-file.ts';
import type { OpenFiles, ReadFiles } from '../source.ts';
import { decodeModel } from './decode.ts';
import { ExternalData, externalLocations, resolveLocation } from './external-data.ts';
import { isFloat32 } from './constant.ts';
import type { ModelProto } from './messages.ts';
import { readGraph } from './read-graph.ts';

/** Protobuf's own limit; and what all files together may have. */
const largestModel = 2 ** 31 - 1;
const largestFiles = 2 ** 32;
/** Read at a time: large enough to cost few calls, small enough to be interrupted. */
const piece = 2 ** 23;

async function sizeOf(file: FileHandle): Promise<number | null> {
  const stat = await file.stat();
  return stat.isFile() ? stat.size : null;
}

/** Fills `into` from the start of the file; false where the file is shorter. */
async function fill(file: FileHandle, into: Uint8Array): Promise<boolean> {
  for (let at = 0; at < into.length;) {
    const { bytesRead } = await file.read(into, at, Math.min(piece, into.length - at), at);
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
    file = await openToRead(path);
    return await use(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('unreadable-file', '', `cannot read ${path}: ${code}`);
  } finally {
    await file?.close();
  }
}

interface Decoded {
  readonly bytes: Uint8Array;
  readonly proto: ModelProto;
}

/** Weights of a large file, each on a multiple of four bytes. */
function aligned(proto: ModelProto, fd: number): ModelProto {
  const read = (into: Uint8Array, position: number): void => {
    let at = 0;
    for (let count = 1; at < into.length && count > 0; at += count) {
      count = readSync(fd, into, at, into.length - at, position + at);
    }
  };
  const initializers = proto.initializers.map((tensor) =>
    tensor.raw === null || !isFloat32(tensor.dataType)
      ? tensor
      : { ...tensor, raw: alignShared(tensor.raw, read) },
  );
  return { ...proto, initializers };
}

async function readWhole(path: string): Promise<Result<Decoded>> {
  return withFile(path, async (file) => {
    const size = await sizeOf(file);
    if (size === null) return failed('unreadable-file', '', 'not a file');
    if (size > largestModel) return failed('too-large', '', 'an ONNX file above 2 GiB');
    const bytes = fileBytes(size);
    prepareDigest(bytes);
    if (!(await fill(file, bytes))) {
      return failed('unreadable-file', '', 'the file shrank while it was read');
    }
    const proto = decodeModel(bytes);
    return proto.ok ? success({ bytes, proto: aligned(proto.value, file.fd) }) : proto;
  });
}

/** Contents of the files of weights by location, in order, and their bytes together. */
interface External {
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly bytes: number;
}

async function readBeside(
  path: string,
  locations: readonly string[],
  modelBytes: number,
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
    const into = fileBytes(size);
    const read = await withFile(file, async (handle) =>
      (await fill(handle, into)) ? success(into) : failed('missing-data', '', `${file} shrank`),
    );
    if (!read.ok) return read;
    contents.set(location, into);
  }
  return success({ contents, bytes: total - modelBytes });
}

/** Where a parameter is not finite; null where none of the model's is. */
function nonFinite(model: Model): Failure | null {
  for (const layer of model.layers) {
    const reason = infiniteParameter(layer);
    if (reason !== null) return { code: 'bad-value', node: layer.name, reason };
  }
  return null;
}

/**
 * Reads an ONNX model with its external weights. `sha256` is that of the file, followed by its files of
 * weights in the order the model first names them. Of large files it is still being made when the model is
 * there, and the weights are still being checked for numbers that are not finite.
 * Errors: everything a file can get wrong, as data; memory stays within a small multiple of the files.
 */
export async function openOnnx(path: string): Promise<Result<OpenFiles>> {
  const whole = await readWhole(path);
  if (!whole.ok) return whole;
  const { bytes, proto } = whole.value;
  const external = await readBeside(path, externalLocations(proto), bytes.length);
  if (!external.ok) return external;
  const { contents } = external.value;
  const digest = digestOf([bytes, ...contents.values()]);
  const total = bytes.length + external.value.bytes;
  const files = { external: new ExternalData(contents), bytes: total };
  const read = readGraph(proto, files);
  if (!read.ok) return read;
  const model = read.value;
  const digested = digest();
  // Whoever asks for it is told; until then it is nobody's exception.
  digested.catch(() => null);
  const finish = async (): Promise<Result<ReadFiles>> => {
    const ended = await digested.catch((error: unknown) => String(error));
    if (typeof ended === 'string') {
      return failed('unreadable-file', '', `its digest could not be taken: ${ended}`);
    }
    const { sha256, finite } = ended;
    const failure = finite ? null : nonFinite(model);
    return failure === null ? success({ model, sha256, bytes: total }) : { ok: false, failure };
  };
  return success({ model, finish });
}

/** `openOnnx`, waited for. */
export async function readOnnx(path: string): Promise<Result<ReadFiles>> {
  const open = await openOnnx(path);
  return open.ok ? open.value.finish() : open;
}
