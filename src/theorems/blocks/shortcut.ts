/**
 * The shortcut of a block, in the original and in the columns that the last kernel has for it.
 */
import {
  fun,
  int,
  lambda,
  sum,
  type Lambda,
  type Substitution,
  type Term,
} from '../../logic/term.ts';
import { cut, instance, type Theorem } from '../../logic/theorem.ts';
import { add, equal, minus, one, times, zero } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, type Kernel, type Tensor, type Window } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { x, type Layer } from './branch.ts';
import { diracChannel } from './core.ts';
import { pointwiseSum } from './kernels.ts';
import { restoring, scaledBoth } from './shift.ts';
import { splitMerge, splitProjection } from './split-merge.ts';
import { C, integer, kernelOf, p, q, type Context } from './frame.ts';
import { finalMerge, foldedMerge, mergedProjection } from './merge.ts';
import { centred, columns, dirac, pointwise, type Centre } from './stacking.ts';
import { membersOf, type Demands } from './demands.ts';
import { a, b, reservedNorm, inverse, type Strategy } from './strategy.ts';
import { aheadInputs, projectedValue, wideColumns, wideLemmas } from './wide-shortcut.ts';

/**
 * `wide` and `ahead`: a convolution of any kernel, within the last layer's columns or in rows of the first; see
 * wide-shortcut.ts.
 */
export type ShortcutKind = 'identity' | 'projection' | 'wide' | 'ahead';

const o = integer('o');
const c = integer('c');
const projection = fun('P');
const [scale, shift] = [fun('sp'), fun('bp')];
/** The projection with its batch norm's scale folded in. */
const folded = (out: Term, k: Term): Term => times(scale(out), projection(out, k, int(0), int(0)));
const opposite = (out: Term, k: Term): Term => minus(folded(out, k));
const restored = (out: Term, k: Term): Term => times(folded(out, k), inverse(k));

/** The shortcut's value for output o at (p, q); an "ahead" one's is in the first layer. */
export function shortcutOf(
  kind: ShortcutKind,
  stride: Window['stride'],
  { first, last }: { readonly first: Layer; readonly last: Layer },
): Term {
  if (kind === 'identity') return x(o, p, q);
  if (kind === 'wide') return projectedValue(last, C)(o, p, q);
  if (kind === 'ahead') return projectedValue(first, aheadInputs)(o, p, q);
  const window = pointwise(stride);
  const mapped = convolution({ weights: projection, input: x, channels: C, window })(o, p, q);
  return add(times(scale(o), mapped), shift(o));
}

/** The reserved columns of the last kernel. */
export function columnsOf(kind: ShortcutKind, strategy: Strategy, centre: Centre): Kernel {
  if (kind === 'wide') return wideColumns(strategy);
  const identity = kind !== 'projection';
  switch (strategy.name) {
    case 'nonnegative':
    case 'unit-norm':
    case 'bounds':
    case 'prelu':
      return identity ? dirac(centre) : centred(centre, folded);
    case 'split':
      return identity
        ? columns(
            C,
            dirac(centre),
            dirac(centre, undefined, () => minus(one)),
          )
        : columns(C, centred(centre, folded), centred(centre, opposite));
    case 'shift':
      return identity ? dirac(centre, undefined, inverse) : centred(centre, restored);
  }
}

/** The last bias: the shortcut's own, less what a shift added on the way. */
export function biasOf(
  kind: ShortcutKind,
  { name }: Strategy,
  { own, output }: { readonly own: Term; readonly output: Term },
): Term {
  const identity = kind === 'identity' || kind === 'ahead';
  const bias = identity ? own : add(own, shift(output));
  if (name !== 'shift') return bias;
  const shifted = identity
    ? times(inverse(output), b(output))
    : sum(C, (k) => times(restored(output, k), b(k)));
  return minus(bias, shifted);
}

interface Merge {
  readonly kind: ShortcutKind;
  readonly strategy: Strategy;
  readonly demands: Demands;
  /** Of the projection. */
  readonly stride: Window['stride'];
  /** The lemmas' letters: the last layer's, its input and its scale. */
  readonly letters: Substitution;
  readonly centre: Centre;
  readonly reserved: Tensor;
  /** Where the last layer's centre reads, and where that lies in the block's input. */
  readonly read: readonly [Term, Term];
  readonly source: readonly [Term, Term];
  /** The value that a reserved channel holds, where only one is read. */
  readonly pixel: (channel: Term) => Term;
  readonly last: Layer;
  readonly facts: readonly Term[];
}

/** The merge of the last layer, and what else the shortcut's identity rests on. */
export async function shortcutLemmas(context: Context, merge: Merge): Promise<readonly Theorem[]> {
  const { kind, strategy, letters, centre, reserved } = merge;
  const { library } = context;
  const by = { ...letters, R: strategy.count, r: ofTriple(reserved) };
  if (kind === 'projection') return projectionLemmas(context, merge, by);
  if (kind === 'wide') return wideLemmas(context, merge);
  switch (strategy.name) {
    case 'nonnegative':
    case 'bounds':
    case 'prelu':
      return [instance(await library.theorem(finalMerge.name), by)];
    case 'unit-norm': {
      const { statistics, spread } = reservedNorm(o);
      const { inverseRoot: r, ...others } = statistics;
      const value = { ...others, r, t: merge.pixel(o) };
      const variance = { variance: spread, epsilon: zero };
      return [
        instance(await library.theorem(finalMerge.name), by),
        instance(await library.theorem('batch-norm-affine'), value),
        instance(await library.theorem('unit-batch-norm'), { ...value, ...variance }),
      ];
    }
    case 'split':
      return [instance(await library.theorem(splitMerge.name), by)];
    case 'shift': {
      const A = kernelOf(columnsOf(kind, strategy, centre));
      const channel = { src: o, factor: inverse(o), t: ofTriple(reserved) };
      return [
        instance(await library.theorem(foldedMerge.name), { ...by, A }),
        instance(await library.theorem(diracChannel.name), { ...by, ...channel }),
        ...(await restoredChannel(context, merge)),
      ];
    }
  }
}

/** e·(what is reserved of o) = x + e·b. */
async function restoredChannel(
  { proof }: Context,
  { reserved, read, facts, pixel: pixelOf }: Merge,
): Promise<readonly Theorem[]> {
  const value = reserved(o, ...read);
  const pixel = pixelOf(o);
  const carried = add(times(a(o), pixel), b(o));
  const identity = await proof.show('carried', {
    hypotheses: facts,
    conclusion: equal(value, carried),
  });
  const { expanded, single } = await restoring(proof);
  const by = { e: inverse(o), a: a(o), b: b(o), t: pixel };
  return [
    await scaledBoth(proof, identity, { factor: inverse(o), value, carried }),
    instance(expanded, by),
    instance(single, by),
  ];
}

/** The same for channel c under a projection's weight. */
async function restoredTerm(
  { proof }: Context,
  { reserved, read, facts, source }: Merge,
  members: readonly Theorem[],
): Promise<readonly Theorem[]> {
  const value = reserved(c, ...read);
  const pixel = x(c, ...source);
  const carried = add(times(a(c), pixel), b(c));
  const hypotheses = [...facts, ...range(c, C)];
  const identity = await proof.show(
    'carried',
    { hypotheses, conclusion: equal(value, carried) },
    members,
  );
  const inverted = await proof.show(
    'inverse',
    { hypotheses, conclusion: equal(times(inverse(c), a(c)), one) },
    members,
  );
  const { weighted, singleWeighted } = await restoring(proof);
  const by = {
    s: scale(o),
    w: projection(o, c, int(0), int(0)),
    e: inverse(c),
    a: a(c),
    b: b(c),
    t: pixel,
  };
  return [
    await scaledBoth(proof, identity, { factor: restored(o, c), value, carried }),
    instance(weighted, by),
    cut(inverted, instance(singleWeighted, by)),
  ];
}

async function projectionLemmas(
  context: Context,
  merge: Merge,
  by: Substitution,
): Promise<readonly Theorem[]> {
  const { strategy, demands, reserved, read, source, facts, stride } = merge;
  const { proof, library } = context;
  const sums = await library.sums();
  const original = instance(await library.theorem(pointwiseSum.name), {
    V: kernelOf(projection),
    t: ofTriple(x),
    sy: stride[0],
    sx: stride[1],
  });
  // The converted one, channel by channel.
  const plain = (k: Term): Term => times(projection(o, k, int(0), int(0)), x(k, ...source));
  const scaled = (k: Term): Term => times(scale(o), plain(k));
  const left = columnTerm(strategy, (k) => reserved(k, ...read));
  const added = (k: Term): Term => times(restored(o, k), b(k));
  const right = strategy.name === 'shift' ? (k: Term): Term => add(scaled(k), added(k)) : scaled;
  const member = await library.theorem('below-largest');
  const members = membersOf(demands, member, [c]);
  const hypotheses = [...facts, ...range(c, C)];
  const premise = await proof.show(
    'projection, channel',
    { hypotheses, conclusion: equal(left(c), right(c)) },
    strategy.name === 'shift' ? await restoredTerm(context, merge, members) : members,
  );
  const merged =
    strategy.name === 'split'
      ? instance(await library.theorem(splitProjection.name), { ...by, P: asMatrix(folded) })
      : instance(await library.theorem(mergedProjection.name), {
          ...by,
          P: asMatrix(strategy.name === 'shift' ? restored : folded),
        });
  const lemmas = [
    original,
    merged,
    congruent(sums, premise, c, C),
    instance(sums.scale, { a: scale(o), n: C, h: ofIndex(plain) }),
  ];
  if (strategy.name === 'shift') {
    lemmas.push(instance(sums.add, { n: C, h: ofIndex(scaled), g: ofIndex(added) }));
  }
  return lemmas;
}

const asMatrix = (matrix: (out: Term, k: Term) => Term): Lambda => lambda(['Int', 'Int'], matrix);

/** The term of the reserved columns' sum over channels. */
function columnTerm({ name }: Strategy, reserved: (k: Term) => Term): (k: Term) => Term {
  switch (name) {
    case 'nonnegative':
    case 'unit-norm':
    case 'bounds':
    case 'prelu':
      return (k) => times(folded(o, k), reserved(k));
    case 'split':
      return (k) => times(folded(o, k), minus(reserved(k), reserved(add(C, k))));
    case 'shift':
      return (k) => times(restored(o, k), reserved(k));
  }
}
