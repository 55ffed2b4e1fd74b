/**
 * What is left between two inverted residual blocks without shortcuts: a projection, a batch norm, and the
 * expansion of the next one, all 1×1.
 */
import { fun, int } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, times, within } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, inside, tripleSum, type Kernel, type Tensor } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { biased, composed, throughBiasedPointwise } from './exchange.ts';
import {
  asMatrix,
  at,
  C,
  conclude,
  integer,
  kernelOf,
  lettersOf,
  notNegative,
  p,
  q,
  terms,
  typing,
} from './frame.ts';
import { pointwiseSum, scaledKernel } from './kernels.ts';
import { x } from './parallel.ts';
import { origin, pointwise } from './stacking.ts';
import type { Term } from '../../logic/term.ts';

const [M, o, H, W] = ['M', 'o', 'H', 'W'].map(integer);
const [inner, outer] = [fun('V1'), fun('V2')];
const [s1, b1, s2, b2] = ['s1', 'b1', 's2', 'b2'].map((name) => fun(name));
const window = pointwise();
const unit = [int(1), int(1)] as const;
const weight = (m: Term, c: Term): Term => times(s1(m), inner(m, c, int(0), int(0)));
const projected: Tensor = convolution({ weights: inner, input: x, channels: C, window });
const hidden: Tensor = inside((m, u, v) => add(times(s1(m), projected(m, u, v)), b1(m)), H, W);
const kernel: Kernel = composed(outer, weight, M);
const of = (weights: Kernel, input: Tensor, channels: Term): Term =>
  convolution({ weights, input, channels, window })(o, p, q);
const constant = tripleSum([M, ...unit], (m, i, j) => times(outer(o, m, i, j), b1(m)));

export const fusedPointwise: Entry = {
  name: 'fused-project-expand',
  says: 'A 1×1 projection and the 1×1 expansion behind it, a batch norm each, are one 1×1 convolution.',
  source: 'arXiv 2111.00687, MobileNetV2 to MobileNetV1',
  statement: {
    hypotheses: [notNegative(C), notNegative(M), within(p, H), within(q, W)].map(typing),
    conclusion: equal(
      add(times(s2(o), of(outer, hidden, M)), b2(o)),
      add(
        of((...k) => times(s2(o), kernel(...k)), x, C),
        add(times(s2(o), constant), b2(o)),
      ),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const sums = await library.sums();
    const [m, c] = at;
    const single = await library.theorem(pointwiseSum.name);
    const strideless = { sy: int(1), sx: int(1) };
    const facts = terms(fusedPointwise);
    const affine = biased(weight, b1, x);
    const own = (k: Term): Term => times(inner(m, k, int(0), int(0)), x(k, p, q));
    const regrouped = await proof.show('scale, term', {
      hypotheses: [],
      conclusion: equal(times(weight(m, c), x(c, p, q)), times(s1(m), own(c))),
    });
    const value = await proof.show(
      'projection',
      {
        hypotheses: [...facts, ...range(m, M)],
        conclusion: equal(
          times(outer(o, m, int(0), int(0)), hidden(m, p, q)),
          times(outer(o, m, int(0), int(0)), affine(m, p, q)),
        ),
      },
      [
        instance(single, { V: kernelOf(inner), t: ofTriple(x), o: m, ...strideless }),
        congruent(sums, regrouped, c, C),
        instance(sums.scale, { a: s1(m), n: C, h: ofIndex(own) }),
      ],
    );
    const expanded = (input: Tensor) =>
      instance(single, { C: M, V: kernelOf(outer), t: ofTriple(input), ...strideless });
    return conclude(fusedPointwise, context, [
      expanded(hidden),
      congruent(sums, value, m, M),
      expanded(affine),
      instance(await library.theorem(throughBiasedPointwise.name), {
        ...lettersOf({ window, centre: origin }, [p, q]),
        V: kernelOf(outer),
        U: asMatrix(weight),
        e: ofIndex(b1),
        t: ofTriple(x),
      }),
      instance(await library.theorem(scaledKernel.name), {
        ...lettersOf({ window, centre: origin }, [p, q]),
        V: kernelOf(kernel),
        t: ofTriple(x),
        s: s2(o),
      }),
    ]);
  },
  sizes: [{ C: 2, M: 2, o: 0, p: 0, q: 1, H: 1, W: 2 }],
};
