/**
 * Correct conversions for which the affine normal form is not enough: the two agree, but no rule here says
 * so. A verifier may leave them undecided; what it must not do is to take rounded parameters for a proof
 * of the contrary, so in each a batch norm is folded as well.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import { fold, permuteColumns, permuteRows } from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

type Step = (s: Sketch, x: TensorId) => TensorId;

export function beyondNormalFormPairs(): Pair[] {
  const random = new Random(1800);
  const conv = random.filter(3, 4, 3, { bias: true });
  const norm = random.norm(4);
  const head = random.filter(4, 3, 1, { bias: true });
  const order = [2, 0, 3, 1];
  const folded = fold(conv, norm);
  const pair = (
    name: string,
    note: string,
    steps: readonly [Step, Step],
    filters = { conv: folded, head },
  ): Pair =>
    sketchedPair({
      name,
      note,
      expected: 'rounded',
      original: (s) =>
        s.head(steps[0](s, s.norm('bn', s.conv('conv', s.input(3, 6, 7), conv), norm)), head),
      converted: (s) =>
        s.head(steps[1](s, s.conv('conv', s.input(3, 6, 7), filters.conv)), filters.head),
    });
  const softmax: Step = (s, x) => s.opaque('softmax', x, 'softmax');
  return [
    pair('relu-across-max-pool', 'ReLU and maximum change places', [
      (s, x) => s.maxPool('max', s.relu('relu', x), 2, 2),
      (s, x) => s.relu('relu', s.maxPool('max', x, 2, 2)),
    ]),
    pair('softmax-permuted', 'channels permuted before, columns behind', [softmax, softmax], {
      conv: permuteRows(folded, order),
      head: permuteColumns(head, order),
    }),
    pair('softmax-shifted', 'one is added to every argument', [
      softmax,
      (s, x) => softmax(s, s.translate('plus-one', x, [1])),
    ]),
    pair('silu-spelled', 'SiLU as x · sigmoid(x)', [
      (s, x) => s.opaque('silu', x, 'silu'),
      (s, x) => s.multiply('product', x, s.opaque('gate', x, 'sigmoid')),
    ]),
  ];
}
