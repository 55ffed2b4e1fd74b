/**
 * A plain network as data: a chain of units, each a convolution with what follows it.
 *
 * Whatever residual-free twin a converter builds is such a chain, so the styles of converters are functions
 * from chains to chains that need to know nothing of the block a unit came from. Numbers are float64 until
 * a sketch writes them: a conversion of any number of steps rounds once.
 */
import type { TensorId } from '../model/layer.ts';
import type { Filter } from './filter.ts';
import { factors, type Norm } from './norm.ts';
import type { Sketch } from './sketch.ts';

/** The activation of one channel. */
export type Bend = 'none' | 'relu' | 'relu6';

/** What stands in front of a unit's convolution; `mean` makes it a dense layer. */
export type Pooling = 'nothing' | 'maxPool' | 'mean';

export interface Unit {
  readonly kind: 'unit';
  readonly name: string;
  readonly before: Pooling;
  readonly filter: Filter;
  readonly stride: number;
  readonly norm: Norm | null;
  /** One for each output channel. */
  readonly bends: readonly Bend[];
  /** So many of the first outputs are reserved channels. */
  readonly reserved: number;
}

/** How a converter spells what a unit says. */
export interface Spelling {
  /** A batch norm as one layer, or as translate, scale, translate. */
  readonly norm: 'layer' | 'spelled';
  /** Channels with and without a ReLU in one tensor: slopes 0 and 1, or bounds. */
  readonly mixed: 'prelu' | 'clip';
}

const plainSpelling: Spelling = { norm: 'layer', mixed: 'prelu' };

export function pool(sketch: Sketch, name: string, x: TensorId, pooling: Pooling): TensorId {
  switch (pooling) {
    case 'nothing':
      return x;
    case 'maxPool':
      return sketch.maxPool(`${name}.pool`, x, 3, 2, 1);
    case 'mean':
      return sketch.globalAveragePool(`${name}.mean`, x);
  }
}

export function normalize(
  sketch: Sketch,
  name: string,
  x: TensorId,
  norm: Norm | null,
  spelling: Spelling['norm'] = 'layer',
): TensorId {
  if (norm === null) return x;
  if (spelling === 'layer') return sketch.norm(`${name}.bn`, x, norm);
  const minus = norm.mean.map((mean) => -mean);
  const scaled = sketch.scale(
    `${name}.factor`,
    sketch.translate(`${name}.centred`, x, minus),
    factors(norm),
  );
  return sketch.translate(`${name}.offset`, scaled, norm.offset);
}

/** One activation layer for all channels, the plainest that says it; none where none bends. */
export function bend(
  sketch: Sketch,
  name: string,
  x: TensorId,
  bends: readonly Bend[],
  mixed: Spelling['mixed'] = 'prelu',
): TensorId {
  const all = (kind: Bend): boolean => bends.every((b) => b === kind);
  if (all('none')) return x;
  if (all('relu')) return sketch.relu(`${name}.relu`, x);
  if (all('relu6')) return sketch.clip(`${name}.relu6`, x, 0, 6);
  if (mixed === 'prelu' && !bends.includes('relu6')) {
    const slopes = bends.map((b) => (b === 'none' ? 1 : 0));
    return sketch.prelu(`${name}.prelu`, x, slopes);
  }
  const lower = bends.map((b) => (b === 'none' ? -Infinity : 0));
  const upper = bends.map((b) => (b === 'relu6' ? 6 : Infinity));
  return sketch.clip(`${name}.clip`, x, lower, upper);
}

export function writeUnit(
  sketch: Sketch,
  x: TensorId,
  unit: Unit,
  spelling: Spelling = plainSpelling,
): TensorId {
  const { name, filter, stride, norm, bends } = unit;
  const pooled = pool(sketch, name, x, unit.before);
  const mapped =
    unit.before === 'mean'
      ? sketch.dense(name, pooled, filter)
      : sketch.conv(name, pooled, filter, { stride });
  const normalized = normalize(sketch, name, mapped, norm, spelling.norm);
  return bend(sketch, name, normalized, bends, spelling.mixed);
}
