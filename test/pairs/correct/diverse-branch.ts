/**
 * Diverse Branch Block: k×k, 1×1 → k×k and 1×1 → average pool, a batch norm behind every part. Between
 * the 1×1 and the k×k there is a bias and then padding: the padding must hold that bias, not zero, for
 * the sequence to be one zero-padded convolution. Done right in three ways: padding before the 1×1,
 * padding with the bias, and a first batch norm without bias.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import { compose, filterFrom, fold, sum, type Filter } from '../../../src/networks/filter.ts';
import type { Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

const width = 4;
const middle = 3;

/** How the 1×1 → k×k sequence is padded. */
export type Padded = 'before' | 'with-bias' | 'no-bias' | 'naively';

export interface DiverseBranch {
  readonly plain: Filter;
  readonly plainNorm: Norm;
  readonly inner: Filter;
  readonly innerNorm: Norm;
  readonly outer: Filter;
  readonly outerNorm: Norm;
  readonly mean: Filter;
  readonly meanNorm: Norm;
  readonly meanOuterNorm: Norm;
  readonly stem: Filter;
  readonly head: Filter;
}

const constantBias = 0.75;

export function drawDiverseBranch(random: Random, padded: Padded): DiverseBranch {
  const zero = (count: number): number[] => new Array<number>(count).fill(0);
  const settle = (norm: Norm): Norm => {
    if (padded === 'before' || padded === 'naively') return norm;
    const bias = padded === 'no-bias' ? 0 : constantBias;
    return { ...norm, mean: zero(norm.mean.length), offset: norm.mean.map(() => bias) };
  };
  return {
    plain: random.filter(width, width, 3),
    plainNorm: random.norm(width),
    inner: random.filter(width, middle, 1),
    innerNorm: settle(random.norm(middle)),
    outer: random.filter(middle, width, 3),
    outerNorm: random.norm(width),
    mean: random.filter(width, width, 1),
    meanNorm: settle(random.norm(width)),
    meanOuterNorm: random.norm(width),
    stem: random.filter(2, width, 3, { bias: true }),
    head: random.filter(width, 3, 1, { bias: true }),
  };
}

export function diverseBranches(n: DiverseBranch, padded: Padded, pooled: boolean): Model {
  const sketch = new Sketch();
  const x = sketch.relu('stem.relu', sketch.conv('stem', sketch.input(2, 5, 7), n.stem));
  const pointwise = (name: string, filter: Filter, norm: Norm): TensorId => {
    const from = padded === 'before' ? sketch.pad(`${name}.pad`, x, 1) : x;
    const y = sketch.norm(`${name}.bn1`, sketch.conv(`${name}.conv1`, from, filter), norm);
    return padded === 'with-bias' ? sketch.pad(`${name}.pad`, y, 1, constantBias) : y;
  };
  const unpadded = padded === 'before' || padded === 'with-bias';
  const plain = sketch.norm('plain.bn', sketch.conv('plain', x, n.plain), n.plainNorm);
  const inner = pointwise('sequence', n.inner, n.innerNorm);
  const outer = sketch.conv('sequence.conv2', inner, n.outer, { pads: unpadded ? 0 : 1 });
  let y = sketch.add('add1', plain, sketch.norm('sequence.bn2', outer, n.outerNorm));
  if (pooled) {
    const from = pointwise('mean', n.mean, n.meanNorm);
    const pads = unpadded ? 0 : 1;
    const mean = sketch.averagePool('mean.pool', from, { y: 3, x: 3 }, { pads });
    y = sketch.add('add2', y, sketch.norm('mean.bn2', mean, n.meanOuterNorm));
  }
  return sketch.head(sketch.relu('relu', y), n.head);
}

export function diverseMerged(n: DiverseBranch, pooled: boolean): Model {
  const sketch = new Sketch();
  const x = sketch.relu('stem.relu', sketch.conv('stem', sketch.input(2, 5, 7), n.stem));
  const sequence = fold(compose(n.outer, fold(n.inner, n.innerNorm)), n.outerNorm);
  const size = { inChannels: width, outChannels: width, height: 3, width: 3 };
  const box = filterFrom(size, (o, i) => (o === i ? 1 / 9 : 0));
  const mean = fold(compose(box, fold(n.mean, n.meanNorm)), n.meanOuterNorm);
  const parts = [fold(n.plain, n.plainNorm), sequence, ...(pooled ? [mean] : [])];
  return sketch.head(sketch.relu('relu', sketch.conv('merged', x, sum(...parts))), n.head);
}

export function diverseBranchPairs(): Pair[] {
  const pair = (padded: Padded, grain: Grain, pooled: boolean, note: string): Pair => {
    const n = drawDiverseBranch(new Random(800, grain), padded);
    const name = `diverse-branch-${padded}${pooled ? '-pooled' : ''}`;
    return {
      name: grain === 'coarse' ? name : `${name}-fine`,
      original: diverseBranches(n, padded, pooled),
      converted: diverseMerged(n, pooled),
      inputRange: null,
      expected: grain === 'coarse' ? 'exact' : 'rounded',
      note,
    };
  };
  return [
    pair('before', 'coarse', false, 'padded before the 1×1, so the border holds its bias'),
    pair('before', 'fine', true, 'the same with the average pool branch'),
    pair('with-bias', 'coarse', false, 'padded with the bias of the first batch norm'),
    pair('with-bias', 'fine', true, 'the same with the average pool branch'),
    pair('no-bias', 'coarse', false, 'the first batch norm adds nothing'),
    pair('no-bias', 'fine', true, 'the same with the average pool branch'),
  ];
}
