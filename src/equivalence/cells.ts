/**
 * Constants on parts of the domain: whether two sums of them differ by one number everywhere.
 *
 * A bias that meets zero padding becomes a constant that is different near the border. Cutting the
 * domain along every edge of every rectangle gives at most a few dozen cells, on each of which both
 * sides are plain numbers; this decides borders completely, whoever cut them how.
 */
import type { Cell } from './accumulator.ts';
import { exactSum, measured, nothing, type Constant } from './constant.ts';
import { addsExactly, isPowerOfTwo, type Scale } from './scale.ts';
import type { Domain } from './shift.ts';
import { ulpsBetween } from './ulps.ts';

export interface Offset {
  readonly offset: Constant;
  readonly ulps: number;
  readonly exact: boolean;
}

function cuts(edges: readonly number[], size: number): readonly number[] {
  return [...new Set([0, ...edges.filter((e) => e > 0 && e < size)])].sort((a, b) => a - b);
}

interface Total {
  readonly value: number;
  readonly magnitude: number;
  readonly error: number;
}

function totalAt(cells: readonly Cell[], y: number, x: number): Total {
  let value = 0;
  let magnitude = 0;
  let error = 0;
  let exact = true;
  for (const cell of cells) {
    const { rect } = cell;
    if (y < rect.top || y >= rect.bottom || x < rect.left || x >= rect.right) continue;
    exact &&= addsExactly(value, cell.value);
    value += cell.value;
    magnitude += cell.magnitude;
    error += cell.error;
  }
  return { value, magnitude, error: error + (exact ? 0 : cells.length * 2 ** -53 * magnitude) };
}

/** form − scale · target at the middle pixel, and how far other pixels deviate from that. */
export function offsetBetween(
  form: readonly Cell[],
  target: readonly Cell[],
  scale: Scale,
  domain: Domain,
): Offset {
  if (form.length === 0 && target.length === 0) return { offset: nothing, ulps: 0, exact: true };
  const rects = [...form, ...target].map((c) => c.rect);
  const rows = cuts(
    rects.flatMap((r) => [r.top, r.bottom]),
    domain.height,
  );
  const columns = cuts(
    rects.flatMap((r) => [r.left, r.right]),
    domain.width,
  );
  const difference = (y: number, x: number): Total => {
    const f = totalAt(form, y, x);
    const t = totalAt(target, y, x);
    const factor = Math.abs(scale.mid);
    const value = f.value - scale.mid * t.value;
    const exact = scale.key === '' && isPowerOfTwo(factor) && addsExactly(f.value, value - f.value);
    const rounding = exact ? 0 : (scale.roundings + 3) * 2 ** -53;
    return {
      value,
      magnitude: Math.max(f.magnitude, factor * t.magnitude),
      error: f.error + factor * t.error + rounding * (f.magnitude + factor * t.magnitude),
    };
  };
  const middle = difference(Math.floor(domain.height / 2), Math.floor(domain.width / 2));
  let ulps = 0;
  for (const y of rows) {
    for (const x of columns) {
      const here = difference(y, x);
      const deviation = here.value - middle.value;
      const magnitude = Math.max(here.magnitude, middle.magnitude);
      ulps = Math.max(ulps, ulpsBetween(deviation, magnitude, here.error + middle.error));
    }
  }
  const offset =
    middle.error === 0
      ? exactSum(middle.value, middle.magnitude)
      : measured(middle.value, middle.magnitude, middle.error);
  return { offset, ulps, exact: ulps === 0 };
}
