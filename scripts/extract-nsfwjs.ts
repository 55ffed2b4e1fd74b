/**
 * Takes the pretrained MobileNetV2 out of the npm package `nsfwjs` and writes it as ordinary tfjs files,
 * so that there is a model nobody here made.
 *
 * The package holds model.json as a CommonJS module exporting an object, and each shard as one exporting
 * base64 text. Both are written as they stand: the JSON predates the `format` entry and has none.
 *
 *     npx tsx scripts/extract-nsfwjs.ts <folder>
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the package keeps its models: two folders above its main file. */
function modelFolder(require: NodeJS.Require): string {
  return join(dirname(require.resolve('nsfwjs')), '..', 'models', 'mobilenet_v2');
}

/** Shards named by the manifest, in order. */
function shardPaths(model: object): readonly string[] {
  const manifest: unknown = 'weightsManifest' in model ? model.weightsManifest : null;
  if (!Array.isArray(manifest)) throw new Error('the model in nsfwjs has no weightsManifest');
  return manifest.flatMap((group: { readonly paths: readonly string[] }) => group.paths);
}

/** Writes model.json and its shards into `folder`, which is made if need be; returns model.json's path. */
export async function extractNsfwjs(folder: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const from = modelFolder(require);
  const model: object = require(join(from, 'model.min.js'));
  await mkdir(folder, { recursive: true });
  for (const name of shardPaths(model)) {
    const base64: string = require(join(from, `${name}.min.js`));
    await writeFile(join(folder, name), Buffer.from(base64, 'base64'));
  }
  const path = join(folder, 'model.json');
  await writeFile(path, JSON.stringify(model));
  return path;
}

const started = process.argv[1];
if (started !== undefined && import.meta.url === pathToFileURL(resolve(started)).href) {
  const folder = process.argv[2];
  if (folder === undefined) {
    process.stderr.write('usage: tsx scripts/extract-nsfwjs.ts <folder>\n');
    process.exitCode = 64;
  } else {
    process.stdout.write(`${await extractNsfwjs(folder)}\n`);
  }
}
