/** The parts of a fold over rows of folds over columns, as functions of their indices. */
import { substitute, type Term } from '../../logic/term.ts';

export interface Nested {
  readonly counts: readonly [rows: Term, columns: Term];
  /** The inner fold of a row. */
  readonly row: (i: Term) => Term;
  readonly at: (i: Term, j: Term) => Term;
}

/** Throws where the term is no such fold: a mistake in a proof. */
export function nested(term: Term): Nested {
  if (term.kind !== 'fold' || term.body.kind !== 'fold') throw new Error('no fold of folds');
  const outer = term;
  const inner = term.body;
  return {
    counts: [outer.count, inner.count],
    row: (i) => substitute(inner, { [outer.index]: i }),
    at: (i, j) => substitute(inner.body, { [outer.index]: i, [inner.index]: j }),
  };
}

/** The sum that is divided, and by what. Throws as `nested` does. */
export function quotient(term: Term): {
  readonly sum: Term;
  readonly taps: Nested;
  readonly by: Term;
} {
  if (term.kind !== 'operation' || term.operator !== '/')
    throw new Error('an average is a quotient');
  const [sum, by] = term.args;
  return { sum, taps: nested(sum), by };
}
