/**
 * Pre-activation block, x + W2 ∗ relu(B2(W1 ∗ relu(B1(x)))): the shortcut forks before the batch norm,
 * so the value is first duplicated by a 1×1 [I; I], which may be folded into the convolution before it.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import {
  columns,
  compose,
  diagonal,
  dirac,
  fold,
  rows,
  type Filter,
} from '../../../src/networks/filter.ts';
import { joinNorms, unitNorm, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

const width = 4;
const middle = 3;

interface PreActivationNetwork {
  readonly stem: Filter;
  readonly blocks: readonly {
    readonly norm1: Norm;
    readonly conv1: Filter;
    readonly norm2: Norm;
    readonly conv2: Filter;
  }[];
  readonly lastNorm: Norm;
  readonly head: Filter;
}

function draw(random: Random): PreActivationNetwork {
  const block = (): PreActivationNetwork['blocks'][number] => ({
    norm1: random.norm(width),
    conv1: random.filter(width, middle, 3, { bias: true }),
    norm2: random.norm(middle),
    conv2: random.filter(middle, width, 3, { bias: true }),
  });
  return {
    stem: random.filter(2, width, 3, { bias: true }),
    blocks: [block(), block()],
    lastNorm: random.norm(width),
    head: random.filter(width, 3, 1, { bias: true }),
  };
}

function finish(sketch: Sketch, x: TensorId, n: PreActivationNetwork): Model {
  return sketch.head(sketch.relu('relu', sketch.norm('bn', x, n.lastNorm)), n.head);
}

function original(n: PreActivationNetwork): Model {
  const sketch = new Sketch();
  let x = sketch.conv('stem', sketch.input(2, 6, 5), n.stem);
  n.blocks.forEach((b, k) => {
    const at = `block${k + 1}`;
    let y = sketch.relu(`${at}.relu1`, sketch.norm(`${at}.bn1`, x, b.norm1));
    y = sketch.norm(`${at}.bn2`, sketch.conv(`${at}.conv1`, y, b.conv1), b.norm2);
    y = sketch.conv(`${at}.conv2`, sketch.relu(`${at}.relu2`, y), b.conv2);
    x = sketch.add(`${at}.add`, x, y);
  });
  return finish(sketch, x, n);
}

const slopes = (own: number): number[] =>
  Array.from({ length: width + own }, (_, c) => (c < width ? 1 : 0));

/** Every duplicate is a layer of its own. */
function duplicated(n: PreActivationNetwork): Model {
  const sketch = new Sketch();
  let x = sketch.conv('stem', sketch.input(2, 6, 5), n.stem);
  n.blocks.forEach((b, k) => {
    const at = `block${k + 1}`;
    const norm1 = joinNorms(unitNorm(width, b.norm1.epsilon), b.norm1);
    const norm2 = joinNorms(unitNorm(width, b.norm2.epsilon), b.norm2);
    let y = sketch.conv(`${at}.duplicate`, x, rows(dirac(width, 1), dirac(width, 1)));
    y = sketch.prelu(`${at}.act1`, sketch.norm(`${at}.bn1`, y, norm1), slopes(width));
    y = sketch.conv(`${at}.conv1`, y, diagonal(dirac(width, 3), b.conv1));
    y = sketch.prelu(`${at}.act2`, sketch.norm(`${at}.bn2`, y, norm2), slopes(middle));
    x = sketch.conv(`${at}.conv2`, y, columns(dirac(width, 3), b.conv2));
  });
  return finish(sketch, x, n);
}

/** The duplicate and the batch norms sit in the convolution before them. */
function folded(n: PreActivationNetwork): Model {
  const sketch = new Sketch();
  let x = sketch.input(2, 6, 5);
  let before = n.stem;
  n.blocks.forEach((b, k) => {
    const at = `block${k + 1}`;
    const twice = rows(dirac(width, 1), fold(dirac(width, 1), b.norm1));
    x = sketch.conv(`${at}.conv0`, x, compose(twice, before));
    x = sketch.prelu(`${at}.act1`, x, slopes(width));
    x = sketch.conv(`${at}.conv1`, x, diagonal(dirac(width, 3), fold(b.conv1, b.norm2)));
    x = sketch.prelu(`${at}.act2`, x, slopes(middle));
    before = columns(dirac(width, 3), b.conv2);
  });
  x = sketch.conv('last', x, compose(fold(dirac(width, 1), n.lastNorm), before));
  return sketch.head(sketch.relu('relu', x), n.head);
}

export function preActivationPairs(): Pair[] {
  const pair = (
    name: string,
    grain: Grain,
    convert: (n: PreActivationNetwork) => Model,
    note: string,
  ): Pair => {
    const n = draw(new Random(500, grain));
    return {
      name: `pre-activation-${name}`,
      original: original(n),
      converted: convert(n),
      inputRange: null,
      expected: grain === 'coarse' ? 'exact' : 'rounded',
      note,
    };
  };
  return [
    pair('duplicated', 'coarse', duplicated, '[I; I], unit batch norms, slopes 1 and 0'),
    pair('duplicated-fine', 'fine', duplicated, 'the same, 1 − ε rounded'),
    pair('folded', 'coarse', folded, 'the duplicate folded into the convolution before'),
    pair('folded-fine', 'fine', folded, 'the same, rounded once'),
  ];
}
