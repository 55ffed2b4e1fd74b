/** The families of linear branches: RepVGG and its siblings, each with the one convolution it amounts to. */
import {
  centred,
  compose,
  dirac,
  filterFrom,
  fold,
  rows,
  scaleRows,
  sum,
  tap,
  type Filter,
} from './filter.ts';
import type { TensorId } from '../model/layer.ts';
import type { Norm } from './norm.ts';
import type { Sketch } from './sketch.ts';
import { branchSumBlock } from './branch-sum.ts';
import { repeated, type Block } from './block.ts';
import { strideOf, widthOf, type Place } from './residual-families.ts';
import { normalize } from './unit.ts';

/** A convolution and its batch norm; without a filter a batch norm of the input itself. */
interface Branch {
  readonly filter: Filter | null;
  readonly norm: Norm;
}

function branch(
  { random, choice }: Place,
  from: number,
  to: number,
  kernel: number | readonly [number, number],
  groups = 1,
): Branch {
  return {
    filter: random.filter(from, to, kernel, { groups, bias: choice.biased }),
    norm: random.norm(to),
  };
}

/** Branches added from the first to the last, and the kernel they amount to. */
function parallel(
  parts: readonly Branch[],
  size: { readonly kernel: number; readonly stride: number; readonly groups: number },
): { draw: (sketch: Sketch, name: string, x: TensorId) => TensorId; kernel: Filter } {
  const { kernel, stride, groups } = size;
  const draw = (sketch: Sketch, name: string, x: TensorId): TensorId =>
    parts
      .map(({ filter, norm }, k) => {
        const at = `${name}.branch${k + 1}`;
        const mapped = filter === null ? x : sketch.conv(at, x, filter, { stride });
        return normalize(sketch, at, mapped, norm);
      })
      .reduce((total, y, k) => sketch.add(`${name}.add${k}`, total, y));
  const merged = parts.map(({ filter, norm }) =>
    centred(fold(filter ?? dirac(norm.scale.length, kernel, groups), norm), kernel, kernel),
  );
  return { draw, kernel: sum(...merged) };
}

function parallelBlock(place: Place, parts: readonly Branch[], kernel: number, groups = 1): Block {
  const stride = strideOf(place.choice);
  const whole = parallel(parts, { kernel, stride, groups });
  const { activation: after } = place.choice;
  return branchSumBlock({ branches: whole.draw, kernel: whole.kernel, stride, after });
}

function keepsShape(place: Place): boolean {
  return strideOf(place.choice) === 1 && widthOf(place) === place.inChannels;
}

/** arXiv 2101.03697: 3×3, 1×1 and, where shapes allow, the identity; a batch norm each. */
export function repVgg(place: Place): Block {
  const [from, to] = [place.inChannels, widthOf(place)];
  const { groups: wanted } = place.choice;
  const groups = from % wanted === 0 && to % wanted === 0 ? wanted : 1;
  const skip = keepsShape(place) ? [{ filter: null, norm: place.random.norm(to) }] : [];
  const parts = [branch(place, from, to, 3, groups), branch(place, from, to, 1, groups), ...skip];
  return parallelBlock(place, parts, 3, groups);
}

/** RM-RepVGG (arXiv 2111.00687): the first ⌊rC⌋ channels pass; r = inner/4 of them, short of all. */
export function rmRepVgg(place: Place): Block {
  const { inChannels: count, choice, random } = place;
  const passing = Math.min(count - 1, Math.floor((choice.inner / 4) * count));
  const own = count - passing;
  const whole = dirac(count, 3);
  const rest = Array.from({ length: own }, (_, c) => c + passing);
  const first = Array.from({ length: passing }, (_, c) => c);
  const pick = (channels: readonly number[]): Filter =>
    filterFrom({ ...whole, outChannels: channels.length }, (o, i, y, x) =>
      tap(whole, channels[o], i, y, x),
    );
  const parts = [branch(place, count, own, 3), branch(place, count, own, 1)];
  const identity = random.norm(own);
  const { draw, kernel } = parallel(parts, { kernel: 3, stride: 1, groups: 1 });
  const mixed = sum(kernel, fold(pick(rest), identity));
  return branchSumBlock({
    branches: (sketch, name, x) => {
      const left = passing === 0 ? x : sketch.select(`${name}.rest`, x, rest);
      const skip = sketch.norm(`${name}.identity`, left, identity);
      const total = sketch.add(`${name}.add`, draw(sketch, name, x), skip);
      if (passing === 0) return total;
      return sketch.concat(`${name}.concat`, [sketch.select(`${name}.pass`, x, first), total]);
    },
    kernel: passing === 0 ? mixed : rows(pick(first), mixed),
    stride: 1,
    after: choice.activation,
  });
}

/** arXiv 1706.00388: diag(α)·x + diag(β)·(W ∗ x). */
export function diracNet({ inChannels: count, choice, random }: Place): Block {
  const weight = random.filter(count, count, 3);
  const alpha = random.values(count, 0.25, 1.5);
  const beta = random.values(count, -1, 1);
  return branchSumBlock({
    branches: (sketch, name, x) =>
      sketch.add(
        `${name}.add`,
        sketch.scale(`${name}.alpha`, x, alpha),
        sketch.scale(`${name}.beta`, sketch.conv(`${name}.conv`, x, weight), beta),
      ),
    kernel: sum(scaleRows(dirac(count, 3), alpha), scaleRows(weight, beta)),
    stride: 1,
    after: choice.activation,
  });
}

/** arXiv 1908.03930: a square kernel and its two middle lines, a batch norm each. */
export function acNet(place: Place): Block {
  const [from, to] = [place.inChannels, widthOf(place)];
  const k = place.choice.kernel === 5 ? 5 : 3;
  const sizes: readonly (readonly [number, number])[] = [
    [k, k],
    [k, 1],
    [1, k],
  ];
  return parallelBlock(
    place,
    sizes.map((size) => branch(place, from, to, size)),
    k,
  );
}

/** arXiv 2206.04040: depthwise k×k several times, depthwise 1×1, and the input's own batch norm. */
export function mobileOne(place: Place): Block {
  const { inChannels: count, choice, random } = place;
  const kernels = [...repeated(3, choice.inner), 1];
  const skip = strideOf(choice) === 1 ? [{ filter: null, norm: random.norm(count) }] : [];
  const parts = kernels.map((k) => branch(place, count, count, k, count));
  return parallelBlock(place, [...skip, ...parts], 3, count);
}

/** arXiv 2203.06717: a large depthwise kernel and a small one. */
export function repLk(place: Place): Block {
  const { inChannels: count } = place;
  const parts = [7, place.choice.kernel].map((k) => branch(place, count, count, k, count));
  return parallelBlock(place, parts, 7, count);
}

/** FastViT's mixer (arXiv 2303.14189): x + s·(mix(x) − norm(x)), depthwise. */
export function repMixer(place: Place): Block {
  const { inChannels: count, choice, random } = place;
  const mix = branch(place, count, count, 3, count);
  const norm = random.norm(count);
  const factor = random.values(count, -1, 1);
  const { draw, kernel } = parallel([mix], { kernel: 3, stride: 1, groups: count });
  const one = dirac(count, 3, count);
  const inner = sum(kernel, scaleRows(fold(one, norm), repeated(-1, count)));
  return branchSumBlock({
    branches: (sketch, name, x) => {
      const other = sketch.norm(`${name}.norm`, x, norm);
      const difference = sketch.subtract(`${name}.difference`, draw(sketch, name, x), other);
      return sketch.add(`${name}.add`, x, sketch.scale(`${name}.scale`, difference, factor));
    },
    kernel: sum(one, scaleRows(inner, factor)),
    stride: 1,
    after: choice.activation,
  });
}

/**
 * arXiv 2103.13425: 3×3 beside 1×1 → 3×3 and 1×1 → average pool, where the padding between the two holds
 * what the first batch norm makes of zero: the input is padded before the 1×1.
 */
export function diverseBranch(place: Place): Block {
  const { inChannels: from, choice } = place;
  const to = widthOf(place);
  const stride = strideOf(choice);
  const plain = branch(place, from, to, 3);
  const inner = branch(place, from, choice.inner, 1);
  const outer = branch(place, choice.inner, to, 3);
  const mean = branch(place, from, to, 1);
  const meanNorm = place.random.norm(to);
  const folded = ({ filter, norm }: Branch): Filter => fold(filter ?? dirac(1, 1), norm);
  const box = filterFrom({ inChannels: to, outChannels: to, height: 3, width: 3 }, (o, i) =>
    o === i ? 1 / 9 : 0,
  );
  const pointwise = (s: Sketch, name: string, x: TensorId, { filter, norm }: Branch): TensorId => {
    const padded = s.pad(`${name}.pad`, x, 1);
    return s.norm(`${name}.bn1`, s.conv(name, padded, filter ?? dirac(1, 1)), norm);
  };
  return branchSumBlock({
    branches: (s, name, x) => {
      const { draw } = parallel([plain], { kernel: 3, stride, groups: 1 });
      const first = pointwise(s, `${name}.sequence`, x, inner);
      const second = s.conv(`${name}.outer`, first, outer.filter ?? dirac(1, 1), {
        stride,
        pads: 0,
      });
      const sequence = s.norm(`${name}.outer.bn`, second, outer.norm);
      const averaged = s.averagePool(
        `${name}.average`,
        pointwise(s, `${name}.mean`, x, mean),
        { y: 3, x: 3 },
        { stride },
      );
      const total = s.add(`${name}.add1`, draw(s, `${name}.plain`, x), sequence);
      return s.add(`${name}.add2`, total, s.norm(`${name}.average.bn`, averaged, meanNorm));
    },
    kernel: sum(
      folded(plain),
      fold(compose(outer.filter ?? dirac(1, 1), folded(inner)), outer.norm),
      fold(compose(box, folded(mean)), meanNorm),
    ),
    stride,
    after: choice.activation,
  });
}
