/** A difference that rounding could hide at the outputs, judged at the one channel it is traced to. */
import { describe, expect, test } from 'vitest';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { convert } from '../../src/convert/convert.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { findGap } from '../../src/refutation/search.ts';
import { channelsOf, splice } from '../../src/refutation/splice.ts';
import type { Difference, Grade } from '../../src/verdict/verdict.ts';
import { verify } from '../../src/verify.ts';
import { editConv, replaced } from '../pairs/edit.ts';
import { foldedInFloat32 } from './float32-folding.ts';

type Pair = { readonly original: Model; readonly converted: Model };

/** A CIFAR ResNet of depth 8 and its conversion with every batch norm folded. */
function folded(): Pair {
  const original = cifarResnet({ depth: 8, seed: 2, image: { height: 8, width: 9 } });
  if (!original.ok) throw new Error(original.failure.reason);
  const converted = convert(original.value, {
    strategy: 'auto',
    inputRange: null,
    foldBatchNorm: true,
    fuse: false,
  });
  if (!converted.ok) throw new Error(converted.failure.reason);
  return { original: original.value, converted: converted.value.model };
}

function withWeight(model: Model, name: string, index: number, factor: number): Model {
  return editConv(model, name, (conv) => ({
    ...conv,
    weight: replaced(conv.weight, index, (w) => w * factor),
  }));
}

function at(
  layer: string,
  channel: number,
  originalLayer: string,
  originalChannel: number,
): Difference {
  const nothing = { term: null, originalCoefficient: null, convertedCoefficient: null };
  return { layer, channel, originalLayer, originalChannel, cause: 'named by hand', ...nothing };
}

function graded({ original }: Pair): (model: Model) => Promise<Grade | null> {
  return (model) => {
    const inputRange = { lower: -Infinity, upper: Infinity };
    const attempt = prove(original, model, { inputRange, maxUlps: 16 });
    if (attempt.kind !== 'equal') return Promise.resolve(null);
    return Promise.resolve(attempt.exact ? 'exact' : 'rounded');
  };
}

test('one small weight in a thousand folded ones, off by a thousandth, is refuted at its channel', async () => {
  const { original, converted } = folded();
  const wrong = withWeight(converted, 'layer3.0.conv1', 24959, 1.001);
  const verdict = await verify(original, wrong);
  if (verdict.verdict !== 'refuted') throw new Error(verdict.verdict);
  const { gap, bound, roundingNoise, channel, replays } = verdict.counterexample;
  expect(gap).toBeGreaterThan(bound);
  // The outputs alone do not tell: this is what the channel is for.
  expect(gap).toBeLessThan(4 * roundingNoise);
  if (channel === undefined || channel === null) throw new Error('no channel');
  expect(channel.gap).toBeGreaterThan(channel.bound);
  expect(channel.gap).toBeGreaterThan(4 * channel.roundingNoise);
  expect(replays[0].layerGap).toBeGreaterThan(0);
});

function proves(pair: Pair): (model: Model) => Promise<boolean> {
  return async (model) => (await graded(pair)(model)) !== null;
}

/** The row of the weight, its bias, and the column of the next convolution that takes the factor back. */
function rescaled(model: Model, name: string, next: string, index: number, factor: number): Model {
  let channel = 0;
  const own = editConv(model, name, (conv) => {
    const row = conv.weight.length / conv.outChannels;
    channel = Math.floor(index / row);
    const weight = conv.weight.map((w, k) => (Math.floor(k / row) === channel ? w * factor : w));
    const bias = conv.bias?.map((b, k) => (k === channel ? b * factor : b)) ?? null;
    return { ...conv, weight, bias };
  });
  return editConv(own, next, (conv) => {
    const taps = conv.kernel.y * conv.kernel.x;
    const inChannels = conv.weight.length / conv.outChannels / taps;
    const isRead = (k: number): boolean => Math.floor(k / taps) % inChannels === channel;
    return { ...conv, weight: conv.weight.map((w, k) => (isRead(k) ? w / factor : w)) };
  });
}

test('so it is where the converter has rescaled the channel', async () => {
  const { original, converted } = folded();
  const right = rescaled(converted, 'layer3.0.conv1', 'layer3.0.conv2', 24959, 32);
  expect((await verify(original, right)).verdict).toBe('proved');
  const verdict = await verify(original, withWeight(right, 'layer3.0.conv1', 24959, 1.001));
  if (verdict.verdict !== 'refuted') throw new Error(verdict.verdict);
  expect(verdict.counterexample.channel).not.toBeNull();
});

describe('a correct conversion folded in float32 is not refuted', () => {
  const pair = foldedInFloat32('cancelling', { channels: 6, depth: 5, seed: 4 });
  const range = { lower: -1, upper: 1 };

  test('at channels that belong together, their splice being proved', async () => {
    const difference = at('conv3', 2, 'conv3.bn', 2);
    const channels = channelsOf(pair, difference);
    if (channels === null) throw new Error('no such channels');
    expect(await graded(pair)(splice(pair, channels))).toBe('rounded');
    const found = await findGap(pair, { range, difference, proves: proves(pair) });
    expect(found.kind).toBe('rounding');
  });

  test('at channels that do not, their splice not being proved', async () => {
    const difference = at('conv3', 2, 'conv3.bn', 4);
    const channels = channelsOf(pair, difference);
    if (channels === null) throw new Error('no such channels');
    expect(await graded(pair)(splice(pair, channels))).toBeNull();
    const found = await findGap(pair, { range, difference, proves: proves(pair) });
    expect(found.kind).toBe('rounding');
  });

  test('nor where nothing reads the channel that differs', async () => {
    const unread = (model: Model): Model =>
      editConv(model, 'conv3', (conv) => ({
        ...conv,
        // Rows of 6 input channels with 9 taps each.
        weight: conv.weight.map((w, k) => (Math.floor(k / 9) % 6 === 1 ? 0 : w)),
      }));
    const silent = { original: unread(pair.original), converted: unread(pair.converted) };
    const converted = withWeight(silent.converted, 'conv2', 60, 3);
    const difference = at('conv2', 1, 'conv2.bn', 1);
    const wrong = { ...silent, converted };
    const channels = channelsOf(wrong, difference);
    if (channels === null) throw new Error('no such channels');
    // The rest is proved, but what differs makes no difference.
    expect(await graded(wrong)(splice(wrong, channels))).toBe('rounded');
    const found = await findGap(wrong, { range, difference, proves: proves(wrong) });
    expect(found.kind).toBe('rounding');
  });
});

test('a difference that names no two channels of one extent is not traced', () => {
  const pair = folded();
  expect(channelsOf(pair, at('conv1', 0, 'no such layer', 0))).toBeNull();
  expect(channelsOf(pair, at('conv1', 0, 'layer3.0.add', 0))).toBeNull();
  expect(channelsOf(pair, at('conv1', 64, 'bn1', 0))).toBeNull();
});
