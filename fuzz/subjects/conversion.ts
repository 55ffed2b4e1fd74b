/** What `convert` does with a model file, in every strategy in turn, and whether its result can be read again. */
import path from 'node:path';
import { convert } from '../../src/convert/convert.ts';
import { strategies } from '../../src/convert/strategy.ts';
import { readModel } from '../../src/formats/read-model.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { demand, type Subject } from '../subject.ts';
import { demandFailure, mainFile, readCase } from './reading.ts';

/** How the same case is converted the next time: one way a case, or the slowest decides. */
let turn = 0;

const subject: Subject = async (folder) => {
  const file = mainFile(folder);
  const source = await readCase(file);
  if (!source.ok) return source.failure.code;
  const way = turn++;
  const conversion = convert(source.value.model, {
    strategy: strategies[way % strategies.length],
    inputRange: way % 3 === 0 ? { lower: 0, upper: 1 } : null,
    foldBatchNorm: way % 2 === 0,
    fuse: way % 4 < 2,
  });
  if (!conversion.ok) return demandFailure(file, conversion.failure);
  const output = path.join(folder, 'written.onnx');
  const saved = await saveOnnx(output, conversion.value.model);
  if (!saved.ok) return `converted, ${demandFailure(file, saved.failure)}`;
  const again = await readModel(output);
  demand(again.ok, `what convert wrote cannot be read: ${again.ok ? '' : again.failure.reason}`);
  return conversion.value.removed.length > 0 ? 'converted' : 'kept';
};

export default subject;
