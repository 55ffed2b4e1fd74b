/** A batch norm behind a convolution folds into its weights and bias. */
import { fun, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import { batchNorm } from '../activations.ts';
import type { Entry } from '../entry.ts';
import { add, equal, minus, times } from '../notation.ts';
import { convolution, tap, type Kernel } from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import { scaleOf, statisticsOf } from './batch-norm.ts';
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

const K = kernel('K');
const x = fun('x');
const bias = fun('b');
const statistics = statisticsOf(o);
const scaled: Kernel = (output, ...place) =>
  times(scaleOf(statisticsOf(output)), K(output, ...place));

function at(weights: Kernel): Term {
  return convolution({ weights, input: x, channels: C, window, channel: source })(o, p, q);
}

export const foldBatchNorm: Entry = {
  name: 'fold-batch-norm',
  says: 'A batch norm of a convolution is the convolution with scaled weights and another bias.',
  source: 'rm-blocks, unfolded and folded batch norms',
  statement: {
    hypotheses: [countTyping],
    conclusion: equal(
      batchNorm(statistics, add(at(K), bias(o))),
      add(
        at(scaled),
        add(times(minus(bias(o), statistics.mean), scaleOf(statistics)), statistics.beta),
      ),
    ),
  },
  prove: async (proof, library) => {
    const { scale } = await library.triples();
    const value =
      (weights: Kernel) =>
      (cc: Term, ii: Term, jj: Term): Term =>
        times(weights(o, cc, ii, jj), x(source(o, cc), ...tap(window, [p, q], [ii, jj])));
    const term = await proof.show('term', {
      hypotheses: [],
      conclusion: equal(value(scaled)(c, i, j), times(scaleOf(statistics), value(K)(c, i, j))),
    });
    const { statement } = foldBatchNorm;
    return proof.show(
      'convolution',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [
        tripleCongruent(await library.sums(), term, [c, i, j], counts),
        instance(scale, { a: scaleOf(statistics), f: ofTriple(value(K)) }),
      ],
    );
  },
  sizes: [smallSizes],
};
