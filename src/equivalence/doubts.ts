/**
 * Kinks that stayed although a sign might remove them, and the signs that were proved.
 *
 * Interval arithmetic forgets that two terms move together: relu(x) + relu(z) − relu(x + z) is never below
 * zero, and no interval says so. Where the argument of an activation may cross a kink and is made of few
 * terms, the numbering notes a doubt; somebody may decide it with a solver and number again with the
 * facts. A fact is about a layer of a model as it was read, so it can be carried from one numbering to the
 * next; but what was proved is a statement about this numbering's values, so each use of a fact states
 * anew what it takes for granted, before it is used, and the proof stands only with all of these proved.
 * Statements made later may rest on ranges that follow from facts used earlier, never the other way round.
 */
import type { ValueId } from './form.ts';
import { meet, type Interval } from './interval.ts';
import { Obligations } from './obligation.ts';
import type { Activation } from './activations.ts';
import type { Point } from './piecewise.ts';
import type { Ranges } from './ranges.ts';
import type { Place, Table } from './table.ts';
import type { Side } from './value.ts';

/** The argument of an activation never goes below a threshold, or never above it. */
export interface Fact {
  readonly side: Side;
  /** The activation. */
  readonly layer: string;
  readonly channel: number;
  readonly direction: 'above' | 'below';
  readonly threshold: number;
}

/** A fact with the text that is unsatisfiable just where it is one. */
export interface Statement {
  readonly fact: Fact;
  readonly negation: string;
}

interface Doubt {
  readonly point: Point;
  readonly place: Place;
  readonly threshold: number;
}

/** Doubts remembered in one numbering, and those of them that are written out. */
const mostDoubts = 20_000;
const mostSystems = 2_000;

function keyOf({ side, layer, channel, direction, threshold }: Fact): string {
  return `${side} ${channel} ${direction} ${threshold} ${layer}`;
}

/** Proved facts, looked up by layer, channel and threshold. */
export class Facts {
  readonly #keys = new Set<string>();

  add(fact: Fact): void {
    this.#keys.add(keyOf(fact));
  }

  delete(fact: Fact): void {
    this.#keys.delete(keyOf(fact));
  }

  has(fact: Fact): boolean {
    return this.#keys.size > 0 && this.#keys.has(keyOf(fact));
  }

  get size(): number {
    return this.#keys.size;
  }
}

export class Doubts {
  readonly #ranges: Ranges;
  readonly #facts: Facts;
  readonly #obligations: Obligations;
  readonly #open: Doubt[] = [];
  readonly #used: Statement[] = [];

  constructor(table: Table, ranges: Ranges, facts: Facts) {
    this.#ranges = ranges;
    this.#facts = facts;
    this.#obligations = new Obligations(table, ranges);
  }

  /** What the facts used in this numbering took for granted, in the order of use. */
  get used(): readonly Statement[] {
    return this.#used;
  }

  /** The argument of an activation with the range that facts leave it; notes what is still in doubt. */
  narrow(activation: Activation, point: Point, place: Place): Point {
    let { range } = point;
    for (const { threshold } of activation.kinks) {
      const at = threshold.mid;
      if (!(range.lower < at && at < range.upper)) continue;
      const doubt = { point, place, threshold: at };
      const narrowed = this.#facts.size === 0 ? null : this.#decided(doubt, range);
      if (narrowed !== null) range = narrowed;
      else if (this.#open.length < mostDoubts && this.#obligations.isSmall(point)) {
        this.#open.push(doubt);
      }
    }
    if (range === point.range) return point;
    const narrowed = { ...point, range };
    if (point.kinks.length === 0 && point.slope.mid !== 0) {
      this.#ranges.anchor({ value: point.base, scale: point.slope }, point.constant, range);
    }
    return narrowed;
  }

  #decided({ point, place, threshold }: Doubt, range: Interval): Interval | null {
    const { side, layer, channel } = place.origin;
    for (const direction of ['above', 'below'] as const) {
      const fact: Fact = { side, layer, channel, direction, threshold };
      if (!this.#facts.has(fact)) continue;
      const argument = this.#obligations.argument(point);
      if (argument === null) continue;
      const { system, variable } = argument;
      this.#used.push({ fact, negation: system.negationOf(variable, direction, threshold) });
      return direction === 'above'
        ? meet(range, { lower: threshold, upper: Infinity })
        : meet(range, { lower: -Infinity, upper: threshold });
    }
    return null;
  }

  /**
   * What would have to be shown to decide the doubts, without what some assignments already disprove.
   * Doubts of one model only come first: a kink that both have is no difference by itself.
   */
  statements(): readonly Statement[] {
    const sides = new Map<ValueId, Set<Side>>();
    for (const { point, place } of this.#open) {
      const known = sides.get(point.base) ?? new Set();
      sides.set(point.base, known.add(place.origin.side));
    }
    const isShared = ({ point }: Doubt): boolean => sides.get(point.base)?.size === 2;
    const ordered = [...this.#open].sort((a, b) => Number(isShared(a)) - Number(isShared(b)));
    return ordered.slice(0, mostSystems).flatMap((doubt) => this.#statementsOf(doubt));
  }

  #statementsOf({ point, place, threshold }: Doubt): readonly Statement[] {
    const argument = this.#obligations.argument(point);
    if (argument === null) return [];
    const { system, variable } = argument;
    if (!system.isCorrelated) return [];
    const { side, layer, channel } = place.origin;
    return system.possibleSides(variable, threshold).map((direction) => {
      const fact = { side, layer, channel, direction, threshold };
      return { fact, negation: system.negationOf(variable, direction, threshold) };
    });
  }
}
