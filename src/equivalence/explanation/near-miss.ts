/**
 * The first channel that nearly is one of the original's: a few coefficients off, all that it reads being known.
 *
 * Behind such a channel everything differs, and in a network of usual size what ought to be what there is a
 * guess at every step. So before following the outputs upstream, the values that only the converted model has
 * are tried in the order they were met. Where none is that near, the outputs have to do.
 */
import { Fingerprints } from '../fingerprints.ts';
import { rowStart, type Part, type ValueId } from '../form.ts';
import { sameShape } from '../../model/shape.ts';
import { formOf } from '../value.ts';
import { isHeld, isKnown, ownForm, type Models, type Spots } from './context.ts';
import type { Survey } from './survey.ts';

/** Values of the converted model that are tried. */
const mostTried = 32;

/** Fingerprints further apart than this, relative to what was added up, are of different channels. */
const nearby = 2 ** -6;

/** Coefficients that may differ: that many, and no more than this part of all. */
const mostDifferences = 8;
const few = 1 / 4;

function readsKnown(models: Models, part: Part): boolean {
  if (part.kind === 'value') return isKnown(models, part.value);
  const { rows, row } = part;
  const { weights, columns } = rowStart(rows, row);
  for (let k = 0; k < rows.length; k++) {
    const column = rows.columns[columns + k];
    if (column < 0 || rows.weights[weights + k] === 0) continue;
    if (!isKnown(models, models.interner.table.columnValue(column))) return false;
  }
  return true;
}

/** Affine values of the converted model alone that read what the original has too. */
function suspects(models: Models): readonly ValueId[] {
  const { table } = models.interner;
  const found: ValueId[] = [];
  for (let id = 0; id < table.size && found.length < mostTried; id++) {
    const { origin, definition } = table.get(id);
    if (origin.side !== 'converted' || definition.kind !== 'linear') continue;
    if (definition.form().parts.every((part) => readsKnown(models, part))) found.push(id);
  }
  return found;
}

/** Affine values of the original that the converted model lacks. */
function missing(models: Models): readonly ValueId[] {
  const { table } = models.interner;
  const found: ValueId[] = [];
  for (let id = 0; id < table.size; id++) {
    const { origin, definition } = table.get(id);
    if (origin.side !== 'original' || definition.kind !== 'linear') continue;
    if (!isHeld(models, id) && models.theirs.holders(id).length > 0) found.push(id);
  }
  return found;
}

/** The channels; null where nothing is that near. */
export function nearMiss(models: Models): Spots | null {
  const { table } = models.interner;
  const tried = suspects(models);
  if (tried.length === 0) return null;
  const rest = missing(models);
  const prints = new Fingerprints(table, 0x3c6ef372);
  const isNear = ({ differences, columns }: Survey): boolean =>
    differences.length > 0 &&
    differences.length <= Math.min(mostDifferences, Math.max(1, few * columns));
  for (const ours of tried) {
    const own = table.get(ours);
    const print = prints.of(ours);
    let theirs: ValueId | null = null;
    let least = nearby * print.magnitude;
    for (const id of rest) {
      if (!sameShape(table.get(id).domain, own.domain)) continue;
      const other = prints.of(id);
      const apart = Math.hypot(print.real - other.real, print.imaginary - other.imaginary);
      if (!(apart < least)) continue;
      least = apart;
      theirs = id;
    }
    if (theirs === null || formOf(own) === null) continue;
    const pair = {
      form: ownForm(models, ours),
      target: ownForm(models, theirs),
      domain: own.domain,
    };
    const [at] = models.ours.holders(ours);
    const [original] = models.theirs.holders(theirs);
    if (at === undefined || original === undefined) continue;
    if (isNear(models.surveyor.survey(pair, isNear))) return { ours: at, theirs: original };
  }
  return null;
}
