/**
 * What `convert` makes of every block of the catalogue has a certificate that the checker accepts, also after it has
 * gone through JSON, and does not accept of another network.
 */
import { expect, test } from 'vitest';
import { certificateOf, certificateText } from '../../src/certificate/certificate-json.ts';
import { certify } from '../../src/certificate/certify.ts';
import { check } from '../../src/checker/check.ts';
import { convert } from '../../src/convert/convert.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { blockCases } from '../convert/cases.ts';
import { built } from '../convert/support.ts';
import { throughFile } from '../convert/through-file.ts';

const inputRange = { lower: -3, upper: 3 };
const strategies = ['auto', 'nonnegative', 'prelu', 'split', 'shift'] as const;

const cases = blockCases.flatMap((block) =>
  strategies.flatMap((strategy) =>
    [false, true].map((foldBatchNorm) => ({ ...block, strategy, foldBatchNorm })),
  ),
);

/** The last layer with weights, all its weights others: one alone may be multiplied by zero. */
function withOtherWeights(model: Model): Model {
  const last = model.layers.findLastIndex(({ kind }) => kind === 'conv' || kind === 'dense');
  const layers = model.layers.map((layer, i) => {
    if (i !== last || (layer.kind !== 'conv' && layer.kind !== 'dense')) return layer;
    return { ...layer, weight: layer.weight.map((w) => w + 1) };
  });
  return { ...model, layers };
}

test.each(cases)('$name, $strategy, fold $foldBatchNorm', async (example) => {
  const { model, strategy, foldBatchNorm } = example;
  const conversion = built(convert(model, { strategy, inputRange, foldBatchNorm, fuse: false }));
  const converted = throughFile(conversion.model);
  const attempt = prove(model, converted, { inputRange, maxUlps: 16, record: true });
  if (attempt.kind !== 'equal' || attempt.recorded === null) throw new Error('not proved');
  const { theorems } = attempt;
  const header = { theorems, inputRange: [-3, 3], maxUlps: 16 } as const;
  const certified = await certify(attempt.recorded, { original: model, converted }, header);
  if (!certified.ok) throw new Error(certified.reason);
  const certificate = { ...certified.argument, models: ['a', 'b'], library: 'c' } as const;
  const read = built(certificateOf(JSON.parse(certificateText(certificate))));
  expect(read).toEqual(certificate);
  const checked = check(model, converted, read);
  if (!checked.ok) throw new Error(checked.reason);
  // What is written leaves other checkers a slack.
  expect(checked.ulps).toBeLessThanOrEqual(read.maxUlps);
  expect(read.maxUlps).toBeLessThanOrEqual(checked.ulps + 2 ** -16);
  // One bound with error, the other without: they agree but for that.
  expect(read.maxUlps).toBeLessThan(attempt.ulps + 2 ** -10);
  expect(check(model, withOtherWeights(converted), read).ok).toBe(false);
});
