/**
 * The first difference of every wrong pair: the layer of the converted model that is wrong, and the cause.
 *
 * What is expected is written from what each pair does wrong (the note of the pair), not from what comes
 * out. Where one mistake can fairly be seen at two layers, both are allowed.
 */
import { describe, expect, test } from 'vitest';
import { firstDifference } from '../../src/equivalence/first-difference.ts';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import type { Difference } from '../../src/verdict/verdict.ts';
import { wrongPairs } from '../pairs/library.ts';
import type { Pair } from '../pairs/pair.ts';

const pairs = new Map(wrongPairs().map((pair) => [pair.name.replace(/^wrong-/, ''), pair]));

function pairOf(name: string): Pair {
  const pair = pairs.get(name);
  if (pair === undefined) throw new Error(`no pair is called wrong-${name}`);
  return pair;
}

function explained(pair: Pair): Difference {
  const inputRange = pair.inputRange ?? everything;
  const attempt = prove(pair.original, pair.converted, { inputRange, maxUlps: 16 });
  if (attempt.kind !== 'unmatched') throw new Error(`${pair.name} is proved`);
  return firstDifference(attempt);
}

/** Name, layer of the converted model, cause. */
const expected: readonly (readonly [string, RegExp, RegExp])[] = [
  ['weight-off-by-a-thousandth', /^block2\.conv2$/, /one coefficient of .*1\.001/],
  ['own-weight-off-by-a-thousandth', /^block1\.conv1$/, /one coefficient of .*1\.001/],
  ['spurious-weight', /^block1\.conv1$/, /one coefficient of .*0\.000001 .*zero/],
  ['weight-off-by-a-hundred-thousandth', /^block2\.conv2$/, /one coefficient .*last place/],
  ['weight-off-by-a-thousandth-fine', /^conv1$/, /one coefficient of .*1\.001/],
  ['channels-swapped', /^block1\.conv2$/, /input channels are permuted/],
  ['reserved-channels-swapped', /^block2\.conv2$/, /channel [01] .*channel [01]: .*permuted/],
  ['kernel-transposed', /^block1\.conv2$/, /rows and columns of the kernel are exchanged/],
  ['padding-on-the-wrong-side', /^block2\.conv1$/, /moved by \(-1,0\)/],
  ['dilated', /^block2\.conv1$/, /2 times as far apart/],
  ['dirac-off-by-one', /^block1\.conv1$/, /moved by \(0,1\)/],
  ['bias-sign', /^block1\.conv2$/, /bias, has the opposite sign/],
  ['last-bias-off', /^head$/, /bias, is off by .* last place/],
  ['layer-not-loaded', /^block2\.conv1$/, /coefficients differ/],
  ['relu-missing', /^block2\.relu2$/, /unchanged where the original applies ReLU/],
  ['reserved-rows-with-bias', /^block1\.conv1$/, /bias, is 0\.5 where the original has zero/],
  ['leaky', /^block2\.relu1$/, /leaky ReLU with slope 0\.01 where the original applies ReLU/],
  ['block-on-signed-input', /^relu1$/, /applies ReLU where .* unchanged.* lower than 0/],
  [
    'relu-on-reserved',
    /^block[12]\.act[12]$/,
    /applies ReLU where the original passes .* unchanged/,
  ],
  ['relu6-lost', /^block[12]\.act[12]$/, /ReLU.* where the original clips to \[0, 6\]/],
  ['relu6-lost-in-the-stem', /^stem\.act$/, /applies ReLU where the original clips to \[0, 6\]/],
  ['reserved-clipped-at-six', /^block1\.act1$/, /clips to .*6\] where .* unchanged/],
  ['clip-below-six', /^block[12]\.act[12]$/, /clips to \[0, 5\.9\] .* \[0, 6\]/],
  ['recovered-without-shift', /^leave$/, /bias/],
  ['projection-lost', /^merge$/, /coefficients/],
  ['mask-rectified', /^merged$/, /coefficients?/],
  ['epsilon-copied', /^block1\.bn1$/, /every coefficient .*one factor.* 1\.000/],
  ['epsilon-folded', /^block1\.conv1$/, /every coefficient .*one factor.* 1\.000/],
  ['default-norm-as-identity', /^block1\.bn1$/, /every coefficient .*one factor.* 0\.99999/],
  ['batch-statistics', /^block1\.bn1$/, /every coefficient .*one factor/],
  ['scale-and-offset-exchanged', /^block2\.bn1$/, /every coefficient .*one factor/],
  ['deviation-for-variance', /^block1\.bn2$/, /every coefficient .*one factor/],
  ['bias-dropped', /^conv1$/, /bias/],
  ['bias-not-scaled', /^conv1$/, /bias/],
  ['mean-not-scaled', /^conv1$/, /bias/],
  ['order-swapped', /^conv1$/, /bias/],
  ['folded-twice', /^bn$/, /bias|one factor/],
  ['epsilon-outside-the-root', /^conv1$/, /every coefficient .*one factor/],
  ['factor-without-scale', /^conv1$/, /every coefficient .*one factor/],
  ['norm-behind-relu', /^(conv1|relu1)$/, /every coefficient .*scale/],
  ['groups-ignored', /^conv$/, /reads input channel [01] .* input channel [23]/],
  ['pruned-constant', /^conv2$/, /bias/],
  ['pruned-constant-at-the-border', /^conv2$/, /rows 0, 4 and in columns 0, 6 .* padding/],
  ['identity-index-in-group', /^block1\.conv$/, /one coefficient/],
  ['identity-of-ones', /^block1\.conv$/, /one coefficient/],
  ['padded-bias', /^merged$/, /rows 0, 4 and in columns 0, 6 .*bias meets the zero padding/],
  ['padded-bias-pooled', /^merged$/, /rows 0, 4 and in columns 0, 6 .*bias meets the zero padding/],
  ['fused-over-relu', /^ab$/, /reads input where the original reads relu/],
  ['fused-over-padding', /^ab$/, /inside the image .* border/],
  ['fused-over-stride', /^ab$/, /4×3 pixels where the original has 3×2/],
  ['fused-over-groups', /^ab$/, /coefficients/],
  ['fused-with-second-reader', /^a$/, /every coefficient .*one factor/],
  ['pointwise-in-the-corner', /^ab$/, /6 of \d+ coefficients differ/],
  ['operands-swapped', /^subtract$/, /opposite sign/],
  ['padding-counted', /^mean$/, /border: the padding/],
  ['pad-before-max-pool', /^max$/, /maximum of a channel 0 where .* pad channel 0/],
  ['other-phase', /^a$/, /moved by \(1,1\)/],
  ['gate-on-another-tensor', /^gated$/, /conv2\.bn channel .* where .* relu1 channel/],
  ['gate-off-by-one-channel', /^(gate|excite)$/, /excite channel \d .* excite channel \d/],
  ['moved-there-and-back', /^(there|back)$/, /border/],
  ['moved-by-one-kernel', /^both$/, /border/],
  ['rescaled-by-minus-one', /^conv1$/, /every coefficient has the opposite sign/],
  ['maximum-rescaled-by-minus-one', /^max$/, /maximum of the negated value/],
  ['difference-of-non-negatives', /^minus$/, /unchanged where the original applies ReLU/],
  ['clip-after-doubling', /^again$/, /bends|clips/],
  ['shifted-clip', /^(act|back)$/, /bends where/],
  ['average-of-uneven-tiles', /^tiles$/, /3×4 pixels where the original has 5×7/],
  ['pad-with-one', /^pad$/, /pads with 1 where the original pads with 0/],
  ['product-squared', /^product$/, /multiplies by .* where .* gate channel/],
  ['other-gate', /^gate$/, /hard swish where the original applies SiLU/],
  ['other-gelu', /^gate$/, /GELU \(tanh approximation\) where the original applies GELU/],
  ['softmax-split', /^low$/, /softmax over 2 channels where the original has 4/],
  ['softmax-of-others', /^(conv|two|softmax)$/, /conv channel 2 .* conv channel 1/],
  ['range-at-the-border', /^ones$/, /unchanged where the original applies ReLU/],
  ['range-too-wide', /^act$/, /where the original clips to \[0, 6\]/],
  ['outputs-exchanged', /^(first|second|relu)$/, /b\.relu channel 0 .* a\.relu channel 0/],
];

describe('a wrong pair is explained by', () => {
  test.each(expected)('%s', (name, layer, cause) => {
    const difference = explained(pairOf(name));
    expect(difference.layer).toMatch(layer);
    expect(difference.cause).toMatch(cause);
  });
});

function channelsOf(model: Model, name: string): number {
  const layer = model.layers.find((l) => l.name === name);
  const port = model.inputs.find((p) => p.name === name);
  const tensor = layer?.output ?? port?.tensor;
  return tensor === undefined ? 0 : shapeOf(model, tensor).channels;
}

describe('an explanation', () => {
  const all = [...pairs.values()].map((pair): [string, Pair] => [pair.name, pair]);

  test.each(all)('names channels that exist and numbers that differ: %s', (_, pair) => {
    const difference = explained(pair);
    expect(difference.channel).toBeLessThan(channelsOf(pair.converted, difference.layer));
    const { originalLayer, originalChannel, originalCoefficient, convertedCoefficient } =
      difference;
    expect(originalLayer).not.toBeNull();
    expect(originalChannel).toBeLessThan(channelsOf(pair.original, originalLayer ?? ''));
    expect(difference.cause).not.toMatch(/undefined|NaN|null/);
    if (difference.term === null) return;
    expect(Number.isFinite(originalCoefficient) && Number.isFinite(convertedCoefficient)).toBe(
      true,
    );
    expect(originalCoefficient).not.toBe(convertedCoefficient);
  });

  test('shows the two coefficients where one weight is off', () => {
    const { term, originalCoefficient, convertedCoefficient } = explained(
      pairOf('weight-off-by-a-thousandth'),
    );
    expect(term).toMatch(/^block2\.relu1 channel \d at offset/);
    expect((convertedCoefficient ?? 0) / (originalCoefficient ?? 1)).toBeCloseTo(1.001, 6);
  });

  test('shows a spurious coefficient beside zero', () => {
    const difference = explained(pairOf('spurious-weight'));
    expect(difference).toMatchObject({
      channel: 0,
      originalCoefficient: 0,
      convertedCoefficient: Math.fround(1e-6),
    });
  });

  test('names the reserved channel that is moved, and the channel it should be', () => {
    expect(explained(pairOf('dirac-off-by-one'))).toMatchObject({
      channel: 2,
      originalLayer: 'stem.relu',
      originalChannel: 2,
    });
  });

  test('shows the constants at a pixel of the border', () => {
    const difference = explained(pairOf('padded-bias'));
    expect(difference.term).toMatch(/^the constant of the channel at pixel \([04],\d\)$/);
  });
});
