/**
 * The common case of cells.ts: two forms whose patches, as they stand, are to agree up to rounding.
 *
 * Which rectangles cover which pixels is the same for all channels of a pair of layers and worked out once;
 * a channel then costs one multiply-add for each rectangle and cell. Whether patches agree exactly is left
 * to cells.ts: null says nothing.
 */
import { patchSize } from './border.ts';
import type { Border, Form, Patches } from './form.ts';
import { holdsMiddle, wholeOf, type Domain, type Rect } from './shift.ts';
import { roundoff, ulpOf } from './ulps.ts';

/** Agreement closer than this may be exact. */
const indistinct = 2 ** -16;

/** The cells into which rectangles cut a domain. */
interface Plan {
  readonly borders: readonly Border[];
  /** How many of the borders are the form's. */
  readonly own: number;
  readonly domain: Domain;
  /** For each border the rectangles that cover the middle pixel, 1 or 0. */
  readonly atMiddle: readonly Uint8Array[];
  /** For each cell, for each border, the same for a pixel of the cell. */
  readonly cells: readonly (readonly Uint8Array[])[];
}

function covering(borders: readonly Border[], y: number, x: number): readonly Uint8Array[] {
  return borders.map(({ rects }) =>
    Uint8Array.from(rects, (r) =>
      y >= r.top && y < r.bottom && x >= r.left && x < r.right ? 1 : 0,
    ),
  );
}

/** 0 and every edge inside, along one axis. */
function cuts(borders: readonly Border[], size: number, edges: (r: Rect) => number[]): number[] {
  const found = borders.flatMap(({ rects }) => rects.flatMap(edges));
  return [...new Set([0, ...found.filter((edge) => edge > 0 && edge < size)])];
}

function makePlan(borders: readonly Border[], own: number, domain: Domain): Plan {
  const whole = wholeOf(domain);
  const rows = cuts(borders, domain.height, (r) => [r.top, r.bottom]);
  const columns = cuts(borders, domain.width, (r) => [r.left, r.right]);
  const atMiddle = borders.map(({ rects }) =>
    Uint8Array.from(rects, (rect) => (holdsMiddle(rect, whole) ? 1 : 0)),
  );
  const cells = rows.flatMap((y) => columns.map((x) => covering(borders, y, x)));
  return { borders, own, domain, atMiddle, cells };
}

export interface BorderDistance {
  readonly ulps: number;
  readonly atHome: boolean;
}

interface Yardsticks {
  readonly middle: number;
  readonly least: number;
}

export class BorderMatcher {
  /** The plan made last for each first border: channels of a layer follow one another. */
  readonly #plans = new WeakMap<Border, Plan>();
  // What `#addUp` found: value, magnitude, yardstick, error.
  #value = 0;
  #magnitude = 0;
  #yardstick = 0;
  #error = 0;

  /**
   * Largest difference between the forms' constants anywhere, in units in the last place: with those at the
   * middle pixel where both are known (`atHome`), else each counted from the middle. 0 where neither has patches, null
   * where it may be none at all.
   */
  match(form: Form, target: Form, domain: Domain): BorderDistance | null {
    const ours = form.patches;
    const theirs = target.patches;
    if (ours.length === 0 && theirs.length === 0) return { ulps: 0, atHome: false };
    const plan = this.#planFor(ours, theirs, domain);
    const { own, atMiddle } = plan;
    this.#addUp(ours, atMiddle, 0);
    const ourMiddle = this.#value;
    const ourSize = this.#magnitude;
    const ourYardstick = this.#yardstick;
    const ourError = this.#error;
    this.#addUp(theirs, atMiddle, own);
    const theirMiddle = this.#value;
    const theirSize = this.#magnitude;
    const theirYardstick = this.#yardstick;
    const middle = Math.max(ourYardstick, theirYardstick);
    const [home, other] = [form.home, target.home];
    const atHome = home !== undefined && other !== undefined;
    // What is there besides the patches, and what the middle pixels are apart.
    const ourRest = atHome ? Math.max(home.yardstick - ourYardstick, 0) : 0;
    const theirRest = atHome ? Math.max(other.yardstick - theirYardstick, 0) : 0;
    const apart = atHome ? home.mid - other.mid : 0;
    const homeSize = atHome ? home.magnitude + other.magnitude : 0;
    const homeError = atHome ? home.error + other.error : 0;
    const theirError = this.#error;
    let worst = 0;
    for (const cell of plan.cells) {
      this.#addUp(ours, cell, 0);
      const difference = this.#value - ourMiddle;
      const size = this.#magnitude + ourSize;
      const yardstick = this.#yardstick;
      const error = this.#error + ourError;
      this.#addUp(theirs, cell, own);
      const deviation = apart + (difference - (this.#value - theirMiddle));
      if (homeSize + size + this.#magnitude + theirSize === 0) continue;
      const rounding = 5 * roundoff * (homeSize + size + this.#magnitude + theirSize);
      const errors = homeError + error + this.#error + theirError + rounding;
      const distance = Math.abs(deviation) + errors;
      // Half, where the constant at the middle moves too (cells.ts).
      const here = atHome
        ? Math.max(ourRest + yardstick, theirRest + this.#yardstick)
        : Math.min(middle, Math.max(yardstick, this.#yardstick)) / 2;
      worst = Math.max(worst, here === 0 ? Infinity : distance / ulpOf(here));
    }
    return worst < indistinct ? null : { ulps: worst, atHome };
  }

  /** Of a form's patches: the magnitudes of the terms at the middle pixel, and where they are least. */
  yardsticks(patches: readonly Patches[], domain: Domain): Yardsticks {
    const { atMiddle, cells } = this.#planFor(patches, [], domain);
    this.#addUp(patches, atMiddle, 0);
    const middle = this.#yardstick;
    let least = middle;
    for (const cell of cells) {
      this.#addUp(patches, cell, 0);
      least = Math.min(least, this.#yardstick);
    }
    return { middle, least };
  }

  /** Σ of the patches whose rectangles are covered; `first` is the place of their borders in the plan. */
  #addUp(patches: readonly Patches[], covered: readonly Uint8Array[], first: number): void {
    let value = 0;
    let magnitude = 0;
    let yardstick = 0;
    let error = 0;
    let count = 0;
    for (let i = 0; i < patches.length; i++) {
      const { border, channel, scale } = patches[i];
      const { numbers } = border;
      const rects = covered[first + i];
      const factor = Math.abs(scale.mid);
      const relative = (scale.roundings + 2) * roundoff;
      count += rects.length;
      for (let r = 0, at = channel * rects.length * patchSize; r < rects.length; r++) {
        if (rects[r] !== 0) {
          const size = factor * numbers[at + 1];
          value += scale.mid * numbers[at];
          magnitude += size;
          yardstick += factor * numbers[at + 3];
          error += factor * numbers[at + 2] + relative * size;
        }
        at += patchSize;
      }
    }
    this.#value = value;
    this.#magnitude = magnitude;
    this.#yardstick = yardstick;
    // Each addition rounds a partial sum that is no larger than the magnitudes.
    this.#error = error * (1 + 8 * roundoff) + (count + 1) * roundoff * magnitude;
  }

  #planFor(ours: readonly Patches[], theirs: readonly Patches[], domain: Domain): Plan {
    const borders = [...ours, ...theirs].map((p) => p.border);
    const known = this.#plans.get(borders[0]);
    const isSame =
      known?.own === ours.length &&
      known.borders.length === borders.length &&
      known.domain.height === domain.height &&
      known.domain.width === domain.width &&
      borders.every((border, i) => border === known.borders[i]);
    if (isSame) return known;
    const plan = makePlan(borders, ours.length, domain);
    this.#plans.set(borders[0], plan);
    return plan;
  }
}
