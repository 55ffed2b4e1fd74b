/**
 * What is known of a channel, written out as a small system of real variables.
 *
 * One variable stands for one column: a value read at a shift, at one and the same pixel of the domain. A
 * column that reads the pixel itself (shift 0) is inside the domain of its value, so it may be related to
 * what the value is made of: a named form to its columns, a ReLU to its base. A shifted column may be
 * outside, where it is zero whatever its definition says, so all that is used of it is its range with zero.
 * Forms whose constant differs from pixel to pixel are left undefined, and so is what would make the
 * system large.
 */
import type { Constant } from './constant.ts';
import { sameFactors, textOf } from './factors.ts';
import type { ColumnId, Form } from './form.ts';
import { down, everything, up, withZero } from './interval.ts';
import type { Point } from './piecewise.ts';
import type { Ranges } from './ranges.ts';
import { RealSystem, type Term, type Variable } from './real-system.ts';
import { everyRead } from './reads.ts';
import { factors, multipliesExactly, one, type Scale } from './scale.ts';
import type { Table } from './table.ts';
import { formOf, type Value } from './value.ts';
import { roundoff } from './ulps.ts';

/** Columns of one form, and variables of the system, beyond which no relation is written out. */
const mostColumns = 64;
const mostVariables = 256;

/** How many named forms deep relations are written out. */
const mostLevels = 3;

/** coefficient · factor; a null factor is 1. The coefficient is exact. */
interface Multiplier {
  readonly coefficient: number;
  readonly factor: Scale | null;
}

interface Entry extends Multiplier {
  readonly column: ColumnId;
}

export interface Argument {
  readonly system: RealSystem;
  readonly variable: Variable;
}

/** weight · scale, the weight being exact. */
function termOf(weight: number, scale: Scale): Multiplier {
  const exact = scale.key === '' && multipliesExactly(weight, scale.mid);
  return exact
    ? { coefficient: weight * scale.mid, factor: null }
    : { coefficient: weight, factor: scale };
}

/** Whether a definition is worth writing out; the mean of a whole channel is not. */
function isSmall({ definition }: Value): boolean {
  switch (definition.kind) {
    case 'linear': {
      if (definition.meanOf !== null) return false;
      const { parts, patches } = definition.form();
      let columns = 0;
      for (const part of parts) columns += part.kind === 'value' ? 1 : part.rows.length;
      return patches.length === 0 && columns <= mostColumns;
    }
    case 'kinks':
    case 'relu':
      return true;
    case 'input':
    case 'maxPool':
    case 'opaque':
    case 'softmax':
    case 'product':
    case 'unknown':
      return false;
  }
}

export class Obligations {
  readonly #table: Table;
  readonly #ranges: Ranges;

  constructor(table: Table, ranges: Ranges) {
    this.#table = table;
    this.#ranges = ranges;
  }

  /** Whether more can be said of the point than its interval; cheap. */
  isSmall(point: Point): boolean {
    return point.base !== -1 && isSmall(this.#table.get(point.base));
  }

  /** The point as a variable of a system that holds at every pixel of its domain; null where beyond reach. */
  argument(point: Point): Argument | null {
    if (point.base === -1) return null;
    const root = this.#table.column(point.base, 0);
    const writer = new Writer(this.#table, this.#ranges, root);
    return writer.argument(point, root);
  }
}

/** Writes one system; columns in the order they are met, so equal questions have equal texts. */
class Writer {
  readonly #table: Table;
  readonly #ranges: Ranges;
  readonly #system = new RealSystem();
  readonly #known = new Map<ColumnId, Variable>();
  readonly #related: ReadonlySet<ColumnId>;

  constructor(table: Table, ranges: Ranges, root: ColumnId) {
    this.#table = table;
    this.#ranges = ranges;
    this.#related = this.#reach(root);
  }

  argument(point: Point, root: ColumnId): Argument | null {
    const base = this.#variable(root);
    const terms = [{ variable: base, scale: point.slope }];
    for (const [i, { threshold, weight }] of point.kinks.entries()) {
      const bend = this.#constant(threshold, `threshold ${i}`);
      if (bend === null) return null;
      const variable = this.#system.relu(base, bend, everything, `kink ${i}`);
      terms.push({ variable, scale: weight });
    }
    const constant = this.#constant(point.constant, 'the constant');
    if (constant === null) return null;
    terms.push({ variable: constant, scale: one });
    const entries = terms
      .filter(({ scale }) => scale.mid !== 0)
      .map(({ variable, scale }) => ({ ...termOf(1, scale), variable }));
    const variable = this.#combination(entries, point.range, 'the argument');
    return variable === null ? null : { system: this.#system, variable };
  }

  /** Columns whose definition is written out, breadth first, so that the nearest relations come first. */
  #reach(root: ColumnId): ReadonlySet<ColumnId> {
    const related = new Set<ColumnId>();
    const seen = new Set([root]);
    let level = [root];
    for (let depth = 0; depth < mostLevels; depth++) {
      const next: ColumnId[] = [];
      // A level ends with a named form; what bends between two forms belongs to the one above.
      for (let i = 0; i < level.length; i++) {
        const column = level[i];
        if (this.#table.columnShift(column) !== 0) continue;
        const value = this.#table.get(this.#table.columnValue(column));
        if (!isSmall(value)) continue;
        const children = this.#children(value).filter((c) => !seen.has(c));
        if (seen.size + children.length > mostVariables) continue;
        related.add(column);
        for (const child of children) seen.add(child);
        if (value.definition.kind === 'linear') next.push(...children);
        else level.push(...children);
      }
      level = next;
    }
    return related;
  }

  #children({ definition }: Value): readonly ColumnId[] {
    if (definition.kind === 'relu') return [this.#table.column(definition.base, 0)];
    if (definition.kind !== 'linear' && definition.kind !== 'kinks') return [];
    return [...new Set(this.#entries(definition.form()).map(({ column }) => column))];
  }

  #entries(form: Form): readonly Entry[] {
    const entries: Entry[] = [];
    for (const part of form.parts) {
      everyRead(this.#table, part, (column, weight, factor) => {
        entries.push({ column, ...termOf(weight, factor()) });
        return true;
      });
    }
    return entries;
  }

  #variable(column: ColumnId): Variable {
    const known = this.#known.get(column);
    if (known !== undefined) return known;
    const made = this.#related.has(column) ? this.#define(column) : null;
    const variable = made ?? this.#leaf(column);
    this.#known.set(column, variable);
    return variable;
  }

  #leaf(column: ColumnId): Variable {
    const range = this.#ranges.of(this.#table.columnValue(column));
    const inside = this.#table.columnShift(column) === 0;
    return this.#system.free(inside ? range : withZero(range), this.#meaning(column));
  }

  #define(column: ColumnId): Variable | null {
    const id = this.#table.columnValue(column);
    const { definition } = this.#table.get(id);
    const range = this.#ranges.of(id);
    const meaning = this.#meaning(column);
    if (definition.kind === 'relu') {
      const base = this.#variable(this.#table.column(definition.base, 0));
      const threshold = this.#constant(definition.threshold, `threshold of ${meaning}`);
      return threshold === null ? null : this.#system.relu(base, threshold, range, meaning);
    }
    const form = formOf(this.#table.get(id));
    if (form === null) return null;
    const entries = this.#entries(form).map((e) => ({ ...e, variable: this.#variable(e.column) }));
    return this.#combination(entries, range, meaning);
  }

  /** Σ of the entries. What has a factor in common is added up first, so that the factor's error is one. */
  #combination(
    entries: readonly (Multiplier & { readonly variable: Variable })[],
    range: { readonly lower: number; readonly upper: number },
    meaning: string,
  ): Variable | null {
    const terms: Term[] = [];
    const groups: { factor: Scale; terms: Term[] }[] = [];
    for (const { coefficient, factor, variable } of entries) {
      if (factor === null) {
        terms.push({ coefficient, variable });
        continue;
      }
      if (!Number.isFinite(factor.mid) || !Number.isFinite(factor.roundings)) return null;
      const group = groups.find((g) => powerBetween(g.factor, factor) !== null);
      const power = group === undefined ? 1 : powerBetween(group.factor, factor);
      if (power === null || !multipliesExactly(coefficient, power)) return null;
      const term = { coefficient: coefficient * power, variable };
      if (group === undefined) groups.push({ factor, terms: [term] });
      else group.terms.push(term);
    }
    for (const { factor, terms: members } of groups) {
      const inner = this.#system.sum(members, 0, everything, `${meaning}, but for its factor`);
      const error = factor.roundings * roundoff * Math.abs(factor.mid);
      const text = factor.key === null ? '' : ` ${textOf(factors(factor) ?? '')}`;
      const product = this.#system.product(inner, factor.mid, error, `times a factor${text}`);
      terms.push({ coefficient: 1, variable: product });
    }
    return this.#system.sum(terms, 0, range, meaning);
  }

  #constant({ mid, error }: Constant, meaning: string): Variable | null {
    if (!Number.isFinite(mid) || !Number.isFinite(error)) return null;
    const range =
      error === 0
        ? { lower: mid, upper: mid }
        : { lower: down(mid - error), upper: up(mid + error) };
    return this.#system.free(range, meaning);
  }

  #meaning(column: ColumnId): string {
    const { origin, definition } = this.#table.get(this.#table.columnValue(column));
    const { offset } = this.#table.shifts.get(this.#table.columnShift(column));
    const where = this.#table.columnShift(column) === 0 ? '' : ` near (${offset.y},${offset.x})`;
    const name = JSON.stringify(origin.layer);
    return `${origin.side} ${name} channel ${origin.channel}, ${definition.kind}${where}`;
  }
}

/** ±2ᵏ where factor = ±2ᵏ · reference, by their exact factors; else null. */
function powerBetween(reference: Scale, factor: Scale): number | null {
  if (!sameFactors(factors(reference), factors(factor))) return null;
  const ratio = factor.mid / reference.mid;
  const power = 2 ** Math.round(Math.log2(Math.abs(ratio)));
  if (!(Math.abs(Math.abs(ratio) / power - 1) < 2 ** -30)) return null;
  return Math.sign(ratio) * power;
}
