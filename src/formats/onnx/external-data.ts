/**
 * Weights beside an ONNX file. A location is a path relative to the model's folder and has to stay in
 * it: no absolute path, no "..", no symbolic link that leads out.
 */
import path from 'node:path';
import { realpath } from 'node:fs/promises';
import { failed, success, type Result } from '../../model/failure.ts';
import type { ModelProto } from './messages.ts';

export class ExternalData {
  readonly #files: ReadonlyMap<string, Uint8Array>;

  /** `files`: contents by location, as the model names them. */
  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files;
  }

  /** The bytes a tensor claims. Errors: `missing-data`. */
  slice(tensor: string, entries: ReadonlyMap<string, string>): Result<Uint8Array> {
    const location = entries.get('location') ?? '';
    const file = this.#files.get(location);
    if (file === undefined) return failed('missing-data', tensor, `no file ${location}`);
    const offset = Number(entries.get('offset') ?? 0);
    const length = Number(entries.get('length') ?? file.length - offset);
    const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
    if (!whole || offset < 0 || length < 0 || offset + length > file.length) {
      const range = `${entries.get('offset') ?? '0'} + ${entries.get('length') ?? 'rest'}`;
      return failed(
        'missing-data',
        tensor,
        `bytes ${range} of ${location}, which has ${file.length}`,
      );
    }
    return success(file.subarray(offset, offset + length));
  }
}

/** Locations in the order the model first names them. */
export function externalLocations(model: ModelProto): readonly string[] {
  const locations = new Set<string>();
  for (const { external } of model.initializers) {
    if (external !== null) locations.add(external.get('location') ?? '');
  }
  return [...locations];
}

/**
 * The file a location names, resolved against the model's folder.
 * Errors: `unsafe-path`, `missing-data`.
 */
export async function resolveLocation(
  modelPath: string,
  location: string,
): Promise<Result<string>> {
  const parts = location.split(/[\\/]/);
  const outside =
    path.isAbsolute(location) || path.win32.isAbsolute(location) || parts.includes('..');
  if (outside || location === '' || location.includes('\0')) {
    return failed('unsafe-path', '', `weights at "${location}", outside the model's folder`);
  }
  try {
    const folder = path.dirname(await realpath(modelPath));
    const file = await realpath(path.join(folder, ...parts));
    if (file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep))
      return success(file);
    return failed('unsafe-path', '', `weights at "${location}" lead outside the model's folder`);
  } catch {
    return failed('missing-data', '', `weights at "${location}" are not there`);
  }
}
