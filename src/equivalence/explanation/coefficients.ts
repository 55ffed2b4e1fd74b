/** In which way the coefficients of two affine forms differ, in words. */
import type { ColumnDifference, Survey } from './survey.ts';
import { zeroForm, type ValueId } from '../form.ts';
import type { Domain } from '../shift.ts';
import { agreesInside, borderDifference } from './border.ts';
import { ownForm, type Cause, type Models, type Spots } from './context.ts';
import { tapsOf } from './counterparts.ts';
import { exchange, misplacement } from './taps.ts';
import {
  apart,
  brief,
  columnName,
  constantApart,
  layerAction,
  plural,
  valueName,
} from './words.ts';

/** Constants that differ near the border; null where they do not. */
function borderConstants(models: Models, survey: Survey, at: Spots): Cause | null {
  const found = borderDifference(survey, models.ours.domain(at.ours));
  if (found === null) return null;
  const { where, y, x } = found;
  const own = layerAction(models.ours, at.ours);
  const other = layerAction(models.theirs, at.theirs);
  return {
    cause:
      own !== null && other !== null && own !== other
        ? `${own} where the original ${other}`
        : `every coefficient agrees, but ${where} the constant differs from the original's more than in ` +
          'the middle: a bias meets the zero padding differently',
    term: `the constant of the channel at pixel (${y},${x})`,
    originalCoefficient: models.theirs.point(at.theirs).constant.mid + found.theirs,
    convertedCoefficient: models.ours.point(at.ours).constant.mid + found.ours,
  };
}

/** The layers whose channels some coefficients multiply, at most three, in words. */
function layersOf(models: Models, values: Iterable<ValueId>, at: Spots): string {
  const counts = new Map<string, number>();
  for (const value of values) {
    const layer = valueName(models, value, at).replace(/ channel \d+$/, '');
    counts.set(layer, (counts.get(layer) ?? 0) + 1);
  }
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([layer]) => layer);
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and others`;
}

function largest(differences: readonly ColumnDifference[]): ColumnDifference {
  const size = (d: ColumnDifference): number => Math.abs(d.form - d.target);
  return differences.reduce((a, b) => (size(b) > size(a) ? b : a));
}

/** A pattern in the differences, and the differences that show it. */
interface Pattern {
  readonly cause: string;
  readonly shown: readonly ColumnDifference[];
}

/** What is structurally wrong, where the differences follow a pattern; null where they do not. */
function pattern(models: Models, survey: Survey, at: Spots, domain: Domain): Pattern | null {
  const { table } = models.interner;
  const { differences } = survey;
  const all = (cause: string): Pattern => ({ cause, shown: differences });
  if (agreesInside(table, survey, domain)) {
    return all(
      'the coefficients agree inside the image and differ near its border: the padding is read differently',
    );
  }
  const ours = tapsOf(models, survey, 'form');
  const theirs = tapsOf(models, survey, 'target');
  const moved = ours.size === 0 ? null : misplacement(table, ours, theirs);
  if (moved !== null) return all(`the coefficients are right but stand elsewhere: ${moved}`);
  const swapped = ours.size < theirs.size ? null : exchange(ours, theirs);
  if (swapped !== null && theirs.size > 0) {
    const { read, insteadOf } = swapped;
    return {
      cause:
        `reads ${valueName(models, read, at)} with the coefficients that the original has for ` +
        `${valueName(models, insteadOf, at)}: the input channels are permuted`,
      shown: differences.filter((d) => table.columnValue(d.column) === read),
    };
  }
  if (differences.length === 1) return null;
  const missing = differences.filter((d) => d.form === 0).length;
  const added = differences.filter((d) => d.target === 0).length;
  if (missing === differences.length) {
    return all(
      `${plural(missing, 'coefficient')} of ${layersOf(models, theirs.keys(), at)} are missing`,
    );
  }
  if (added === differences.length) {
    return all(
      `reads ${layersOf(models, ours.keys(), at)} through ${plural(added, 'coefficient')} that the original does not have`,
    );
  }
  if (missing + added === differences.length) {
    const instead = layersOf(models, theirs.keys(), at);
    return all(`reads ${layersOf(models, ours.keys(), at)} where the original reads ${instead}`);
  }
  return null;
}

/** The cause of a difference between the forms of two channels, from the survey of those. */
export function coefficientCause(models: Models, survey: Survey, at: Spots): Cause {
  const { differences, columns, scale } = survey;
  if (differences.length === 0) {
    const border = borderConstants(models, survey, at);
    if (border !== null) return border;
    const value = models.ours.term(at.ours)?.value;
    const shown = value === undefined ? null : largestOf(models, value, at);
    return {
      cause: `every coefficient is ${brief(scale)} times the original's: the scale of the channel differs`,
      term: shown?.term ?? null,
      originalCoefficient: shown === null ? null : shown.coefficient / scale,
      convertedCoefficient: shown?.coefficient ?? null,
    };
  }
  const show = (some: readonly ColumnDifference[]): Omit<Cause, 'cause'> => {
    const worst = largest(some);
    return {
      term: columnName(models, worst.column, at),
      originalCoefficient: worst.target / scale,
      convertedCoefficient: worst.form,
    };
  };
  if (scale !== 1) {
    const rest = plural(differences.length, 'coefficient');
    const cause = `the coefficients are ${brief(scale)} times the original's, but for ${rest} of ${columns}`;
    return { ...show(differences), cause };
  }
  const structure = pattern(models, survey, at, models.ours.domain(at.ours));
  if (structure !== null) return { ...show(structure.shown), cause: structure.cause };
  const [only] = differences;
  const counted =
    differences.length === 1
      ? `one coefficient of ${columns} ${apart(only.form, only.target)}`
      : `${differences.length} of ${columns} coefficients differ`;
  return { ...show(differences), cause: counted };
}

/** The cause where two channels are multiples of one value, each with a constant. */
export function affineCause(models: Models, at: Spots): Cause {
  const ours = models.ours.point(at.ours);
  const theirs = models.theirs.point(at.theirs);
  const a = models.ours.term(at.ours)?.scale.mid ?? 0;
  const b = models.theirs.term(at.theirs)?.scale.mid ?? 0;
  const close = Math.abs(a - b) <= Math.abs(b) * models.maxUlps * 2 ** -23;
  if (close) {
    const [k, l] = [ours.constant.mid, theirs.constant.mid];
    return {
      cause: `the constant of the channel, its bias, ${constantApart(k, l)}`,
      term: 'the constant of the channel',
      originalCoefficient: l,
      convertedCoefficient: k,
    };
  }
  const ratio = a / b;
  const value = models.ours.term(at.ours)?.value;
  const shown = value === undefined ? null : largestOf(models, value, at);
  return {
    cause:
      ratio === -1
        ? 'every coefficient has the opposite sign'
        : `every coefficient of the channel is off by one factor: its scale ${apart(a, b)}`,
    term: shown?.term ?? null,
    originalCoefficient: b * (shown?.coefficient ?? 1),
    convertedCoefficient: a * (shown?.coefficient ?? 1),
  };
}

/** The largest coefficient in a value's form, and what it multiplies. */
function largestOf(
  models: Models,
  value: ValueId,
  at: Spots,
): { readonly term: string; readonly coefficient: number } | null {
  const form = ownForm(models, value);
  const nothing = { form, target: zeroForm, domain: models.ours.domain(at.ours) };
  const { differences } = models.surveyor.survey(nothing, () => true);
  if (differences.length === 0) return null;
  const { column, form: coefficient } = largest(differences);
  return { term: columnName(models, column, at), coefficient };
}
