/**
 * What `convert` makes of every block of the catalogue, by every strategy that applies, is proved – after
 * going through a file, as a user's would – and whatever it leaves as it was is proved too.
 */
import { expect, test } from 'vitest';
import { convert } from '../../src/convert/convert.ts';
import { prove } from '../../src/equivalence/prove.ts';
import { blockCases } from '../convert/cases.ts';
import { built } from '../convert/support.ts';
import { throughFile } from '../convert/through-file.ts';

const inputRange = { lower: -3, upper: 3 };
const strategies = ['auto', 'nonnegative', 'prelu', 'split', 'shift'] as const;

const cases = blockCases.flatMap((block) =>
  strategies.flatMap((strategy) =>
    [false, true].flatMap((foldBatchNorm) =>
      [false, true].map((fuse) => ({ ...block, strategy, foldBatchNorm, fuse })),
    ),
  ),
);

test.each(cases)('$name, $strategy, fold $foldBatchNorm, fuse $fuse', (example) => {
  const { model, strategy, foldBatchNorm, fuse } = example;
  const conversion = built(convert(model, { strategy, inputRange, foldBatchNorm, fuse }));
  const attempt = prove(model, throughFile(conversion.model), { inputRange, maxUlps: 16 });
  expect(attempt.kind).toBe('equal');
});
