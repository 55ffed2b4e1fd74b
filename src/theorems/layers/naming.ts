/** A tensor may be replaced by one that agrees with it on its domain: a name by what it stands for. */
import { fun, type Term } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { equal, times } from '../notation.ts';
import { range } from '../sums.ts';
import { convolution, inside, tap, type Tensor } from '../tensors.ts';
import { tripleCongruent } from '../triple-sums.ts';
import { allBelow, eachBelow } from './all-below.ts';
import {
  assumption,
  C,
  c,
  counts,
  countTyping,
  H,
  i,
  j,
  kernel,
  kh,
  kw,
  o,
  p,
  q,
  smallSizes,
  termsOf,
  W,
  window,
} from './letters.ts';

const K = kernel('K');
const [x, y]: readonly Tensor[] = [fun('x'), fun('y')];
const same = (channel: Term, row: Term, column: Term): Term =>
  equal(x(channel, row, column), y(channel, row, column));
const inRow = (channel: Term, row: Term): Term =>
  allBelow(W, (column) => same(channel, row, column));
const inChannel = (channel: Term): Term => allBelow(H, (row) => inRow(channel, row));

function at(input: Tensor): Term {
  return convolution({ weights: K, input: inside(input, H, W), channels: C, window })(o, p, q);
}

export const naming: Entry = {
  name: 'naming',
  says: 'Layers that read tensors equal at every pixel write the same.',
  source: 'formal-core, named values',
  statement: {
    hypotheses: [
      countTyping,
      assumption({
        label: 'equal',
        meaning: 'the tensors agree at every channel and pixel',
        term: allBelow(C, inChannel),
        breaksAt: { ...smallSizes, C: 1, H: 2, W: 1, kh: 1, kw: 1, o: 0, q: 0, py: 0, px: 0 },
      }),
    ],
    conclusion: equal(at(x), at(y)),
  },
  prove: async (proof, library) => {
    const each = await library.theorem('all-below');
    const { hypotheses, conclusion } = naming.statement;
    const [row, column] = tap(window, [p, q], [i, j]);
    const value = (input: Tensor): Term =>
      times(K(o, c, i, j), inside(input, H, W)(c, row, column));
    const term = await proof.show(
      'term',
      {
        hypotheses: [...termsOf({ hypotheses }), ...range(c, C), ...range(i, kh), ...range(j, kw)],
        conclusion: equal(value(x), value(y)),
      },
      [
        eachBelow(each, { count: C, at: c, holds: inChannel }),
        eachBelow(each, { count: H, at: row, holds: (r) => inRow(c, r) }),
        eachBelow(each, { count: W, at: column, holds: (k) => same(c, row, k) }),
      ],
    );
    return proof.show('convolution', { hypotheses: termsOf({ hypotheses }), conclusion }, [
      tripleCongruent(await library.sums(), term, [c, i, j], counts),
    ]);
  },
  sizes: [{ ...smallSizes, py: 0, px: 0 }],
};
