/**
 * Kernels that hold the right coefficients in the wrong places: moved, dilated, transposed, mirrored, or
 * with their input channels permuted.
 */
import type { Pair } from '../../model/shape.ts';
import type { ValueId } from '../form.ts';
import type { Table } from '../table.ts';
import type { Taps } from './counterparts.ts';

export type TapsByValue = ReadonlyMap<ValueId, Taps>;

/** Sixteen units in the last place: what rounding may do to a coefficient. */
const rounding = 2 ** -19;

/** Part of the coefficients that must be explained; the rest may have met the border. */
const most = 0.9;

interface Placement {
  readonly words: string;
  readonly move: (offset: Pair) => Pair;
}

function placements(): readonly Placement[] {
  const found: Placement[] = [
    { words: 'rows and columns of the kernel are exchanged', move: ({ y, x }) => ({ y: x, x: y }) },
    {
      words: 'the kernel is turned by 180°: a true convolution for a correlation, or the reverse',
      move: ({ y, x }) => ({ y: -y, x: -x }),
    },
    { words: 'the kernel is mirrored left to right', move: ({ y, x }) => ({ y, x: -x }) },
    { words: 'the kernel is mirrored top to bottom', move: ({ y, x }) => ({ y: -y, x }) },
  ];
  for (const factor of [2, 3, 1 / 2, 1 / 3]) {
    const words = `its taps are ${factor > 1 ? factor : `1/${1 / factor}`} times as far apart`;
    found.push({ words, move: ({ y, x }) => ({ y: y * factor, x: x * factor }) });
  }
  for (const dy of [0, -1, 1, -2, 2]) {
    for (const dx of [0, -1, 1, -2, 2]) {
      if (dy === 0 && dx === 0) continue;
      const words = `its taps are moved by (${dy},${dx})`;
      found.push({ words, move: ({ y, x }) => ({ y: y + dy, x: x + dx }) });
    }
  }
  return found;
}

function byOffset(table: Table, taps: Taps): Map<string, number> {
  const found = new Map<string, number>();
  for (const [shift, value] of taps) {
    const { offset } = table.shifts.get(shift);
    found.set(`${offset.y},${offset.x}`, value);
  }
  return found;
}

/** How the original's coefficients have to be moved to give the converted ones; null where none does it. */
export function misplacement(table: Table, ours: TapsByValue, theirs: TapsByValue): string | null {
  const own = new Map([...ours].map(([value, taps]) => [value, byOffset(table, taps)]));
  for (const { words, move } of placements()) {
    let count = 0;
    let right = 0;
    for (const [value, taps] of theirs) {
      for (const [shift, coefficient] of taps) {
        const { offset } = table.shifts.get(shift);
        const { y, x } = move(offset);
        if (y === offset.y && x === offset.x) continue;
        count += 1;
        // −0 and 0 are one offset.
        const there = own.get(value)?.get(`${y + 0},${x + 0}`) ?? 0;
        if (Math.abs(there - coefficient) <= rounding * Math.abs(coefficient)) right += 1;
      }
    }
    if (count > 0 && right >= most * count) return words;
  }
  return null;
}

function sameTaps(a: Taps, b: Taps): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([shift, value]) => {
    const other = b.get(shift);
    return other !== undefined && Math.abs(other - value) <= rounding * Math.abs(value);
  });
}

/** Two values of which one is read as the original reads the other. */
export interface Exchange {
  readonly read: ValueId;
  readonly insteadOf: ValueId;
}

/** Whether every differing channel is read with the coefficients of another; the first such two, or null. */
export function exchange(ours: TapsByValue, theirs: TapsByValue): Exchange | null {
  let first: Exchange | null = null;
  for (const [read, taps] of ours) {
    const insteadOf = [...theirs].find(([value, other]) => value !== read && sameTaps(taps, other));
    if (insteadOf === undefined) return null;
    first ??= { read, insteadOf: insteadOf[0] };
  }
  return first;
}
