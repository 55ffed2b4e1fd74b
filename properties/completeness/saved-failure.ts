/** Keeps a failing pair for whoever looks into it: both models as ONNX, and the recipe they came from. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { drawConversion, type ConversionRecipe } from '../arbitraries/conversion.ts';

const folder = 'reports/failures';

/** Saves the pair; says where, and the command that asks for its verdict. */
export async function saveFailure(recipe: ConversionRecipe): Promise<string> {
  const text = JSON.stringify(recipe, null, 2);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const at = path.join(folder, digest);
  await mkdir(at, { recursive: true });
  await writeFile(path.join(at, 'recipe.json'), `${text}\n`);
  const files: string[] = [];
  for (const [side, model] of Object.entries(drawConversion(recipe))) {
    const file = path.join(at, `${side}.onnx`);
    const saved = await saveOnnx(file, model);
    if (!saved.ok) return `The ${side} model could not be written: ${saved.failure.reason}`;
    files.push(file);
  }
  return `Saved; its verdict: npx tsx src/cli/main.ts verify ${files.join(' ')}\n${text}`;
}
