/** Two networks that are equal for a reason that only z3 sees: the checker has no certificate of it. */
import path from 'node:path';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom, type Filter } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function matrix(rows: readonly (readonly number[])[]): Filter {
  const size = { inChannels: rows[0].length, outChannels: rows.length, height: 1, width: 1 };
  return filterFrom(size, (o, i) => rows[o][i], null);
}

/** relu(x) + relu(z) − relu(x + z), which is never negative; only z3 sees that a ReLU behind it does nothing. */
function subadditive(step: (s: Sketch, x: TensorId) => TensorId): Model {
  const s = new Sketch();
  const three = s.conv(
    'branches',
    s.input(2, 5, 6),
    matrix([
      [1, 0],
      [0, 1],
      [1, 1],
    ]),
  );
  const sum = s.conv('merge', s.relu('branches.relu', three), matrix([[1, 1, -1]]));
  return s.finish(s.conv('head', step(s, sum), matrix([[2]])));
}

/** Files of the network with that ReLU and without. */
export async function writeSubadditive(folder: string): Promise<readonly [string, string]> {
  const write = async (name: string, model: Model): Promise<string> => {
    const file = path.join(folder, `${name}.onnx`);
    const saved = await saveOnnx(file, model);
    if (!saved.ok) throw new Error(saved.failure.reason);
    return file;
  };
  return [
    await write(
      'with-relu',
      subadditive((s, x) => s.relu('relu', x)),
    ),
    await write(
      'without-relu',
      subadditive((_, x) => x),
    ),
  ];
}
