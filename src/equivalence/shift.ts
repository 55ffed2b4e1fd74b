/**
 * Where a form reads a value: at position stride · p + offset, for the output positions p in a guard.
 *
 * A value is zero outside its own domain (semantics, formal-core §2), so a shift needs a guard only where
 * an *intermediate* domain cut something away that the value itself would still provide. The guard is
 * kept canonical – the rectangle of output positions at which anything is read at all – so that two ways
 * of writing the same reading get the same number.
 */
import { sameShape, type Pair, type Shape } from '../model/shape.ts';

/** Pixels of a tensor; the channel count of the shape is always 1. */
export type Domain = Shape;

/** Half-open rectangle of positions. */
export interface Rect {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Shift {
  readonly stride: Pair;
  readonly offset: Pair;
  /** null where the value's own domain says it all. */
  readonly guard: Rect | null;
}

export type ShiftId = number;

export function domain(height: number, width: number): Domain {
  return { channels: 1, height, width };
}

export function wholeOf(d: Domain): Rect {
  return { top: 0, left: 0, bottom: d.height, right: d.width };
}

export function sameRect(a: Rect, b: Rect): boolean {
  return a.top === b.top && a.left === b.left && a.bottom === b.bottom && a.right === b.right;
}

export function isEmpty(r: Rect): boolean {
  return r.bottom <= r.top || r.right <= r.left;
}

/** Whether `rect` contains the middle pixel of `whole`, the one patches are counted from (form.ts). */
export function holdsMiddle(rect: Rect, whole: Rect): boolean {
  const y = Math.floor(whole.bottom / 2);
  const x = Math.floor(whole.right / 2);
  return y >= rect.top && y < rect.bottom && x >= rect.left && x < rect.right;
}

export function intersect(a: Rect, b: Rect): Rect {
  return {
    top: Math.max(a.top, b.top),
    left: Math.max(a.left, b.left),
    bottom: Math.min(a.bottom, b.bottom),
    right: Math.min(a.right, b.right),
  };
}

/** Least p ≥ 0 and least p beyond it for which stride·p + offset lies in [low, high). */
function reach(
  stride: number,
  offset: number,
  low: number,
  high: number,
): readonly [number, number] {
  if (stride === 0) return offset >= low && offset < high ? [0, Infinity] : [0, 0];
  return [Math.ceil((low - offset) / stride), Math.ceil((high - offset) / stride)];
}

/** The positions p at which stride · p + offset falls into `target`. */
export function preimage(stride: Pair, offset: Pair, target: Rect): Rect {
  const [top, bottom] = reach(stride.y, offset.y, target.top, target.bottom);
  const [left, right] = reach(stride.x, offset.x, target.left, target.right);
  return { top, left, bottom, right };
}

/** Shifts, numbered. Number 0 reads the same pixel. */
export class ShiftTable {
  readonly #shifts: Shift[] = [{ stride: { y: 1, x: 1 }, offset: { y: 0, x: 0 }, guard: null }];
  readonly #ids = new Map<string, ShiftId>();
  readonly #compositions = new Map<string, ShiftId>();

  get(id: ShiftId): Shift {
    return this.#shifts[id];
  }

  /**
   * The number of the reading `shift` of a value on `from` into a result on `to`, −1 where it reads
   * nothing at all. Positions of a one-pixel axis are all 0, so a stride there says nothing and is dropped.
   */
  intern(shift: Shift, from: Domain, to: Domain): ShiftId {
    const stride = {
      y: to.height === 1 ? 0 : shift.stride.y,
      x: to.width === 1 ? 0 : shift.stride.x,
    };
    const { offset } = shift;
    const available = intersect(wholeOf(to), preimage(stride, offset, wholeOf(from)));
    const support = shift.guard === null ? available : intersect(available, shift.guard);
    if (isEmpty(support)) return -1;
    const guard = sameRect(support, available) ? null : support;
    const sameY = offset.y === 0 && (stride.y === 1 || (to.height === 1 && from.height === 1));
    const sameX = offset.x === 0 && (stride.x === 1 || (to.width === 1 && from.width === 1));
    if (guard === null && sameY && sameX && sameShape(from, to)) return 0;
    const g = guard === null ? '' : `${guard.top},${guard.left},${guard.bottom},${guard.right}`;
    const key = `${stride.y},${stride.x},${offset.y},${offset.x},${g}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#shifts.push({ stride, offset, guard });
    this.#ids.set(key, this.#shifts.length - 1);
    return this.#shifts.length - 1;
  }

  /**
   * Reading through: `outer` reads a tensor on `middle` into one on `to`; there, `inner` reads a value on
   * `from`. −1 where nothing is left. The middle domain leaves a guard exactly where it cuts something off.
   */
  compose(
    outer: ShiftId,
    inner: ShiftId,
    domains: { from: Domain; middle: Domain; to: Domain },
  ): ShiftId {
    if (outer === 0 && sameShape(domains.middle, domains.to)) return inner;
    const { from, middle, to } = domains;
    const key = `${outer},${inner},${from.height},${from.width},${middle.height},${middle.width},${to.height},${to.width}`;
    const known = this.#compositions.get(key);
    if (known !== undefined) return known;
    const o = this.get(outer);
    const i = this.get(inner);
    const inside = i.guard === null ? wholeOf(middle) : intersect(i.guard, wholeOf(middle));
    let guard = intersect(wholeOf(to), preimage(o.stride, o.offset, inside));
    if (o.guard !== null) guard = intersect(guard, o.guard);
    const id = isEmpty(guard)
      ? -1
      : this.intern(
          {
            stride: { y: i.stride.y * o.stride.y, x: i.stride.x * o.stride.x },
            offset: {
              y: i.stride.y * o.offset.y + i.offset.y,
              x: i.stride.x * o.offset.x + i.offset.x,
            },
            guard,
          },
          from,
          to,
        );
    this.#compositions.set(key, id);
    return id;
  }
}
