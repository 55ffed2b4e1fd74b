/** Small model files for tests of the command line: a network, its twin, a wrong twin, strangers. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { convert } from '../../src/convert/convert.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import type { Result } from '../../src/model/failure.ts';
import type { Model } from '../../src/model/model.ts';
import { scratchFolder } from './command.ts';

export interface Files {
  readonly folder: string;
  readonly original: string;
  /** The original with its shortcuts removed. */
  readonly plain: string;
  /** The original with one weight off by a thousandth. */
  readonly wrong: string;
  /** The original with its first Relu turned into an operator that does not exist. */
  readonly unknown: string;
  /** Another size of image. */
  readonly larger: string;
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.reason);
  return result.value;
}

function network(side: number): Model {
  const image = { height: side, width: side };
  return must(cifarResnet({ depth: 8, seed: 7, image, widths: [4, 4, 8] }));
}

function offByAThousandth(model: Model): Model {
  const layers = model.layers.map((layer) => {
    if (layer.kind !== 'conv' || layer.name !== 'layer2.0.conv2') return layer;
    const weight = Float32Array.from(layer.weight);
    weight[5] *= 1.001;
    return { ...layer, weight };
  });
  return { ...model, layers };
}

/** ONNX names operators as length-prefixed text, so a name of equal length keeps the file whole. */
function renameOperator(from: string, to: string, operators: { old: string; new: string }): void {
  const bytes = readFileSync(from);
  const at = bytes.indexOf(`\u0022${String.fromCharCode(operators.old.length)}${operators.old}`);
  if (at < 0) throw new Error(`no ${operators.old} in ${from}`);
  bytes.write(operators.new, at + 2, 'latin1');
  writeFileSync(to, bytes);
}

export async function writeFiles(): Promise<Files> {
  const folder = scratchFolder();
  const save = async (name: string, model: Model): Promise<string> => {
    const file = path.join(folder, name);
    must(await saveOnnx(file, model));
    return file;
  };
  const model = network(8);
  const options = {
    strategy: 'auto',
    inputRange: null,
    foldBatchNorm: true,
    fuse: false,
  } as const;
  const original = await save('original.onnx', model);
  const unknown = path.join(folder, 'unknown.onnx');
  renameOperator(original, unknown, { old: 'Relu', new: 'Rolu' });
  return {
    folder,
    original,
    plain: await save('plain.onnx', must(convert(model, options)).model),
    wrong: await save('wrong.onnx', offByAThousandth(model)),
    unknown,
    larger: await save('larger.onnx', network(9)),
  };
}
