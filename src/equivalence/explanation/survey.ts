/**
 * In which coefficients two forms differ: like a comparison, but it lists instead of deciding.
 *
 * First over the values as they are named, then with ever more of them written out, as long as somebody
 * wants to see more.
 */
import { Accumulator } from '../accumulator.ts';
import type { Cell } from '../cells.ts';
import { expand, latestNamed } from '../expansion.ts';
import type { ColumnId, Form, ValueId } from '../form.ts';
import { KeyTable } from '../key-table.ts';
import { summandsOf } from '../reflected.ts';
import type { Domain } from '../shift.ts';
import type { Table } from '../table.ts';
import { ulpsBetween } from '../ulps.ts';

/** One coefficient that differs; `target` is multiplied by the scale of the survey. */
export interface ColumnDifference {
  readonly column: ColumnId;
  readonly form: number;
  readonly target: number;
}

/** Where two forms differ: `form` against `scale` · target, coefficient by coefficient. */
export interface Survey {
  readonly scale: number;
  readonly differences: readonly ColumnDifference[];
  /** How many columns either form has. */
  readonly columns: number;
  /** The constants of both that hold on a part of the domain only. */
  readonly cells: { readonly form: readonly Cell[]; readonly target: readonly Cell[] };
}

/** Two forms on one domain. */
export interface FormPair {
  readonly form: Form;
  readonly target: Form;
  readonly domain: Domain;
}

const ratiosTried = 3;

/** Stages of writing out before a survey ends. */
const mostStages = 64;

export class Surveyor {
  readonly #table: Table;
  readonly #form: Accumulator;
  readonly #target: Accumulator;
  readonly #maxUlps: number;

  constructor(table: Table, maxUlps: number) {
    const keys = new KeyTable();
    this.#table = table;
    this.#form = new Accumulator(table, keys);
    this.#target = new Accumulator(table, keys);
    this.#maxUlps = maxUlps;
  }

  /** Ends with the stage that `accept` takes, else with the earliest of those that differ least. */
  survey(pair: FormPair, accept: (survey: Survey) => boolean): Survey {
    this.#load(pair);
    let best = this.#settled(pair.domain);
    let here = best;
    for (let stage = 1; stage < mostStages; stage++) {
      if (accept(here)) return here;
      if (here.differences.length < best.differences.length) best = here;
      if (here.differences.length === 0) return best;
      const columns = here.differences.map(({ column }) => column);
      const chosen = latestNamed(this.#table, columns);
      if (chosen.size === 0) return best;
      for (const accumulator of [this.#form, this.#target]) {
        if (!expand(this.#table, accumulator, chosen, pair.domain)) return best;
      }
      here = this.#settled(pair.domain);
    }
    return best;
  }

  /** A stage in which two activations of one value, read at one place, are spelled out: they may cancel. */
  #settled(domain: Domain): Survey {
    for (;;) {
      const here = this.#stage();
      const chosen = this.#mixed(here.differences);
      if (chosen.size === 0) return here;
      for (const accumulator of [this.#form, this.#target]) {
        if (!expand(this.#table, accumulator, chosen, domain)) return here;
      }
    }
  }

  /** Activations with several bends, or reflected, beside which the same form reads another function of the value. */
  #mixed(differences: readonly ColumnDifference[]): ReadonlySet<ValueId> {
    const families = new Map<string, ValueId[]>();
    for (const { column, form, target } of differences) {
      const value = this.#table.columnValue(column);
      const base = this.#baseOf(value);
      for (const [side, coefficient] of [form, target].entries()) {
        if (coefficient === 0) continue;
        const key = `${side} ${base} ${this.#table.columnShift(column)}`;
        const family = families.get(key);
        if (family === undefined) families.set(key, [value]);
        else family.push(value);
      }
    }
    const crowded = [...families.values()].filter((family) => family.length > 1).flat();
    return new Set(crowded.filter((id) => this.#isSpelled(id)));
  }

  /** What a bent value is a function of, and a reflected one a sum with. */
  #baseOf(value: ValueId): ValueId {
    const { definition } = this.#table.get(value);
    const bends = definition.kind === 'relu' || definition.kind === 'kinks';
    return bends ? definition.base : (summandsOf(this.#table, value)?.[0].value ?? value);
  }

  #isSpelled(value: ValueId): boolean {
    const isBent = this.#table.get(value).definition.kind === 'kinks';
    return isBent || summandsOf(this.#table, value) !== null;
  }

  /** Σ|form − target| / Σ max(|form|, |target|), as they are named: 0 where equal, up to 2. */
  distance(pair: FormPair): number {
    this.#load(pair);
    let apart = 0;
    let total = 0;
    for (const column of this.#columns()) {
      const a = coefficient(this.#form, column);
      const b = coefficient(this.#target, column);
      apart += Math.abs(a - b);
      total += Math.max(Math.abs(a), Math.abs(b));
    }
    return total === 0 ? 0 : apart / total;
  }

  #load({ form, target, domain }: FormPair): void {
    const whole = { shift: 0, middle: domain, to: domain };
    for (const accumulator of [this.#form, this.#target]) accumulator.clear();
    this.#form.add(form, { mid: 1, roundings: 0, key: '' }, whole);
    this.#target.add(target, { mid: 1, roundings: 0, key: '' }, whole);
  }

  #columns(): ReadonlySet<ColumnId> {
    return new Set([...this.#form.touched, ...this.#target.touched]);
  }

  #stage(): Survey {
    const columns = this.#columns();
    const plain = this.#differences(columns, 1);
    let scale = 1;
    let differences = plain;
    // A factor for the whole is worth mentioning only where it explains most of it.
    if (plain.length > 1) {
      for (const ratio of this.#sharedRatios()) {
        const scaled = this.#differences(columns, ratio);
        if (scaled.length > plain.length / 2 || scaled.length >= differences.length) continue;
        differences = scaled;
        scale = ratio;
      }
    }
    const cells = { form: [...this.#form.cells], target: [...this.#target.cells] };
    return { scale, differences, columns: columns.size, cells };
  }

  /** Ratios of the two coefficients where the target's are largest: one of them may be what is wrong. */
  #sharedRatios(): readonly number[] {
    let largest: { readonly size: number; readonly ratio: number }[] = [];
    for (const column of this.#target.touched) {
      const theirs = coefficient(this.#target, column);
      const ours = coefficient(this.#form, column);
      if (theirs === 0 || ours === 0) continue;
      const size = Math.abs(theirs);
      if (largest.length === ratiosTried && size <= largest[ratiosTried - 1].size) continue;
      largest = [...largest, { size, ratio: ours / theirs }]
        .sort((a, b) => b.size - a.size)
        .slice(0, ratiosTried);
    }
    return largest.map(({ ratio }) => ratio);
  }

  #differences(columns: ReadonlySet<ColumnId>, scale: number): readonly ColumnDifference[] {
    const found: ColumnDifference[] = [];
    for (const column of columns) {
      const form = coefficient(this.#form, column);
      const target = scale * coefficient(this.#target, column);
      if (form === target) continue;
      const magnitude = Math.max(
        sizeOf(this.#form, column),
        Math.abs(scale) * sizeOf(this.#target, column),
      );
      const ulps = ulpsBetween(form - target, magnitude, 0);
      if (ulps > this.#maxUlps) found.push({ column, form, target });
    }
    return found;
  }
}

function sizeOf({ magnitude }: Accumulator, column: ColumnId): number {
  return column < magnitude.length ? magnitude[column] : 0;
}

function coefficient(accumulator: Accumulator, column: ColumnId): number {
  return sizeOf(accumulator, column) === 0 ? 0 : accumulator.mid[column];
}
