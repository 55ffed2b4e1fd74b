/**
 * A model from a file of any format that is read, told apart by extension and else by content.
 *
 * Readers are loaded when they are needed: the start of the program is part of what a user waits for.
 */
import path from 'node:path';
import { failed, success, type Result } from '../model/failure.ts';
import { property } from './json.ts';
import { openToRead } from './open-file.ts';
import type { Model } from '../model/model.ts';
import type { Format, OpenFiles, ReadFiles, Source } from './source.ts';

/** A topology is text; above this a file is none. */
const largestJson = 2 ** 28;

/** Whether the first byte that is no white space opens a JSON object; null where there is no file. */
async function looksLikeJson(file: string): Promise<boolean | null> {
  try {
    const handle = await openToRead(file);
    try {
      if (!(await handle.stat()).isFile()) return null;
      const { buffer, bytesRead } = await handle.read(new Uint8Array(64), 0, 64, 0);
      const start = new TextDecoder().decode(buffer.subarray(0, bytesRead));
      return start.trimStart().startsWith('{');
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

async function readJson(file: string): Promise<Result<unknown>> {
  try {
    const handle = await openToRead(file);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return failed('unreadable-file', '', 'not a file');
      if (stat.size > largestJson) return failed('too-large', '', 'a JSON file above 256 MiB');
      return success(JSON.parse(await handle.readFile('utf8')));
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof SyntaxError ? 'not-a-model' : 'unreadable-file';
    const reason = error instanceof Error ? error.message : String(error);
    return failed(code, '', `cannot read ${file}: ${reason.split('\n')[0]}`);
  }
}

/** Which tfjs format a model.json holds, by what it says of itself and else by its topology; null for neither. */
function jsonFormat(json: unknown): Exclude<Format, 'onnx'> | null {
  const said = property(json, 'format');
  if (said === 'layers-model') return 'keras-layers';
  if (said === 'graph-model') return 'tfjs-graph';
  const topology = property(json, 'modelTopology');
  if (property(topology, 'node') !== undefined) return 'tfjs-graph';
  const config = property(topology, 'model_config') ?? property(topology, 'config');
  return config === undefined ? null : 'keras-layers';
}

function finished(read: Result<ReadFiles>): Result<OpenFiles> {
  if (!read.ok) return read;
  return success({ model: read.value.model, finish: () => Promise.resolve(read) });
}

async function openAs(format: Format, file: string, json: unknown): Promise<Result<OpenFiles>> {
  switch (format) {
    case 'onnx':
      return (await import('./onnx/read.ts')).openOnnx(file);
    case 'keras-layers':
      return finished(await (await import('./keras/read.ts')).readLayersModel(file, json));
    case 'tfjs-graph':
      return finished(await (await import('./tfjs-graph/read.ts')).readGraphModel(file, json));
  }
}

export interface OpenModel {
  readonly model: Model;
  /** Waits for the digest and the last checks. Errors: `bad-value`, for a weight that is not finite. */
  readonly finish: () => Promise<Result<Source>>;
}

/**
 * `readModel`, but that digest and finiteness of large weights may be open still: what is made of the model
 * must not be told before `finish` has come out well.
 */
export async function openModel(file: string): Promise<Result<OpenModel>> {
  const extension = path.extname(file).toLowerCase();
  const isJson = extension === '.json' || (extension !== '.onnx' && (await looksLikeJson(file)));
  if (isJson === null) return failed('unreadable-file', '', `cannot read ${file}: no such file`);
  let format: Format | null = 'onnx';
  let json: unknown = null;
  if (isJson) {
    const parsed = await readJson(file);
    if (!parsed.ok) return parsed;
    json = parsed.value;
    format = jsonFormat(json);
    if (format === null) return failed('not-a-model', '', 'JSON that is no tfjs model');
  }
  const known = format;
  const open = await openAs(known, file, json);
  if (!open.ok) return open;
  const { model, finish } = open.value;
  const source = async (): Promise<Result<Source>> => {
    const read = await finish();
    return read.ok ? success({ ...read.value, path: file, format: known }) : read;
  };
  return success({ model, finish: source });
}

/**
 * Reads an ONNX file, or the model.json of a Keras layers-model or a tfjs graph-model, with the weights
 * beside it.
 * Errors: everything the files can get wrong; an exception is a bug.
 */
export async function readModel(file: string): Promise<Result<Source>> {
  const open = await openModel(file);
  return open.ok ? open.value.finish() : open;
}
