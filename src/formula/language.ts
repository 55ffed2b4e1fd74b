/**
 * The language in which the scalar algebra of layers is written down: mathjs expressions, parsed once.
 *
 * Besides mathjs's operators, comparisons and conditionals there are `sum(i, n, body)` and
 * `largest(i, n, body)`, which bind i = 0, …, n − 1 in their body, and `within(i, n)`, 0 ≤ i < n. Every
 * other name is a letter of the layer, a number or a function of indices, and gets its meaning from whoever
 * uses the formula: as a term (translate.ts), as TeX (tex.ts) or as a number (evaluate.ts).
 */
import { all, create, type EvalFunction, type MathNode } from 'mathjs/number';

export interface Formula {
  /** As it was written. */
  readonly text: string;
  readonly expression: MathNode;
}

const math = create(all, {});

/** Bodies of folds are compiled when they are first evaluated; mathjs hands folds their nodes. */
const bodies = new WeakMap<MathNode, EvalFunction>();

function compiledOnce(node: MathNode): EvalFunction {
  const known = bodies.get(node);
  if (known !== undefined) return known;
  const fresh = node.compile();
  bodies.set(node, fresh);
  return fresh;
}

/** A fold as mathjs calls it: with its arguments unevaluated, and the scope to evaluate them in. */
function fold(empty: number, next: (folded: number, value: number) => number) {
  const folding = (
    [index, count, body]: readonly MathNode[],
    _: unknown,
    scope: Map<string, unknown>,
  ): number => {
    const { name } = binding(index);
    const value = compiledOnce(body);
    const size = Number(compiledOnce(count).evaluate(scope));
    let folded = empty;
    for (let i = 0; i < size; i++) {
      scope.set(name, i);
      folded = next(folded, Number(value.evaluate(scope)));
    }
    scope.delete(name);
    return folded;
  };
  return Object.assign(folding, { rawArgs: true });
}

/** The symbol that a fold binds. */
export function binding(index: MathNode): { readonly name: string } {
  if (!math.isSymbolNode(index)) throw new Error(`${index.toString()} is no name for an index`);
  return index;
}

math.import(
  {
    sum: fold(0, (sum, value) => sum + value),
    largest: fold(-Infinity, Math.max),
    within: (i: number, n: number) => 0 <= i && i < n,
    div: (a: number, b: number) => Math.floor(a / b),
    // mathjs's own comparisons take numbers within 10⁻¹² of each other for equal.
    max: Math.max,
    min: Math.min,
    smaller: (a: number, b: number) => a < b,
    smallerEq: (a: number, b: number) => a <= b,
    larger: (a: number, b: number) => a > b,
    largerEq: (a: number, b: number) => a >= b,
  },
  { override: true },
);

export function formula(text: string): Formula {
  return { text, expression: math.parse(text) };
}
