/**
 * Where two models part, in the reader's terms.
 *
 * Starts at an output channel that differs and follows, in both models, the values that ought to be the
 * same, down to the first pair whose arguments agree while they do not. It only describes: it knows no
 * bugs, and what it says does not decide the verdict.
 */
import type { Difference } from '../verdict/verdict.ts';
import { constantsAgree } from './atoms.ts';
import type { ColumnDifference, Survey } from './comparison.ts';
import type { ColumnId, Form, ValueId } from './form.ts';
import type { Interner } from './interner.ts';
import { one } from './scale.ts';
import type { Table } from './table.ts';
import { zeroForm } from './form.ts';
import { formOf, type Value } from './value.ts';

/** Coefficients this close, relatively, are taken for two versions of one. */
const resemblance = 2 ** -6;

function describeColumn(table: Table, column: ColumnId): string {
  const { origin } = table.get(table.columnValue(column));
  const { offset, stride } = table.shifts.get(table.columnShift(column));
  const where = `${origin.layer} channel ${origin.channel}`;
  if (offset.y === 0 && offset.x === 0 && stride.y <= 1 && stride.x <= 1) return where;
  const step = stride.y > 1 || stride.x > 1 ? `, stride (${stride.y},${stride.x})` : '';
  return `${where} at offset (${offset.y},${offset.x})${step}`;
}

/** The form of a value, a value by itself counting as the form that reads it. */
function ownForm(table: Table, id: ValueId): Form {
  return (
    formOf(table.get(id)) ?? {
      ...zeroForm,
      parts: [{ kind: 'value', value: id, shift: 0, scale: one }],
    }
  );
}

function report(
  converted: Value | null,
  original: Value | null,
  words: Pick<Difference, 'cause'> & Partial<Difference>,
): Difference {
  const own = converted?.origin ?? original?.origin;
  return {
    layer: own?.layer ?? '',
    channel: own?.channel ?? 0,
    originalLayer: original?.origin.layer ?? null,
    originalChannel: original?.origin.channel ?? null,
    term: null,
    originalCoefficient: null,
    convertedCoefficient: null,
    ...words,
  };
}

interface Pair {
  readonly converted: ValueId;
  readonly original: ValueId;
}

/** Two columns, one in each model only, that stand in the same place with about the same coefficient. */
function counterparts(table: Table, { differences }: Survey): Pair | null {
  const theirs = differences.filter((d) => d.form === 0 && d.target !== 0);
  const ours = differences.filter((d) => d.target === 0 && d.form !== 0);
  for (const d of ours) {
    let best: ColumnDifference | null = null;
    let distance = resemblance;
    for (const other of theirs) {
      if (table.columnShift(other.column) !== table.columnShift(d.column)) continue;
      const off = Math.abs(d.form / other.target - 1);
      if (off < distance) {
        best = other;
        distance = off;
      }
    }
    if (best === null) continue;
    return {
      converted: table.columnValue(d.column),
      original: table.columnValue(best.column),
    };
  }
  return null;
}

function countWords(differences: readonly ColumnDifference[], columns: number): string {
  if (differences.length === 1) return 'one coefficient differs';
  return `${differences.length} of ${columns} coefficients differ`;
}

function describeForms(table: Table, survey: Survey, pair: Pair): Difference {
  const converted = table.get(pair.converted);
  const original = table.get(pair.original);
  const { differences, columns, scale } = survey;
  if (differences.length === 0) {
    const cause =
      scale === one
        ? 'a constant that differs from pixel to pixel: a bias meets the zero padding differently'
        : `every coefficient is ${scale.mid} times the original's: the scale of the channel differs`;
    return report(converted, original, { cause });
  }
  const size = (d: ColumnDifference): number => Math.abs(d.form - d.target);
  const worst = differences.reduce((a, b) => (size(b) > size(a) ? b : a));
  const missing = differences.every((d) => d.form === 0);
  const added = differences.every((d) => d.target === 0);
  const counted = countWords(differences, columns);
  const cause = missing
    ? `${counted}: the converted channel lacks them`
    : added
      ? `${counted}: the original channel does not have them`
      : counted;
  return report(converted, original, {
    cause,
    term: describeColumn(table, worst.column),
    originalCoefficient: worst.target / scale.mid,
    convertedCoefficient: worst.form,
  });
}

/** What to do with a pair of values: descend to a deeper pair, or report. */
function step(interner: Interner, pair: Pair): Pair | Difference {
  const { table } = interner;
  const converted = table.get(pair.converted);
  const original = table.get(pair.original);
  const b = converted.definition;
  const a = original.definition;
  if (b.kind === 'relu' && a.kind === 'relu') {
    if (b.base !== a.base) return { converted: b.base, original: a.base };
    const { ulps } = constantsAgree(b.threshold, a.threshold);
    return report(converted, original, {
      cause: `the bias differs by ${Number(ulps.toPrecision(3))} units in the last place`,
      originalCoefficient: -a.threshold.mid,
      convertedCoefficient: -b.threshold.mid,
      term: 'the constant of the channel',
    });
  }
  if (b.kind === 'relu' && b.base === pair.original) {
    return report(converted, original, {
      cause:
        `the converted model cuts the channel off at ${b.threshold.mid}, the original passes it on ` +
        'unchanged: it can be lower',
    });
  }
  if (b.kind === 'kinks' && b.base === pair.original) {
    return report(converted, original, {
      cause: 'the converted model bends a channel that the original passes on unchanged',
    });
  }
  if (b.kind === 'kinks' && (a.kind === 'kinks' || a.kind === 'relu')) {
    if (b.base !== a.base) return { converted: b.base, original: a.base };
    return report(converted, original, { cause: 'the activation bends at other places' });
  }
  if (b.kind === 'relu' && a.kind === 'kinks') {
    if (b.base !== a.base) return { converted: b.base, original: a.base };
    return report(converted, original, {
      cause: `the original's activation bends at ${a.kinks.length} places, the converted one's at one`,
    });
  }
  if (b.kind === 'maxPool' && a.kind === 'maxPool' && b.argument !== a.argument) {
    return { converted: b.argument, original: a.argument };
  }
  if (b.kind === 'opaque' && a.kind === 'opaque' && b.function === a.function) {
    if (b.argument !== a.argument) return { converted: b.argument, original: a.argument };
    return report(converted, original, {
      cause: 'the argument is scaled or shifted differently',
      originalCoefficient: a.constant.mid,
      convertedCoefficient: b.constant.mid,
    });
  }
  if (b.kind === 'product' && a.kind === 'product') {
    const ours = b.factors.find((f) => !a.factors.includes(f));
    const theirs = a.factors.find((f) => !b.factors.includes(f));
    if (ours !== undefined && theirs !== undefined) return { converted: ours, original: theirs };
  }
  if (b.kind === 'linear' || a.kind === 'linear') {
    const survey = interner.comparison.survey(
      ownForm(table, pair.converted),
      ownForm(table, pair.original),
      converted.domain,
    );
    const deeper = counterparts(table, survey);
    const earlier =
      deeper !== null && (deeper.converted < pair.converted || deeper.original < pair.original);
    return earlier ? deeper : describeForms(table, survey, pair);
  }
  return report(converted, original, {
    cause: `the converted model has ${b.kind} where the original has ${a.kind}`,
  });
}

/** Follows a pair of values down to where the models part. */
export function explain(interner: Interner, pair: Pair): Difference {
  let current = pair;
  // Every step goes to values made earlier, so this ends.
  for (;;) {
    const next = step(interner, current);
    if ('cause' in next) return next;
    if (next.converted >= current.converted && next.original >= current.original) {
      return report(interner.table.get(current.converted), interner.table.get(current.original), {
        cause: 'the channels differ',
      });
    }
    current = next;
  }
}
