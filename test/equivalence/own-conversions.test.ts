/**
 * What `convert` makes of every block of the catalogue, by every strategy that applies, is proved – after
 * going through a file, as a user's would – and whatever it leaves as it was is proved too.
 */
import { expect, test } from 'vitest';
import { convert } from '../../src/convert/convert.ts';
import { decodeModel } from '../../src/formats/onnx/decode.ts';
import { ExternalData } from '../../src/formats/onnx/external-data.ts';
import { readGraph } from '../../src/formats/onnx/read-graph.ts';
import { writeOnnx } from '../../src/formats/onnx/write.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { blockCases } from '../convert/cases.ts';
import { built } from '../convert/support.ts';

const inputRange = { lower: -3, upper: 3 };
const strategies = ['auto', 'nonnegative', 'prelu', 'split', 'shift'] as const;

const cases = blockCases.flatMap((block) =>
  strategies.flatMap((strategy) =>
    [false, true].flatMap((foldBatchNorm) =>
      [false, true].map((fuse) => ({ ...block, strategy, foldBatchNorm, fuse })),
    ),
  ),
);

function throughFile(model: Model): Model {
  const bytes = built(writeOnnx(model));
  const proto = built(decodeModel(bytes));
  return built(readGraph(proto, { external: new ExternalData(new Map()), bytes: bytes.length }));
}

test.each(cases)('$name, $strategy, fold $foldBatchNorm, fuse $fuse', (example) => {
  const { model, strategy, foldBatchNorm, fuse } = example;
  const conversion = built(convert(model, { strategy, inputRange, foldBatchNorm, fuse }));
  const attempt = prove(model, throughFile(conversion.model), { inputRange, maxUlps: 16 });
  expect(attempt.kind).toBe('equal');
});
