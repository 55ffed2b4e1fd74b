/** Convolutions are linear in what they read and in their weights; parallel ones with one window add up. */
import { fun, symbol, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry, Library } from '../entry.ts';
import { add, equal, times } from '../notation.ts';
import type { Proof } from '../proof.ts';
import { convolution, tap, type Kernel, type Tensor } from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import {
  C,
  c,
  counts,
  countTyping,
  i,
  j,
  kernel,
  o,
  p,
  q,
  smallSizes,
  source,
  termsOf,
  window,
} from './letters.ts';

const [alpha, beta] = ['alpha', 'beta'].map((name) => symbol('Real', name));
const K = kernel('K');
const L = kernel('L');
const [x, y]: readonly Tensor[] = [fun('x'), fun('y')];
const [b, d] = [fun('b'), fun('d')];

function at(weights: Kernel, input: Tensor): Term {
  return convolution({ weights, input, channels: C, window, channel: source })(o, p, q);
}

/** Where each term of a convolution is α·f + β·g: the convolution is α·ΣΣΣ f + β·ΣΣΣ g. */
async function combined(
  proof: Proof,
  library: Library,
  of: {
    readonly convolution: readonly [Kernel, Tensor];
    readonly parts: readonly (readonly [Kernel, Tensor])[];
    readonly factors: readonly [Term, Term];
    readonly conclusion: Term;
  },
): Promise<Theorem> {
  const { add: added, scale } = await library.triples();
  const value =
    ([weights, input]: readonly [Kernel, Tensor]) =>
    (cc: Term, ii: Term, jj: Term): Term =>
      times(weights(o, cc, ii, jj), input(source(o, cc), ...tap(window, [p, q], [ii, jj])));
  const [f, g] = of.parts.map(value);
  const [s, t] = of.factors;
  const term = await proof.show('term', {
    hypotheses: [],
    conclusion: equal(
      value(of.convolution)(c, i, j),
      add(times(s, f(c, i, j)), times(t, g(c, i, j))),
    ),
  });
  return proof.show('convolution', { hypotheses: [countTyping.term], conclusion: of.conclusion }, [
    tripleCongruent(await library.sums(), term, [c, i, j], counts),
    instance(added, {
      f: ofTriple((...index) => times(s, f(...index))),
      g: ofTriple((...index) => times(t, g(...index))),
    }),
    instance(scale, { a: s, f: ofTriple(f) }),
    instance(scale, { a: t, f: ofTriple(g) }),
  ]);
}

const mixed: Tensor = (...place) => add(times(alpha, x(...place)), times(beta, y(...place)));

export const convolutionLinear: Entry = {
  name: 'convolution-linear',
  says: 'A convolution of a combination of tensors is the combination of their convolutions.',
  source: 'definition of the convolution',
  statement: {
    hypotheses: [countTyping],
    conclusion: equal(at(K, mixed), add(times(alpha, at(K, x)), times(beta, at(K, y)))),
  },
  prove: (proof, library) =>
    combined(proof, library, {
      convolution: [K, mixed],
      parts: [
        [K, x],
        [K, y],
      ],
      factors: [alpha, beta],
      conclusion: convolutionLinear.statement.conclusion,
    }),
  sizes: [smallSizes],
};

const mixedWeights: Kernel = (...place) => add(times(alpha, K(...place)), times(beta, L(...place)));

export const convolutionLinearInWeights: Entry = {
  name: 'convolution-linear-in-weights',
  says: 'A convolution with a combination of kernels is the combination of the convolutions.',
  source: 'definition of the convolution',
  statement: {
    hypotheses: [countTyping],
    conclusion: equal(at(mixedWeights, x), add(times(alpha, at(K, x)), times(beta, at(L, x)))),
  },
  prove: (proof, library) =>
    combined(proof, library, {
      convolution: [mixedWeights, x],
      parts: [
        [K, x],
        [L, x],
      ],
      factors: [alpha, beta],
      conclusion: convolutionLinearInWeights.statement.conclusion,
    }),
  sizes: [smallSizes],
};

const sumOfWeights: Kernel = (...place) => add(K(...place), L(...place));

export const parallelConvolutions: Entry = {
  name: 'parallel-convolutions-add',
  says: 'Convolutions with one window that are added are one, with the kernels and the biases added.',
  source: 'RepVGG, arXiv 2101.03697, section 3.3; ACNet, arXiv 1908.03930',
  statement: {
    hypotheses: [countTyping],
    conclusion: equal(
      add(add(at(K, x), b(o)), add(at(L, x), d(o))),
      add(at(sumOfWeights, x), add(b(o), d(o))),
    ),
  },
  prove: async (proof, library) => {
    const { add: added } = await library.triples();
    const value = (weights: Kernel) => (cc: Term, ii: Term, jj: Term) =>
      times(weights(o, cc, ii, jj), x(source(o, cc), ...tap(window, [p, q], [ii, jj])));
    const term = await proof.show('term', {
      hypotheses: [],
      conclusion: equal(value(sumOfWeights)(c, i, j), add(value(K)(c, i, j), value(L)(c, i, j))),
    });
    const { statement } = parallelConvolutions;
    return proof.show(
      'convolution',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [
        tripleCongruent(await library.sums(), term, [c, i, j], counts),
        instance(added, { f: ofTriple(value(K)), g: ofTriple(value(L)) }),
      ],
    );
  },
  sizes: [smallSizes],
};
