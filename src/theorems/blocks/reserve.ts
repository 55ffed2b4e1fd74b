/**
 * Layer by layer: the converted hidden tensor is what is reserved, beside the original's.
 *
 * Nothing is assumed of the block's input here: what the reserved channels hold is bent as it comes.
 */
import { int, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import { add, equal, minus, one, times } from '../notation.ts';
import type { Entry } from '../entry.ts';
import { range } from '../sums.ts';
import { tap } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { groupsOf, inGroupOf, x, type Hidden, type Layer, type LayerKind } from './branch.ts';
import { diracChannel } from './core.ts';
import {
  equalSums,
  integer,
  kernelOf,
  lettersOf,
  type Body,
  type Context,
  type Three,
} from './frame.ts';
import { reservedGroups, wholeGroups } from './groups.ts';
import { reservedBlock, reservedDepthwise, reservedRows } from './layers.ts';
import { concat } from './stacking.ts';
import type { Strategy } from './strategy.ts';
import { aheadLemmas } from './wide-shortcut.ts';

/** Channel and position in general, for the identities. */
const [k, u, v] = ['k', 'u', 'v'].map(integer);

/** The channel that a layer's kernel reads for its entry c. */
function channelOf(layer: Layer, out: Term, c: Term): Term {
  switch (layer.kind) {
    case 'dense':
    case 'identity':
      return c;
    case 'depthwise':
      return out;
    case 'grouped':
      return inGroupOf(groupsOf(layer).width)(out, c);
  }
}

function countsOf(layer: Layer, inputs: Term): Three {
  const { kind, window } = layer;
  switch (kind) {
    case 'dense':
    case 'identity':
      return [inputs, ...window.size];
    case 'depthwise':
      return [int(1), ...window.size];
    case 'grouped':
      return [groupsOf(layer).width, ...window.size];
  }
}

/** What carries a layer's reserved channels on. */
const onward: Readonly<Record<LayerKind, Entry>> = {
  dense: reservedBlock,
  identity: reservedBlock,
  depthwise: reservedDepthwise,
  grouped: reservedGroups,
};

export interface Carried {
  readonly hidden: Hidden;
  /** facts, 0 ≤ k, k < channels ⊢ converted(k, u, v) = [reserved | own](k, u, v) */
  readonly theorem: Theorem;
}

/** The channels that a grouped layer reads are there. */
async function groupRange(
  { library }: Context,
  { channels }: Hidden,
  layer: Layer,
  output: Term,
): Promise<Theorem> {
  const { width, reserved, own } = groupsOf(layer);
  const by = { w: width, T: channels, t: add(reserved, own), k: output };
  return instance(await library.theorem(wholeGroups.name), by);
}

/** The sum over the converted input is the sum over what it is. */
export async function unfolded(
  context: Context,
  of: {
    readonly carried: Carried;
    readonly layer: Layer;
    readonly strategy: Strategy;
    readonly kernel: (c: Term, i: Term, j: Term) => Term;
    readonly output: Term;
    readonly position: readonly [Term, Term];
    readonly facts: readonly Term[];
  },
): Promise<Theorem> {
  const { carried, layer, strategy, kernel, output, position, facts } = of;
  const { hidden, theorem } = carried;
  const sides = [hidden.converted, concat(strategy.count, hidden.reserved, hidden.own)];
  const [left, right] = sides.map(
    (input): Body =>
      (c, i, j) =>
        times(
          kernel(c, i, j),
          input(channelOf(layer, output, c), ...tap(layer.window, position, [i, j])),
        ),
  );
  const [c, i, j] = ['c', 'i', 'j'].map(integer);
  const [row, column] = tap(layer.window, position, [i, j]);
  return equalSums(context, `layer ${layer.level}, term`, {
    counts: countsOf(layer, hidden.channels),
    left,
    right,
    hypotheses: facts,
    lemmas: [
      instance(theorem, { k: channelOf(layer, output, c), u: row, v: column }),
      ...(layer.kind === 'grouped' ? [await groupRange(context, hidden, layer, output)] : []),
    ],
  });
}

/** The identity for the hidden tensor behind `before`; null for the block's input. */
export async function carry(
  context: Context,
  hidden: Hidden,
  before: Carried | null,
  of: {
    readonly strategy: Strategy;
    readonly facts: readonly Term[];
    /** Whether the first layer's reserved rows hold the shortcut's value. */
    readonly isAhead: boolean;
  },
): Promise<Carried> {
  const { strategy, facts, isAhead } = of;
  const { layer, kernel, channels, inputs } = hidden;
  const { library } = context;
  const letters = {
    ...lettersOf(layer, [u, v]),
    k,
    R: strategy.count,
    V: kernelOf(layer.weights),
  };
  const lemmas: Theorem[] = [];
  if (before === null && isAhead) {
    lemmas.push(...(await aheadLemmas(context, strategy, { layer, channel: k, at: [u, v] })));
    if (layer.kind === 'identity') {
      const copied = minus(k, strategy.count);
      const by = { ...letters, C: inputs.own, src: copied, o: copied, factor: one, t: ofTriple(x) };
      lemmas.push(instance(await library.theorem(diracChannel.name), by));
    }
  } else if (before === null) {
    const source = strategy.source(k);
    const factor = strategy.factor(k);
    const rows = await library.theorem(reservedRows.name);
    lemmas.push(instance(rows, { ...letters, src: source, factor, t: ofTriple(x) }));
    if (layer.kind === 'identity') {
      const copied = minus(k, strategy.count);
      const by = { ...letters, src: copied, o: copied, factor: one, t: ofTriple(x) };
      lemmas.push(instance(await library.theorem(diracChannel.name), by));
    }
  } else {
    const { own, reserved } = before.hidden;
    const hypotheses = layer.kind === 'dense' ? facts : [...facts, ...range(k, channels)];
    lemmas.push(
      await unfolded(context, {
        carried: before,
        layer,
        strategy,
        kernel: (...at) => kernel(k, ...at),
        output: k,
        position: [u, v],
        facts: hypotheses,
      }),
    );
    const lemma = onward[layer.kind];
    const by = {
      ...letters,
      r: ofTriple(reserved),
      a: ofTriple(own),
      M: before.hidden.layer.width,
      ...(layer.groups === null ? {} : { w: layer.groups.width, u: layer.groups.reserved }),
    };
    lemmas.push(instance(await library.theorem(lemma.name), by));
  }
  const sides = [hidden.converted, concat(strategy.count, hidden.reserved, hidden.own)];
  const [left, right] = sides.map((tensor) => tensor(k, u, v));
  const theorem = await context.proof.show(
    `layer ${layer.level}`,
    { hypotheses: [...facts, ...range(k, channels)], conclusion: equal(left, right) },
    lemmas,
  );
  return { hidden, theorem };
}
