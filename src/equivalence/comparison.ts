/**
 * Whether one form is a real multiple of another, coefficient by coefficient.
 *
 * First over the values as they are named; only where that fails are the latest named values expanded,
 * in both forms, and the comparison repeated (theorem `naming`). This is the step all proofs rest on:
 * fingerprints propose, this disposes.
 */
import { Accumulator } from './accumulator.ts';
import { BorderMatcher } from './border-match.ts';
import { cellsOf, distanceBetween, offsetBetween, type Cell, type Offset } from './cells.ts';
import { isExactProduct, questionOfColumn, sameKey } from './column.ts';
import type { Question } from './exact.ts';
import { expand, latestNamed } from './expansion.ts';
import type { KeyTable } from './key-table.ts';
import { isZero, negated, nothing, scaled, sum, type Constant } from './constant.ts';
import { zeroForm, type ColumnId, type Form, type ValueId } from './form.ts';
import { exactly, isPowerOfTwo, one, type Scale } from './scale.ts';
import type { Domain } from './shift.ts';
import { exactMultiple } from './multiple.ts';
import { RowMatcher } from './row-match.ts';
import type { Table } from './table.ts';
import { roundoff, ulpsBetween } from './ulps.ts';
import { formOf } from './value.ts';

/** `form` is `scale` · target + `offset`, constants included, its coefficients perturbed by at most `ulps`. */
export interface Match {
  readonly scale: Scale;
  readonly offset: Constant;
  readonly ulps: number;
  readonly exact: boolean;
  /** As in a step of the ledger. */
  readonly questions?: readonly Question[] | null;
}

/** What a comparison is of. */
interface Compared {
  readonly form: Form;
  readonly target: Form;
}

/** One coefficient that differs. */
interface ColumnDifference {
  readonly column: ColumnId;
  readonly form: number;
  readonly target: number;
}

/**
 * Multiply-adds that failed comparisons may spend together. Behind the place where two models part every
 * comparison fails, each only after all names have been spelled out; from here on names stay names.
 */
const patience = 2 ** 28;

/** The form but for the constant that it has everywhere. */
function withoutConstant(form: Form): Form {
  return form.constant === nothing ? form : { ...form, constant: nothing };
}

/** Factors this close to a power of two are taken for it; the coefficients then decide. */
const snapDistance = 2 ** -10;

export class Comparison {
  readonly #table: Table;
  readonly #form: Accumulator;
  readonly #target: Accumulator;
  readonly #rows: RowMatcher;
  readonly #borders = new BorderMatcher();
  /** About the factor looked for, where none is given. */
  #guess = NaN;
  /** Multiply-adds spent on comparisons that failed. */
  #wasted = 0;
  readonly #maxUlps: number;
  readonly #keys: KeyTable;
  #differences: ColumnDifference[] = [];

  constructor(table: Table, keys: KeyTable, maxUlps: number) {
    this.#table = table;
    this.#form = new Accumulator(table, keys);
    this.#target = new Accumulator(table, keys);
    this.#rows = new RowMatcher(table, keys, maxUlps);
    this.#keys = keys;
    this.#maxUlps = maxUlps;
  }

  /** Whether `form` is about `guess` times the value `target`, but for a constant. */
  matchValue(form: Form, target: ValueId, domain: Domain, guess: number): Match | null {
    const value = this.#table.get(target);
    const definition = formOf(value);
    const targetForm: Form = definition ?? {
      ...zeroForm,
      parts: [{ kind: 'value', value: target, shift: 0, scale: one }],
    };
    const multiple = exactMultiple(form, targetForm);
    if (multiple !== null) {
      const offset = sum(form.constant, negated(scaled(targetForm.constant, multiple)));
      return { scale: multiple, offset: isZero(offset) ? nothing : offset, ulps: 0, exact: true };
    }
    const nearest = Math.sign(guess) * 2 ** Math.round(Math.log2(Math.abs(guess)));
    if (Math.abs(guess / nearest - 1) < snapDistance) {
      const match = this.match(form, targetForm, domain, nearest === 1 ? one : exactly(nearest));
      if (match !== null || Math.abs(guess / nearest - 1) < 2 ** -20) return match;
    }
    this.#guess = guess;
    return this.match(form, targetForm, domain, null);
  }

  /** The common case of `match` with scale one, where rows answer each other; null says nothing. */
  direct(form: Form, target: Form, domain: Domain): Match | null {
    const direct = this.#rows.match(form, target);
    if (direct === null) return null;
    if (form.patches.length === 0 && target.patches.length === 0) {
      return { ...direct, scale: one, offset: form.constant };
    }
    const border = this.#borders.match(form, target, domain);
    if (border !== null && border <= this.#maxUlps) {
      return { scale: one, offset: nothing, ulps: Math.max(direct.ulps, border), exact: false };
    }
    const whole = { shift: 0, middle: domain, to: domain };
    const [ours, theirs] = [form, target].map((f) =>
      cellsOf(withoutConstant(f), one, whole, this.#table),
    );
    const shift = this.#offset({ form, target }, [ours, theirs], one, domain);
    if (shift === null) return null;
    const ulps = Math.max(direct.ulps, shift.ulps);
    return { ...shift, scale: one, ulps, exact: direct.exact && shift.exact };
  }

  /** Whether `form` is `scale` · `target`; a null scale is read off the largest shared coefficient. */
  match(form: Form, target: Form, domain: Domain, scale: Scale | null): Match | null {
    const whole = { shift: 0, middle: domain, to: domain };
    const direct = scale === one ? this.direct(form, target, domain) : null;
    if (direct !== null) return direct;
    this.#form.clear();
    this.#target.clear();
    this.#form.add(withoutConstant(form), one, whole);
    this.#target.add(withoutConstant(target), one, whole);
    for (;;) {
      const factor = scale ?? this.#sharedRatio();
      const match = factor === null ? null : this.#compare({ form, target }, domain, factor);
      if (match !== null) return match;
      if (factor === null) this.#listAll();
      const isHopeless = this.#wasted > patience || this.#isFinal(scale !== null);
      if (isHopeless || !this.#expandLatest(domain)) {
        this.#wasted += this.#form.work + this.#target.work;
        return null;
      }
    }
  }

  /** Ratio of the two coefficients at the column where the target's is largest. */
  #sharedRatio(): Scale | null {
    let best = 0;
    let ratio = 0;
    for (const column of this.#target.touched) {
      const t = this.#target.mid[column];
      if (Math.abs(t) > best && this.#form.mid[column] !== 0) {
        best = Math.abs(t);
        ratio = this.#form.mid[column] / t;
      }
    }
    // The factor is chosen, not measured: what it rounded shows in the coefficients.
    if (best > 0) return exactly(ratio);
    // Nothing but constants in a border: these have to show it.
    const isBorder = this.#form.touched.length + this.#target.touched.length === 0;
    const isGuessed = Number.isFinite(this.#guess) && this.#guess !== 0;
    return isBorder && isGuessed ? exactly(this.#guess) : null;
  }

  /** All columns, but for those in which nothing is left but rounding. */
  #listAll(): void {
    this.#differences = [];
    for (const side of [this.#form, this.#target]) {
      for (const column of side.touched) {
        const ulps = ulpsBetween(side.mid[column], side.magnitude[column], side.error[column]);
        if (!(ulps <= this.#maxUlps)) this.#note(column);
      }
    }
  }

  #note(column: ColumnId): void {
    const form = this.#form.mid[column];
    const target = this.#target.mid[column];
    this.#differences.push({ column, form, target });
  }

  #compare(forms: Compared, domain: Domain, scale: Scale): Match | null {
    const form = this.#form;
    const target = this.#target;
    if (target.mid.length < form.mid.length) target.reserve(form.mid.length);
    if (form.mid.length < target.mid.length) form.reserve(target.mid.length);
    const factor = scale.mid;
    const rounding = (scale.roundings + 2) * roundoff;
    let worst = Math.max(form.dropped, target.dropped);
    const isPower = isPowerOfTwo(factor);
    let exact = scale.key === '' && form.lossless && target.lossless;
    const questions: Question[] = [];
    const pair = { form, target, factor };
    this.#differences = [];
    const visit = (column: ColumnId): void => {
      const t = factor * target.mid[column];
      const difference = form.mid[column] - t;
      if (difference === 0 && sameKey(form, target, column)) {
        // Any factor but a power of two might have been rounded away.
        exact &&= isPower || isExactProduct(target, column, factor);
        return;
      }
      const magnitude = Math.max(
        form.magnitude[column],
        Math.abs(factor) * target.magnitude[column],
      );
      const open = exact && isPower ? questionOfColumn(this.#keys, pair, column) : null;
      if (open === null) exact = false;
      else questions.push(open);
      const error =
        form.error[column] + Math.abs(factor) * target.error[column] + rounding * magnitude;
      // An ulp of m is at least 2⁻²⁴ m, so most columns need no ulp to be seen to be no worse.
      if ((Math.abs(difference) + error) * 2 ** 24 <= worst * magnitude) return;
      const ulps = ulpsBetween(difference, magnitude, error);
      if (!(ulps <= this.#maxUlps))
        this.#differences.push({ column, form: form.mid[column], target: t });
      else if (ulps > worst) worst = ulps;
    };
    for (const column of form.touched) visit(column);
    for (const column of target.touched) if (form.magnitude[column] === 0) visit(column);
    if (this.#differences.length > 0) return null;
    const shift = this.#offset(forms, [form.cells, target.cells], scale, domain);
    if (shift === null) return null;
    return {
      scale,
      offset: shift.offset,
      ulps: Math.max(worst, shift.ulps),
      exact: exact && questions.length === 0 && shift.exact,
      questions: exact && shift.exact ? questions : null,
    };
  }

  /** Nothing where the constants agree as they are; else one for all pixels, if that is what they differ by. */
  #offset(
    { form, target }: Compared,
    [ours, theirs]: readonly (readonly Cell[])[],
    scale: Scale,
    domain: Domain,
  ): Offset | null {
    const constants = [
      { everywhere: form.constant, cells: ours },
      { everywhere: target.constant, cells: theirs },
    ] as const;
    const apart = offsetBetween(...constants, { scale, domain });
    if (ours.length + theirs.length === 0) return apart;
    if (apart.exact && isZero(apart.offset)) return { ...apart, offset: nothing };
    // The constant of a value without patches is kept beside it: there is none yet that this one could be.
    const isBeside = target.patches.length === 0 && target.parts.length > 0;
    if (isBeside && apart.ulps <= this.#maxUlps) return apart;
    const together = distanceBetween(...constants, { scale, domain });
    if (together <= this.#maxUlps) {
      return { offset: nothing, ulps: together, exact: together === 0 };
    }
    return apart.ulps <= this.#maxUlps ? apart : null;
  }

  /**
   * Whether the latest of the differing columns is of a value that nothing can be written out for. A value is made
   * of earlier ones, so writing others out leaves that column as it is; another factor may still mend it, where
   * none is given and both forms have it.
   */
  #isFinal(isScaleGiven: boolean): boolean {
    let latest: ColumnDifference | null = null;
    let value = -1;
    for (const difference of this.#differences) {
      const own = this.#table.columnValue(difference.column);
      if (own <= value) continue;
      value = own;
      latest = difference;
    }
    if (latest === null || formOf(this.#table.get(value)) !== null) return false;
    return isScaleGiven || latest.form === 0 || latest.target === 0;
  }

  /** Expands the latest named values among the differing columns in both forms. */
  #expandLatest(domain: Domain): boolean {
    const chosen = latestNamed(
      this.#table,
      this.#differences.map(({ column }) => column),
    );
    if (chosen.size === 0) return false;
    return [this.#form, this.#target].every((a) => expand(this.#table, a, chosen, domain));
  }
}
