/**
 * A block from a file: TypeScript or JavaScript, which is run and exports one by default, or a model of one.
 *
 * What such a program throws, and what is wrong with the block it makes, is a failure with the line it stands on.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Block } from '../audit/graph.ts';
import { failed, success, type Result } from '../model/failure.ts';

/**
 * Errors: `unreadable-file` (no such file, or it throws), `not-a-model` (it exports something else),
 * `bad-attribute` (the block has a mistake), and those of a model's reader.
 */
export async function readBlock(file: string): Promise<Result<Block>> {
  const absolute = path.resolve(file);
  if (path.extname(file) === '.onnx') {
    const { readModel } = await import('../formats/read-model.ts');
    const { blockOf } = await import('../audit/from-model.ts');
    const source = await readModel(file);
    return source.ok ? blockOf(source.value.model, path.basename(file, '.onnx')) : source;
  }
  try {
    await stat(absolute);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('unreadable-file', '', `cannot be read (${code})`);
  }
  const [{ importFile }, api, { isBlock }] = await Promise.all([
    import('../formats/code-file.ts'),
    import('../index.ts'),
    import('../audit/block.ts'),
  ]);
  let content: unknown;
  try {
    content = await importFile(absolute, { plainproof: api });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed('unreadable-file', '', `cannot be loaded: ${reason.split('\n')[0]}`);
  }
  if (!isBlock(content)) return failed('not-a-model', '', 'its default export is no block');
  const [mistake] = content.mistakes;
  if (mistake === undefined) return success(content);
  const { place, reason } = mistake;
  const more = content.mistakes.length === 1 ? '' : ` (and ${content.mistakes.length - 1} more)`;
  const where = place === null ? '' : `line ${place.line}, column ${place.column}`;
  return failed('bad-attribute', where, `${reason}${more}`);
}
