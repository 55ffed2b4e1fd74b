/** The words an explanation is made of: names of channels, readings, functions, and ratios of numbers. */
import { perChannel, type OpaqueFunction } from '../../model/layer.ts';
import type { Pair } from '../../model/shape.ts';
import type { ColumnId, ValueId } from '../form.ts';
import type { Shift } from '../shift.ts';
import { ulpsBetween } from '../ulps.ts';
import type { Models, Spots } from './context.ts';
import type { Spot, View } from './view.ts';

/** Six digits tell two numbers apart or they are not told apart in words. */
export function brief(x: number): string {
  return String(Number(x.toPrecision(6)));
}

export function channelName(view: View, spot: Spot): string {
  return `${view.step(spot).name} channel ${spot.channel}`;
}

/** A value by the name of a layer that holds it before the place it is read at, the converted model's first. */
export function valueName(models: Models, value: ValueId, at: Spots): string {
  const { interner, ours, theirs } = models;
  const own = ours.holderBefore(value, at.ours.at);
  if (own !== null) return channelName(ours, own);
  const other = theirs.holderBefore(value, at.theirs.at);
  if (other !== null) return channelName(theirs, other);
  const reading = interner.table.reading(value);
  if (reading !== null) return valueName(models, reading.value, at);
  const { layer, channel } = interner.table.get(value).origin;
  return `${layer} channel ${channel}`;
}

/** Where a value is read; nothing for the same pixel. */
function shiftWords({ offset, stride, guard }: Shift): string {
  const words: string[] = [];
  if (offset.y !== 0 || offset.x !== 0) words.push(`at offset (${offset.y},${offset.x})`);
  if (stride.y > 1 || stride.x > 1) words.push(`with stride (${stride.y},${stride.x})`);
  if (guard !== null) {
    const { top, bottom, left, right } = guard;
    words.push(`in rows ${top}–${bottom - 1}, columns ${left}–${right - 1} only`);
  }
  return words.join(' ');
}

export function columnName(models: Models, column: ColumnId, at: Spots): string {
  const { table } = models.interner;
  const name = valueName(models, table.columnValue(column), at);
  const where = shiftWords(table.shifts.get(table.columnShift(column)));
  return where === '' ? name : `${name} ${where}`;
}

const functionNames: Readonly<Record<OpaqueFunction, string>> = {
  softmax: 'softmax',
  sigmoid: 'sigmoid',
  hardSigmoid: 'hard sigmoid',
  hardSwish: 'hard swish',
  silu: 'SiLU',
  gelu: 'GELU',
  geluTanh: 'GELU (tanh approximation)',
  tanh: 'tanh',
  elu: 'ELU',
};

export function functionName(fn: OpaqueFunction): string {
  return functionNames[fn];
}

const pairText = ({ y, x }: Pair): string => `${y}×${x}`;

/** What a layer does to one of its channels, as a verb phrase; null for layers that are no functions. */
export function layerAction(view: View, spot: Spot): string | null {
  const { layer } = view.step(spot);
  switch (layer?.kind) {
    case 'relu':
      return 'applies ReLU';
    case 'clip': {
      const lower = perChannel(layer.lower, spot.channel);
      const upper = perChannel(layer.upper, spot.channel);
      if (lower === -Infinity && upper === Infinity) return 'passes the value on unchanged';
      return `clips to [${brief(lower)}, ${brief(upper)}]`;
    }
    case 'leakyRelu':
      return `applies leaky ReLU with slope ${brief(layer.slope)}`;
    case 'prelu': {
      const slope = perChannel(layer.slopes, spot.channel);
      if (slope === 0) return 'applies PReLU with slope 0, which is ReLU,';
      if (slope === 1) return 'passes the value on unchanged';
      return `applies PReLU with slope ${brief(slope)}`;
    }
    case 'opaque': {
      const name = functionName(layer.function);
      if (layer.alpha === 0 && layer.beta === 0) return `applies ${name}`;
      return `applies ${name} with parameters ${brief(layer.alpha)} and ${brief(layer.beta)}`;
    }
    case 'maxPool':
    case 'averagePool': {
      const { top, left, bottom, right } = layer.pads;
      const kind = layer.kind === 'maxPool' ? 'the maximum' : 'the average';
      const counted = layer.kind === 'averagePool' && layer.countIncludePad;
      return (
        `takes ${kind} over ${pairText(layer.kernel)} with stride ${pairText(layer.strides)} ` +
        `and padding (${top},${left},${bottom},${right})${counted ? ', which counts' : ''}`
      );
    }
    case 'globalAveragePool':
      return 'takes the average over all pixels';
    case 'pad':
      return `pads with ${brief(layer.value)}`;
    case undefined:
    case 'conv':
    case 'dense':
    case 'batchNorm':
    case 'scale':
    case 'translate':
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'concat':
    case 'select':
    case 'flatten':
      return null;
  }
}

/** Above this, units in the last place say less than the factor does. */
const countable = 2 ** 20;

/** How one number differs from another it should be; they are not equal. */
export function apart(ours: number, theirs: number): string {
  if (theirs === 0) return `is ${brief(ours)} where the original has zero`;
  if (ours === 0) return 'is zero';
  const ulps = ulpsBetween(ours - theirs, Math.max(Math.abs(ours), Math.abs(theirs)), 0);
  const opposite = Math.abs(ours + theirs) <= Math.abs(theirs) * 2 ** -16;
  if (opposite) return 'has the opposite sign';
  if (ulps < countable)
    return `is off by ${Number(ulps.toPrecision(3))} units in the last place (a factor of ${factor(ours, theirs)})`;
  return `is ${brief(ours / theirs)} times the original's`;
}

/** How a constant differs from another it should be; they are not equal. */
export function constantApart(ours: number, theirs: number): string {
  const ratio = ours / theirs;
  if (ratio > 0.5 && ratio < 2 && ratio !== 1) return apart(ours, theirs);
  if (Math.abs(ratio + 1) <= 2 ** -16) return apart(ours, theirs);
  return `is ${brief(ours)} where the original has ${theirs === 0 ? 'zero' : brief(theirs)}`;
}

/** A ratio near one with as many digits as it takes to differ from one. */
function factor(ours: number, theirs: number): string {
  const digits = Math.min(16, 3 - Math.floor(Math.log10(Math.abs(ours / theirs - 1))));
  return String(Number((ours / theirs).toPrecision(digits)));
}

export function plural(count: number, noun: string): string {
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`;
}
