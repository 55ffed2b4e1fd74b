/**
 * A 1×1 convolution and its batch norm, with padding around them that is not zero: it holds what the batch norm
 * makes of zero, its shift. Then the shift is the same at the border and inside, and adds a constant to
 * whatever comes next; with zero padding it would not.
 */
import { fun, int, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Hypothesis } from '../entry.ts';
import { add, and, equal, ite, not, times, within, zero } from '../notation.ts';
import { congruent, ofIndex } from '../sums.ts';
import { convolution, type Tensor } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { biased } from './exchange.ts';
import { at, C, integer, kernelOf, notNegative, small, type Context } from './frame.ts';
import { pointwiseSum } from './kernels.ts';
import { x } from './parallel.ts';
import { pointwise } from './stacking.ts';

const [H, W] = ['H', 'W'].map(integer);
/** The position of the first layer, in general. */
const [u, v] = ['u', 'v'].map(integer);
const inner = fun('V1');
const s1 = fun('s1');
export const [b1, pad] = [fun('b1'), fun('pad')];

/** The first layer: 1×1, batch norm, padded with `pad`. */
export const first: Tensor = (mm, row, column) =>
  ite(
    and(within(row, H), within(column, W)),
    add(
      times(
        s1(mm),
        convolution({ weights: inner, input: x, channels: C, window: pointwise() })(
          mm,
          row,
          column,
        ),
      ),
      b1(mm),
    ),
    pad(mm),
  );
export const weight = (mm: Term, c: Term): Term => times(s1(mm), inner(mm, c, int(0), int(0)));

/** From Γ, which gives pad(m) = s1's shift: Γ ⊢ the first layer is Σ weight·x + b1 everywhere. */
export async function everywhere(
  { proof, library }: Context,
  channel: Term,
  of: { readonly hypotheses: readonly Term[]; readonly lemmas: readonly Theorem[] },
): Promise<Theorem> {
  const sums = await library.sums();
  const c = at[0];
  const inDomain = and(within(u, H), within(v, W));
  const own = (cc: Term): Term => times(inner(channel, cc, int(0), int(0)), x(cc, u, v));
  const outside = await proof.show('outside, term', {
    hypotheses: [not(inDomain)],
    conclusion: equal(own(c), zero),
  });
  const regrouped = await proof.show('scale, term', {
    hypotheses: [],
    conclusion: equal(times(weight(channel, c), x(c, u, v)), times(s1(channel), own(c))),
  });
  return proof.show(
    'first layer',
    {
      hypotheses: [...of.hypotheses, notNegative(C)],
      conclusion: equal(first(channel, u, v), biased(weight, b1, x)(channel, u, v)),
    },
    [
      ...of.lemmas,
      instance(await library.theorem(pointwiseSum.name), {
        V: kernelOf(inner),
        t: ofTriple(x),
        o: channel,
        p: u,
        q: v,
        sy: int(1),
        sx: int(1),
      }),
      congruent(sums, outside, c, C),
      instance(sums.zero, { n: C }),
      congruent(sums, regrouped, c, C),
      instance(sums.scale, { a: s1(channel), n: C, h: ofIndex(own) }),
    ],
  );
}

export const pairSizes = { C: 1, M: 1, o: 0, H: 1, W: 2, ...small };
export const held = (term: Term, breaksAt: typeof pairSizes): Hypothesis => ({
  kind: 'assumption',
  label: 'padding-holds-the-shift',
  meaning: 'between the two layers the padding holds what the first batch norm makes of zero',
  term,
  breaksAt,
});
