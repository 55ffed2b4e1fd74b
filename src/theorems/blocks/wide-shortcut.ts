/**
 * A shortcut that is a convolution of any kernel, with a scale and a shift behind it, in the letters of a block: its
 * kernel P has ph × pw taps, of which (pi, pj) reads the pixel itself.
 *
 * There are two places to put it, each around the pixel that its own centre and the layer's read, in a window of
 * kh × kw taps that holds both: among the columns of the last layer, behind reserved channels that hold all of the
 * block's input (`wide`; so no layer before has a stride, and a value that a shift makes of zero padding would be
 * amiss); or in rows of the first, whose reserved channels then hold the shortcut's value (`ahead`; so all of the
 * stride is the first layer's).
 */
import { fun, lambda, substitute, type Substitution, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import { add, minus, times } from '../notation.ts';
import { convolution, tap, type Kernel, type Tensor, type Window } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { x, type Layer, type Rows } from './branch.ts';
import { membersOf, type Demands } from './demands.ts';
import {
  at as indices,
  C,
  centreOf,
  equalSums,
  integer,
  kernelOf,
  kh,
  kw,
  lettersOf,
  p,
  q,
  type Body,
  type Context,
} from './frame.ts';
import { embedded, scaledKernel } from './kernels.ts';
import { columns, keepingCentre, rows } from './stacking.ts';
import type { Strategy } from './strategy.ts';
import { placedEach, projected, wideMerge, wideRows, wideSplit } from './wide-merge.ts';

const o = integer('o');
const P: Kernel = fun('P');
const [scale, shift] = [fun('sp'), fun('bp')];

/** Of the layer's window and of the projection's; a 1×1 kernel has any. */
const dilation = [integer('dy'), integer('dx')] as const;

/** The layer beside whose kernel the projection's is put. */
export function besideWide(layer: Layer): Layer {
  const { size, stride } = layer.window;
  return { ...layer, window: keepingCentre({ size, stride, dilation }, layer.centre) };
}

/** With the window that holds both. */
export function widened(layer: Layer): Layer {
  const { stride } = layer.window;
  const window = keepingCentre({ size: [kh, kw], stride, dilation }, centreOf);
  return { ...layer, window, centre: centreOf };
}

/** The shortcut's own convolution. */
export function projection(layer: Layer): { readonly weights: Kernel; readonly window: Window } {
  return { weights: P, window: projectionWindow(layer) };
}

export function projectionWindow({ window: { stride } }: Layer): Window {
  return keepingCentre({ size: projected.size, stride, dilation }, projected.centre);
}

/** The layer's kernel within the common window. */
export function withinWide(layer: Layer, weights: Kernel): Kernel {
  return embedded(centreOf, { size: layer.window.size, centre: layer.centre }, weights);
}

/** What has to hold of the sizes. */
export function wideFacts(layer: Layer): readonly Term[] {
  return placedEach.map((term) => substitute(term, placeOf(layer)));
}

/** What the lemmas call the layer's own kernel. */
function placeOf({ window: { size }, centre }: Layer): Substitution {
  return { eh: size[0], ew: size[1], ei: centre[0], ej: centre[1] };
}

/** The shortcut's value at the layer's position. */
export function projectedValue(layer: Layer, channels: Term): Tensor {
  const window = projectionWindow(layer);
  const mapped = convolution({ weights: P, input: x, channels, window });
  return (k, ...at) => add(times(scale(k), mapped(k, ...at)), shift(k));
}

/** With the scale of its batch norm, and a factor. */
const folded = (out: Term, ...at: readonly [Term, Term, Term]): Term =>
  times(scale(out), P(out, ...at));

/** The reserved columns of the last kernel. */
export function wideColumns({ name }: Strategy): Kernel {
  const within = (weights: Kernel): Kernel => embedded(centreOf, projected, weights);
  if (name !== 'split') return within(folded);
  return columns(
    C,
    within(folded),
    within((...k) => minus(folded(...k))),
  );
}

/** The merge, with all that it reads of what is reserved, as far as the block's input goes. */
export async function wideLemmas(
  context: Context,
  of: {
    readonly strategy: Strategy;
    readonly demands: Demands;
    readonly last: Layer;
    readonly reserved: Tensor;
    /** Of the last layer: V, M, a and s, and its own window's. */
    readonly letters: Substitution;
    readonly facts: readonly Term[];
  },
): Promise<readonly Theorem[]> {
  const { strategy, demands, last, reserved, letters, facts } = of;
  const { library } = context;
  const isSplit = strategy.name === 'split';
  const window = projectionWindow(last);
  const carried: Tensor = isSplit
    ? (c, ...at) => minus(reserved(c, ...at), reserved(add(C, c), ...at))
    : reserved;
  const term =
    (input: Tensor): Body =>
    (c, i, j) =>
      times(folded(o, c, i, j), input(c, ...tap(window, [p, q], [i, j])));
  const member = await library.theorem('below-largest');
  const read = await equalSums(context, 'projection, term', {
    counts: [C, ...window.size],
    left: term(carried),
    right: term(x),
    hypotheses: facts,
    lemmas: membersOf(demands, member, indices),
  });
  const merge = await library.theorem((isSplit ? wideSplit : wideMerge).name);
  return [
    instance(merge, {
      ...letters,
      ...lettersOf(widened(last), [p, q]),
      ...placeOf(last),
      R: strategy.count,
      r: ofTriple(reserved),
      P: kernelOf(folded),
    }),
    read,
    instance(await library.theorem(scaledKernel.name), {
      ...lettersOf({ window, centre: projected.centre }, [p, q]),
      C,
      V: kernelOf(P),
      t: ofTriple(x),
      s: scale(o),
    }),
  ];
}

/** Channels of the block's input where the letter C is taken. */
export const aheadInputs = integer('N');

const rowKernel =
  ({ factor, source }: Strategy): Kernel =>
  (out, ...at) =>
    times(times(factor(out), scale(source(out))), P(source(out), ...at));

/** Rows of the first layer that hold the shortcut's value; the letter C is the count of its channels. */
export function aheadRows(layer: Layer, strategy: Strategy): Rows {
  const { count, factor, source, gain, offset } = strategy;
  const value = projectedValue(layer, aheadInputs);
  return {
    inputs: aheadInputs,
    wide: widened(layer),
    kernel: rows(
      count,
      embedded(centreOf, projected, rowKernel(strategy)),
      withinWide(layer, layer.weights),
    ),
    carried: (k, ...at) => times(factor(k), value(source(k), ...at)),
    offset: (k) => add(times(gain(k), times(factor(k), shift(source(k)))), offset(k)),
  };
}

/** The first converted layer at channel k and position (u, v). */
export async function aheadLemmas(
  { library }: Context,
  strategy: Strategy,
  of: { readonly layer: Layer; readonly channel: Term; readonly at: readonly [Term, Term] },
): Promise<readonly Theorem[]> {
  const { layer, channel, at } = of;
  const t = ofTriple(x);
  const source = strategy.source(channel);
  return [
    instance(await library.theorem(wideRows.name), {
      ...lettersOf(widened(layer), at),
      ...placeOf(layer),
      ...{ C: aheadInputs, R: strategy.count, k: channel, t },
      V: kernelOf(layer.weights),
      P: kernelOf(rowKernel(strategy)),
    }),
    instance(await library.theorem(scaledKernel.name), {
      ...lettersOf({ window: projectionWindow(layer), centre: projected.centre }, at),
      ...{ C: aheadInputs, t, o: channel },
      s: times(strategy.factor(channel), scale(source)),
      V: lambda(['Int', 'Int', 'Int', 'Int'], (_, c, i, j) => P(source, c, i, j)),
    }),
  ];
}
