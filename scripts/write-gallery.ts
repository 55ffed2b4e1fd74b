/** Writes the networks of test/gallery, one folder for each mistake; expected.txt is written by hand. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { saveOnnx } from '../src/formats/onnx/save-onnx.ts';
import { galleryEntries } from '../test/gallery/entries.ts';

const gallery = path.resolve(import.meta.dirname, '../test/gallery');

for (const { folder, original, converted } of galleryEntries()) {
  const to = path.join(gallery, folder);
  mkdirSync(to, { recursive: true });
  for (const [name, model] of Object.entries({ original, converted })) {
    const saved = await saveOnnx(path.join(to, `${name}.onnx`), model);
    if (!saved.ok) throw new Error(`${folder}: ${saved.failure.reason}`);
  }
}
