/**
 * A small system of real variables, each defined over earlier ones, and its text for a solver.
 *
 * Three ways to define a variable, all of linear real arithmetic: a sum with exactly known coefficients, a
 * maximum with a threshold, and a product with a factor that is known up to an error. What is claimed of the
 * last is only what holds for every factor within the error, so a float64 approximation of γ/√(σ²+ε) does
 * no harm. Anything may be left undefined: that only makes fewer things provable.
 */
import { dyadic } from './dyadic.ts';
import {
  addIntervals,
  down,
  everything,
  meet,
  scaleInterval,
  up,
  type Interval,
} from './interval.ts';
import { exactly } from './scale.ts';

/** Index of a variable. */
export type Variable = number;

export interface Term {
  /** Exact. */
  readonly coefficient: number;
  readonly variable: Variable;
}

/** How a variable follows from earlier ones. */
type Rule =
  | { readonly kind: 'free' }
  | { readonly kind: 'sum'; readonly terms: readonly Term[]; readonly constant: number }
  /** factor · of, for some factor within `error` of `factor`. */
  | {
      readonly kind: 'product';
      readonly of: Variable;
      readonly factor: number;
      readonly error: number;
    }
  /** max(of − threshold, 0) */
  | { readonly kind: 'relu'; readonly of: Variable; readonly threshold: Variable };

interface Entry {
  readonly rule: Rule;
  /** What the variable is known to lie in. */
  readonly range: Interval;
  readonly meaning: string;
}

/** Assignments tried before a solver is asked: random ones, and steps from each, up and down. */
const starts = 24;
const steps = 4;

/** Slope a ReLU is taken to have where it is zero, so that there is a way back from there. */
const leak = 2 ** -8;

/** An exact float64 as an SMT-LIB term. */
function real(x: number): string {
  const { numerator, denominator } = dyadic(x);
  const size = numerator < 0n ? -numerator : numerator;
  const magnitude = denominator === 1n ? `${size}.0` : `(/ ${size}.0 ${denominator}.0)`;
  return numerator < 0n ? `(- ${magnitude})` : magnitude;
}

function name(variable: Variable): string {
  return `x${variable}`;
}

/** A deterministic stream of numbers in [0, 1): the samples of one system never change. */
function numbers(): () => number {
  let state = 0x2545f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export class RealSystem {
  readonly #entries: Entry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  free(range: Interval, meaning: string): Variable {
    return this.#add({ rule: { kind: 'free' }, range, meaning });
  }

  sum(terms: readonly Term[], constant: number, known: Interval, meaning: string): Variable {
    let range: Interval = { lower: constant, upper: constant };
    for (const { coefficient, variable } of terms) {
      const own = this.#entries[variable].range;
      range = addIntervals(range, scaleInterval(own, exactly(coefficient)));
    }
    return this.#add({
      rule: { kind: 'sum', terms, constant },
      range: meet(range, known),
      meaning,
    });
  }

  product(of: Variable, factor: number, error: number, meaning: string): Variable {
    return this.#add({ rule: { kind: 'product', of, factor, error }, range: everything, meaning });
  }

  relu(of: Variable, threshold: Variable, known: Interval, meaning: string): Variable {
    const range = meet(known, { lower: 0, upper: Infinity });
    return this.#add({ rule: { kind: 'relu', of, threshold }, range, meaning });
  }

  #add(entry: Entry): Variable {
    this.#entries.push(entry);
    return this.#entries.length - 1;
  }

  /** Whether two variables depend on a third. Where none do, intervals have said everything. */
  get isCorrelated(): boolean {
    const readers = new Int32Array(this.size);
    for (const { rule } of this.#entries) {
      if (rule.kind === 'sum') for (const { variable } of rule.terms) readers[variable] += 1;
      else if (rule.kind !== 'free') readers[rule.of] += 1;
    }
    return readers.some((count) => count > 1);
  }

  /**
   * On which sides of `bound` a variable may always stay, as far as some assignments can tell; only a hint
   * about which questions are worth asking. From random assignments it climbs and descends along the slope
   * of the variable, which is piecewise linear in the free ones.
   */
  possibleSides(variable: Variable, bound: number): readonly ('above' | 'below')[] {
    const slack = 2 ** -30 * (1 + Math.abs(bound));
    const open = new Set(['above', 'below'] as const);
    const next = numbers();
    for (let start = 0; start < starts && open.size > 0; start++) {
      const free = this.#entries.map(({ range }) => pick(range, next));
      for (const side of open) {
        const direction = side === 'above' ? -1 : 1;
        const at = [...free];
        for (let step = 0; step <= steps; step++) {
          const values = this.#evaluate(at);
          if (this.#isInRange(values)) {
            if (values[variable] < bound - slack) open.delete('above');
            if (values[variable] > bound + slack) open.delete('below');
          }
          const slopes = this.#slopes(variable, values);
          for (const [i, { range }] of this.#entries.entries()) {
            const slope = slopes[i] * direction;
            if (slope !== 0) at[i] = beyond(at[i], slope > 0 ? range.upper : range.lower, slope);
          }
        }
      }
    }
    return [...open];
  }

  #evaluate(free: readonly number[]): Float64Array {
    const values = new Float64Array(this.size);
    for (const [i, { rule }] of this.#entries.entries()) {
      switch (rule.kind) {
        case 'free':
          values[i] = free[i];
          break;
        case 'sum':
          values[i] = rule.constant;
          for (const { coefficient, variable } of rule.terms) {
            values[i] += coefficient * values[variable];
          }
          break;
        case 'product':
          values[i] = rule.factor * values[rule.of];
          break;
        case 'relu':
          values[i] = Math.max(values[rule.of] - values[rule.threshold], 0);
      }
    }
    return values;
  }

  /** Whether the defined variables lie where they are known to lie. */
  #isInRange(values: Float64Array): boolean {
    return this.#entries.every(({ range }, i) => {
      const slack = 2 ** -30 * (1 + Math.abs(values[i]));
      return values[i] >= range.lower - slack && values[i] <= range.upper + slack;
    });
  }

  /** The slope of a variable in all others at an assignment. */
  #slopes(variable: Variable, values: Float64Array): Float64Array {
    const slopes = new Float64Array(this.size);
    slopes[variable] = 1;
    for (let i = variable; i >= 0; i--) {
      const own = slopes[i];
      const { rule } = this.#entries[i];
      if (own === 0 || rule.kind === 'free') continue;
      if (rule.kind === 'sum') {
        for (const { coefficient, variable } of rule.terms) slopes[variable] += own * coefficient;
      } else if (rule.kind === 'product') slopes[rule.of] += own * rule.factor;
      else slopes[rule.of] += values[i] > 0 ? own : leak * own;
    }
    return slopes;
  }

  /**
   * SMT-LIB text that is unsatisfiable exactly where the system implies `variable` ≥ `bound` (`above`), or
   * `variable` ≤ `bound` (`below`).
   */
  negationOf(variable: Variable, direction: 'above' | 'below', bound: number): string {
    const lines = ['(set-logic QF_LRA)'];
    for (const [i, entry] of this.#entries.entries()) {
      lines.push(`; ${entry.meaning}`, `(declare-const ${name(i)} Real)`);
      for (const fact of [...rangeFacts(i, entry.range), ...this.#ruleFacts(i, entry.rule)]) {
        lines.push(`(assert ${fact})`);
      }
    }
    const relation = direction === 'above' ? '<' : '>';
    lines.push('; the negation of what is to be shown');
    lines.push(`(assert (${relation} ${name(variable)} ${real(bound)}))`);
    return `${lines.join('\n')}\n`;
  }

  #ruleFacts(variable: Variable, rule: Rule): readonly string[] {
    const x = name(variable);
    switch (rule.kind) {
      case 'free':
        return [];
      case 'sum': {
        const terms = rule.terms.map(({ coefficient, variable }) =>
          coefficient === 1 ? name(variable) : `(* ${real(coefficient)} ${name(variable)})`,
        );
        if (rule.constant !== 0 || terms.length === 0) terms.push(real(rule.constant));
        return [`(= ${x} ${terms.length === 1 ? terms[0] : `(+ ${terms.join(' ')})`})`];
      }
      case 'product': {
        const of = name(rule.of);
        const { range } = this.#entries[rule.of];
        const least = `(* ${real(down(rule.factor - rule.error))} ${of})`;
        const most = `(* ${real(up(rule.factor + rule.error))} ${of})`;
        const where = [`(<= ${least} ${x} ${most})`, `(<= ${most} ${x} ${least})`];
        if (range.lower >= 0) return [where[0]];
        if (range.upper <= 0) return [where[1]];
        return [`(or (and (>= ${of} 0.0) ${where[0]}) (and (<= ${of} 0.0) ${where[1]}))`];
      }
      case 'relu': {
        const above = `(- ${name(rule.of)} ${name(rule.threshold)})`;
        return [`(>= ${x} 0.0)`, `(>= ${x} ${above})`, `(or (= ${x} 0.0) (= ${x} ${above}))`];
      }
    }
  }
}

function rangeFacts(variable: Variable, { lower, upper }: Interval): readonly string[] {
  const facts: string[] = [];
  if (lower !== -Infinity) facts.push(`(>= ${name(variable)} ${real(lower)})`);
  if (upper !== Infinity) facts.push(`(<= ${name(variable)} ${real(upper)})`);
  return facts;
}

/** The bound in the direction of the slope, or a step that way where there is none. */
function beyond(x: number, bound: number, slope: number): number {
  if (Number.isFinite(bound)) return bound;
  return x + Math.sign(slope) * (1 + Math.abs(x));
}

/** A number in the range; often an end of it or zero, where kinks are. */
function pick({ lower, upper }: Interval, next: () => number): number {
  const kind = next();
  const low = lower === -Infinity ? Math.min(upper, 0) - 2 ** (8 * next() - 4) : lower;
  const high = upper === Infinity ? Math.max(lower, 0) + 2 ** (8 * next() - 4) : upper;
  if (kind < 0.2) return low;
  if (kind < 0.4) return high;
  if (kind < 0.5 && lower <= 0 && upper >= 0) return 0;
  return low + (high - low) * next();
}
