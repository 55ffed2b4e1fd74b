/**
 * InvertedResidual of MobileNetV2: 1×1 expand, depthwise 3×3, 1×1 project, no activation at the end, so
 * the shortcut carries values of either sign. Five ways to reserve them: a per-channel slope, a
 * per-channel clip, both signs apart, a shift into [0, 6], and the same with project∘expand fused.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import {
  besideGroups,
  biasOf,
  columns,
  compose,
  dirac,
  fold,
  rows,
  scaleColumns,
  scaleRows,
  tap,
  type Filter,
} from '../../../src/networks/filter.ts';
import { joinNorms, unitNorm, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

const width = 3;
const hidden = 5;

interface Inverted {
  readonly expand: Filter;
  readonly expandNorm: Norm;
  readonly depthwise: Filter;
  readonly depthwiseNorm: Norm;
  readonly project: Filter;
  readonly projectNorm: Norm;
}

export interface InvertedNetwork {
  readonly stem: Filter;
  readonly enter: Filter;
  readonly blocks: readonly Inverted[];
  readonly head: Filter;
}

export type Activation = 'relu' | 'relu6';

export function drawInverted(random: Random): InvertedNetwork {
  const block = (): Inverted => ({
    expand: random.filter(width, hidden, 1),
    expandNorm: random.norm(hidden),
    depthwise: random.filter(hidden, hidden, 3, { groups: hidden }),
    depthwiseNorm: random.norm(hidden),
    project: random.filter(hidden, width, 1),
    projectNorm: random.norm(width),
  });
  return {
    stem: random.filter(2, 4, 3, { bias: true }),
    enter: random.filter(4, width, 1, { bias: true }),
    blocks: [block(), block()],
    head: random.filter(width, 3, 1, { bias: true }),
  };
}

function activate(sketch: Sketch, name: string, x: TensorId, activation: Activation): TensorId {
  return activation === 'relu' ? sketch.relu(name, x) : sketch.clip(name, x, 0, 6);
}

function stem(sketch: Sketch, n: InvertedNetwork, activation: Activation): TensorId {
  const x = sketch.conv('stem', sketch.input(2, 5, 7), n.stem);
  return activate(sketch, 'stem.act', x, activation);
}

export function invertedOriginal(n: InvertedNetwork, activation: Activation): Model {
  const sketch = new Sketch();
  let x = sketch.conv('enter', stem(sketch, n, activation), n.enter);
  n.blocks.forEach((b, k) => {
    const at = `block${k + 1}`;
    let y = sketch.norm(`${at}.expand.bn`, sketch.conv(`${at}.expand`, x, b.expand), b.expandNorm);
    y = activate(sketch, `${at}.act1`, y, activation);
    y = sketch.conv(`${at}.depthwise`, y, b.depthwise);
    y = activate(
      sketch,
      `${at}.act2`,
      sketch.norm(`${at}.depthwise.bn`, y, b.depthwiseNorm),
      activation,
    );
    y = sketch.norm(`${at}.project.bn`, sketch.conv(`${at}.project`, y, b.project), b.projectNorm);
    x = sketch.add(`${at}.add`, x, y);
  });
  return sketch.head(x, n.head);
}

/** What the reserved channels hold: x = Σ recover · (spread · x + spread.bias) + recover.bias. */
export interface Reserve {
  readonly spread: Filter;
  readonly recover: Filter;
}

const identity: Reserve = { spread: dirac(width, 1), recover: dirac(width, 1) };

const bothSigns: Reserve = {
  spread: rows(dirac(width, 1), scaleRows(dirac(width, 1), new Array<number>(width).fill(-1))),
  recover: columns(dirac(width, 1), scaleRows(dirac(width, 1), new Array<number>(width).fill(-1))),
};

export interface Plan {
  readonly reserve: (block: number) => Reserve;
  readonly activate: (sketch: Sketch, name: string, x: TensorId, reserved: number) => TensorId;
  readonly fuse?: boolean;
  readonly keepNorms?: boolean;
}

export function invertedPlain(n: InvertedNetwork, activation: Activation, plan: Plan): Model {
  const sketch = new Sketch();
  let x = stem(sketch, n, activation);
  // The 1×1 convolution not yet written: with `fuse` it is multiplied into the next one.
  let pending: Filter = n.enter;
  n.blocks.forEach((b, k) => {
    const at = `block${k + 1}`;
    const { spread, recover } = plan.reserve(k);
    const count = spread.outChannels;
    const keep = plan.keepNorms === true;
    const expand = rows(spread, keep ? b.expand : fold(b.expand, b.expandNorm));
    if (plan.fuse === true) {
      x = sketch.conv(`${at}.fused`, x, compose(expand, pending));
    } else {
      x = sketch.conv(`${at}.expand`, sketch.conv(`${at}.enter`, x, pending), expand);
    }
    if (keep) {
      const norm = joinNorms(unitNorm(count, b.expandNorm.epsilon), b.expandNorm);
      x = sketch.norm(`${at}.expand.bn`, x, norm);
    }
    x = plan.activate(sketch, `${at}.act1`, x, count);
    const through = dirac(count, 3, count);
    if (keep) {
      x = sketch.conv(`${at}.depthwise`, x, besideGroups(through, b.depthwise));
      const norm = joinNorms(unitNorm(count, b.depthwiseNorm.epsilon), b.depthwiseNorm);
      x = sketch.norm(`${at}.depthwise.bn`, x, norm);
    } else {
      const own = fold(b.depthwise, b.depthwiseNorm);
      x = sketch.conv(`${at}.depthwise`, x, besideGroups(through, own));
    }
    x = plan.activate(sketch, `${at}.act2`, x, count);
    pending = columns(recover, fold(b.project, b.projectNorm));
  });
  return sketch.head(sketch.conv('leave', x, pending), n.head);
}

const slopes: Plan['activate'] = (sketch, name, x, reserved) =>
  sketch.prelu(
    name,
    x,
    Array.from({ length: reserved + hidden }, (_, c) => (c < reserved ? 1 : 0)),
  );

const clips: Plan['activate'] = (sketch, name, x, reserved) => {
  const pick = (own: number, free: number): number[] =>
    Array.from({ length: reserved + hidden }, (_, c) => (c < reserved ? free : own));
  return sketch.clip(name, x, pick(0, -Infinity), pick(6, Infinity));
};

export const planByActivation = { slopes, clips } as const;

type Interval = readonly [number, number];

/** Interval of a 1×1 convolution's outputs, from the intervals of its inputs. */
function through(f: Filter, inputs: readonly Interval[]): Interval[] {
  return Array.from({ length: f.outChannels }, (_, o): Interval => {
    let lower = biasOf(f, o);
    let upper = lower;
    inputs.forEach(([low, high], i) => {
      const w = tap(f, o, i, 0, 0);
      lower += Math.min(w * low, w * high);
      upper += Math.max(w * low, w * high);
    });
    return [lower, upper];
  });
}

/** Powers of two and multiples of 1/4 that bring every shortcut value into [0, 6]. */
function shifts(n: InvertedNetwork): Reserve[] {
  const six = (count: number): Interval[] => new Array<Interval>(count).fill([0, 6]);
  let range = through(n.enter, six(n.enter.inChannels));
  return n.blocks.map((b) => {
    const factor = range.map(([low, high]) => 2 ** -Math.ceil(Math.log2((high - low) / 5)));
    const shift = range.map(([low], c) => Math.ceil(-low * factor[c] * 4) / 4);
    const one = dirac(width, 1);
    const spread = { ...scaleRows(one, factor), bias: shift };
    const back = factor.map((f) => 1 / f);
    const recover = { ...scaleColumns(one, back), bias: shift.map((s, c) => -s * back[c]) };
    const own = through(fold(b.project, b.projectNorm), six(hidden));
    range = range.map(([low, high], c): Interval => [low + own[c][0], high + own[c][1]]);
    return { spread, recover };
  });
}

export function invertedResidualPairs(): Pair[] {
  const pair = (
    name: string,
    grain: Grain,
    activation: Activation,
    plan: Plan | ((n: InvertedNetwork) => Plan),
    note: string,
  ): Pair => {
    const n = drawInverted(new Random(400, grain));
    return {
      name: `inverted-residual-${name}`,
      original: invertedOriginal(n, activation),
      converted: invertedPlain(n, activation, typeof plan === 'function' ? plan(n) : plan),
      inputRange: null,
      expected: grain === 'coarse' ? 'exact' : 'rounded',
      note,
    };
  };
  const same = (): Reserve => identity;
  const byShift =
    (fuse: boolean) =>
    (n: InvertedNetwork): Plan => {
      const reserves = shifts(n);
      return {
        reserve: (k) => reserves[k],
        activate: (sketch, name, x) => sketch.clip(name, x, 0, 6),
        fuse,
      };
    };
  const bySlope: Plan = { reserve: same, activate: slopes };
  return [
    pair('prelu', 'coarse', 'relu', { ...bySlope, keepNorms: true }, 'slopes 1 and 0'),
    pair('prelu-fine', 'fine', 'relu', bySlope, 'slopes 1 and 0, batch norms folded'),
    pair('prelu-fused', 'coarse', 'relu', { ...bySlope, fuse: true }, 'project∘expand fused'),
    pair('prelu-fused-fine', 'fine', 'relu', { ...bySlope, fuse: true }, 'fused, rounded once'),
    pair('clip', 'coarse', 'relu6', { reserve: same, activate: clips }, 'bounds ±∞ or [0, 6]'),
    pair(
      'split',
      'coarse',
      'relu',
      { reserve: () => bothSigns, activate: (sketch, name, x) => sketch.relu(name, x) },
      'relu(x) and relu(−x), merged with +1 and −1',
    ),
    pair(
      'shift',
      'coarse',
      'relu6',
      byShift(false),
      'shifted into [0, 6]: ReLU6 bounds every value',
    ),
    pair('shift-fused', 'coarse', 'relu6', byShift(true), 'the same, fused'),
    pair('shift-fused-fine', 'fine', 'relu6', byShift(true), 'the same, rounded once'),
  ];
}
