/**
 * The common case of cells.ts: two forms whose patches, as they stand, are to agree up to rounding.
 *
 * Which rectangles cover which pixels is the same for all channels of a pair of layers and worked out once;
 * a channel then costs one multiply-add for each rectangle and cell. Whether patches agree exactly is left
 * to cells.ts: null says nothing.
 */
import { patchSize } from './border.ts';
import type { Border, Form, Patches } from './form.ts';
import type { Domain, Rect } from './shift.ts';
import { roundoff, ulpOf } from './ulps.ts';

/** Agreement closer than this may be exact. */
const indistinct = 2 ** -16;

/** The cells into which rectangles cut a domain. */
interface Plan {
  readonly borders: readonly Border[];
  /** How many of the borders are the form's. */
  readonly own: number;
  readonly domain: Domain;
  /** For each cell, for each border, the rectangles that cover a pixel of the cell, 1 or 0. */
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
  const rows = cuts(borders, domain.height, (r) => [r.top, r.bottom]);
  const columns = cuts(borders, domain.width, (r) => [r.left, r.right]);
  const cells = rows.flatMap((y) => columns.map((x) => covering(borders, y, x)));
  return { borders, own, domain, cells };
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
   * Largest difference between all constants of the forms, anywhere, in units in the last place; null where it may be
   * none at all.
   */
  match(form: Form, target: Form, domain: Domain): number | null {
    const plan = this.#planFor(form.patches, target.patches, domain);
    const [a, b] = [form.constant, target.constant];
    const apart = a.mid - b.mid;
    const size = a.magnitude + b.magnitude;
    let worst = 0;
    for (const cell of plan.cells) {
      this.#addUp(form.patches, cell, 0);
      const value = this.#value;
      const magnitude = this.#magnitude;
      const yardstick = this.#yardstick;
      const error = this.#error;
      this.#addUp(target.patches, cell, plan.own);
      const terms = size + magnitude + this.#magnitude;
      // Where neither has a term, both are zero.
      if (terms === 0) continue;
      const errors = a.error + b.error + error + this.#error + 4 * roundoff * terms;
      const distance = Math.abs(apart + (value - this.#value)) + errors;
      const here = Math.max(a.yardstick + yardstick, b.yardstick + this.#yardstick);
      worst = Math.max(worst, here === 0 ? Infinity : distance / ulpOf(here));
    }
    return worst < indistinct ? null : worst;
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
