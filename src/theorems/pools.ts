/** Pooling as theorems speak of it: the formulas of src/formula/, for tensors that are terms. */
import * as positional from '../formula/positional.ts';
import { translate, type Letters } from '../formula/translate.ts';
import type { Term } from '../logic/term.ts';
import { perAxis, type Tensor, type Window } from './tensors.ts';

/** The taps of a window that are inside the domain, a run along each axis. */
export interface Taps {
  readonly first: readonly [Term, Term];
  readonly count: readonly [Term, Term];
}

interface Pooled {
  readonly input: Tensor;
  readonly window: Window;
  readonly taps: Taps;
}

function lettersOf({ input, window, taps }: Pooled): Letters {
  const { size, stride, dilation, padding } = window;
  return {
    symbols: {
      ...perAxis('k', size),
      ...perAxis('s', stride),
      ...perAxis('d', dilation),
      ...perAxis('p', padding),
    },
    functions: {
      x: input,
      top: () => taps.first[0],
      left: () => taps.first[1],
      rows: () => taps.count[0],
      columns: () => taps.count[1],
    },
  };
}

function pooled(formula: typeof positional.maxPool, of: Pooled): Tensor {
  const { symbols, functions } = lettersOf(of);
  return (o, p, q) => translate(formula, { symbols: { ...symbols, o, p, q }, functions });
}

/** The largest over the taps given; which of them are inside is for hypotheses to say. */
export function maxPool(of: Pooled): Tensor {
  return pooled(positional.maxPool, of);
}

/** The sum over all taps by their number, or by the number of taps given. Knows no dilation. */
export function averagePool(of: Omit<Pooled, 'taps'> & { readonly divisor: 'all' | Taps }): Tensor {
  const { divisor } = of;
  const { size } = of.window;
  return divisor === 'all'
    ? pooled(positional.averagePool, { ...of, taps: { first: size, count: size } })
    : pooled(positional.averagePoolInside, { ...of, taps: divisor });
}

export function globalAveragePool(input: Tensor, height: Term, width: Term): (o: Term) => Term {
  const functions = { x: input };
  return (o) =>
    translate(positional.globalAveragePool, { symbols: { o, H: height, W: width }, functions });
}
