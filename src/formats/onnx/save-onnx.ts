/** A model to an ONNX file on disk, whole or not at all. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { failed, success, type Result } from '../../model/failure.ts';
import type { Model } from '../../model/model.ts';
import { modelChunks } from './write.ts';

/**
 * Writes the model to `path`, which afterwards holds the whole file or what it held before: the bytes go
 * to a file beside it that is then renamed. Weights are written from where they are.
 * Errors: those of `modelChunks`, and `cannot-write` where the file system refuses.
 */
export async function saveOnnx(path: string, model: Model): Promise<Result<null>> {
  const chunks = modelChunks(model);
  if (!chunks.ok) return chunks;
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      // Small and large chunks alternate; writev takes a limited number at once.
      for (let at = 0; at < chunks.value.length; at += 512) {
        await writeAll(file, chunks.value.slice(at, at + 512));
      }
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return success(null);
  } catch (error) {
    await rm(temporary, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('cannot-write', '', `cannot write ${path}: ${code}`);
  }
}

/** `writev` may write less than asked; what is left is written piece by piece. */
async function writeAll(
  file: Awaited<ReturnType<typeof open>>,
  chunks: readonly Uint8Array[],
): Promise<void> {
  let { bytesWritten } = await file.writev([...chunks]);
  for (const chunk of chunks) {
    const done = Math.min(bytesWritten, chunk.length);
    bytesWritten -= done;
    for (let at = done; at < chunk.length;) {
      at += (await file.write(chunk, at, Math.min(2 ** 30, chunk.length - at))).bytesWritten;
    }
  }
}
