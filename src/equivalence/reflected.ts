/**
 * Smooth functions f(t) = t·g(t) with g(t) + g(−t) = 1, and what that says of f(−t): it is f(t) − t.
 *
 * As with relu(−t), one sign of the argument is written over the other, so that f(t) and f(−t) are one value and
 * their difference is t (theorems `gated-negated`, `hard-swish-negated`). Which of the two signs is taken does not
 * matter, only that it is the same whichever was met: an argument is slope · value + constant and slopes have a sign
 * beyond doubt. Of a constant's sign rounding may leave a doubt; then both ways of writing it are right, and apart by
 * the constant itself.
 */
import type { Opaque } from '../model/layer.ts';
import type { Argument } from './atoms.ts';
import { negated, nothing } from './constant.ts';
import { noPatches, type Form, type Part, type ValueId } from './form.ts';
import type { Merging } from './merging.ts';
import { minusOne, one, times, type Scale } from './scale.ts';
import type { Domain, ShiftId } from './shift.ts';
import type { StepKind } from './steps.ts';
import type { Table } from './table.ts';

/** By what step f(−t) = f(t) − t, f as src/semantics/opaque.ts states it; null where that is not so. */
export function reflectionOf({ function: fn, beta }: Opaque): StepKind | null {
  switch (fn) {
    // σ(t) + σ(−t) = 1, Φ(t) + Φ(−t) = 1, and ½(1 + tanh u) with an odd u.
    case 'silu':
    case 'gelu':
    case 'geluTanh':
      return 'gated-reflected';
    // min(max(½ + s, 0), 1) + min(max(½ − s, 0), 1) = 1, whatever the factor in s is.
    case 'hardSwish':
      return beta === 0.5 ? 'hard-swish-reflected' : null;
    case 'sigmoid':
    case 'tanh':
    case 'elu':
    case 'hardSigmoid':
    case 'softmax':
      return null;
  }
}

/** Whether the argument is one that is written over its negative. */
export function isFalling({ value, slope, constant }: Argument): boolean {
  return value === -1 ? constant.mid < 0 : slope.mid < 0;
}

export function negative({ value, slope, constant }: Argument): Argument {
  const own = value === -1 ? slope : times(slope, minusOne);
  return { value, slope: own, constant: negated(constant) };
}

/** f(t) where `mirrored` is the value f(−t). */
export function reflected(mirrored: ValueId, { value, slope, constant }: Argument): Form {
  const atom: Part = { kind: 'value', value: mirrored, shift: 0, scale: one };
  const line: readonly Part[] =
    value === -1 ? [] : [{ kind: 'value', value, shift: 0, scale: slope }];
  return { parts: [atom, ...line], constant, patches: noPatches };
}

type Read = Extract<Part, { kind: 'value' }>;

/** The two that a value is the sum of, the smooth function first; null for a value that is no such sum. */
export function summandsOf(table: Table, value: ValueId): readonly [Read, Read] | null {
  const { definition } = table.get(value);
  if (definition.kind !== 'linear' || definition.meanOf !== null) return null;
  const { parts, constant, patches } = definition.form();
  if (parts.length !== 2 || constant !== nothing || patches.length > 0) return null;
  const [a, b] = parts;
  if (a.kind !== 'value' || b.kind !== 'value' || a.shift !== 0 || b.shift !== 0) return null;
  const isSmooth = ({ value: summand }: Read): boolean =>
    table.get(summand).definition.kind === 'opaque';
  return isSmooth(a) ? [a, b] : isSmooth(b) ? [b, a] : null;
}

/** Of the reads of one function, at one shift: what they read it with together, and what else they read. */
interface Halves {
  scale: Scale | null;
  readonly reads: Read[];
  readonly lines: Read[];
}

/**
 * The form with what is left where such functions cancel, as f(x) − f(−x) leaves x; the form itself where none does.
 * Beside other terms that shows only once both are written out, and a fingerprint of their difference is mostly
 * rounding.
 */
export function withoutHalves(
  form: Form,
  { table, domain, merging }: { table: Table; domain: Domain; merging: Merging },
): Form {
  const groups = new Map<string, Halves>();
  let written = 0;
  const note = (of: ValueId, shift: ShiftId, scale: Scale, read: Read): Halves => {
    const key = `${of} ${shift}`;
    const known = groups.get(key);
    const group: Halves = known ?? { scale, reads: [], lines: [] };
    if (known === undefined) groups.set(key, group);
    else group.scale = group.scale === null ? null : merging.weight(group.scale, scale);
    group.reads.push(read);
    return group;
  };
  for (const part of form.parts) {
    if (part.kind !== 'value') continue;
    const summands = summandsOf(table, part.value);
    if (summands === null) {
      if (table.get(part.value).definition.kind === 'opaque') {
        note(part.value, part.shift, part.scale, part);
      }
      continue;
    }
    written += 1;
    const [atom, line] = summands;
    const group = note(atom.value, part.shift, times(part.scale, atom.scale), part);
    const from = table.get(part.value).domain;
    const seen = table.through(line.value, part.shift, { from, to: domain });
    const scale = times(part.scale, line.scale);
    if (seen !== null) group.lines.push({ kind: 'value', ...seen, scale });
  }
  if (written === 0) return form;
  let { parts } = form;
  for (const { scale, reads, lines } of groups.values()) {
    if (scale?.mid !== 0) continue;
    const gone: readonly Part[] = reads;
    parts = [...parts.filter((part) => !gone.includes(part)), ...lines];
  }
  return parts === form.parts ? form : { ...form, parts };
}
