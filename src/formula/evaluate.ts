/**
 * A formula as a number, in float64 and in the order it is written. The expression is compiled once.
 *
 * For comparing formulas with kernels and with src/semantics/; far too slow to run a network.
 */
import type { Formula } from './language.ts';

/** What the letters of a formula stand for, in numbers. */
export interface Values {
  readonly symbols: Readonly<Record<string, number>>;
  readonly functions: Readonly<Record<string, (...args: readonly number[]) => number>>;
}

/** The formula's value where further symbols, say a position, are as told. */
export type Evaluator = (at: Readonly<Record<string, number>>) => number;

/** Throws where a letter has no value. */
export function evaluator(formula: Formula, values: Values): Evaluator {
  const code = formula.expression.compile();
  const scope = new Map<string, unknown>([
    ...Object.entries(values.symbols),
    ...Object.entries(values.functions),
  ]);
  return (at) => {
    for (const [name, value] of Object.entries(at)) scope.set(name, value);
    return Number(code.evaluate(scope));
  };
}
