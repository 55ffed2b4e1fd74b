/**
 * Finds values whose fingerprint is a real multiple of a given one: the phase modulo π ignores scale.
 *
 * One index for each grid of pixels. A phase is known only up to rounding, the more so the more
 * cancelled in it; what comes back are candidates, closest first.
 */
import type { ValueId } from './form.ts';
import type { Complex, Fingerprint } from './fingerprint.ts';
import type { Place } from './table.ts';

/** Phases are sorted into bins this wide; a look-up reads as many as its tolerance spans. */
const binWidth = 2 ** -14;
const bins = Math.ceil(Math.PI / binWidth);

/** No look-up reads further than this to either side. */
const reach = 8;

interface Entry {
  readonly id: ValueId;
  readonly phase: number;
  /** Magnitude added up, over what was left of it. */
  readonly cancellation: number;
}

function phaseOf(c: Complex): number {
  const angle = Math.atan2(c.imaginary, c.real);
  return angle < 0 ? angle + Math.PI : angle;
}

function entryOf(id: ValueId, fingerprint: Fingerprint): Entry {
  const { real, imaginary, magnitude } = fingerprint;
  const length = Math.sqrt(real * real + imaginary * imaginary);
  return { id, phase: phaseOf(fingerprint), cancellation: magnitude / length };
}

/** Grids with the same key have the same pixels; along an axis of one pixel distance means nothing. */
function gridKey({ domain, stride }: Omit<Place, 'origin'>): string {
  const { height, width } = domain;
  return `${height},${width},${height === 1 ? 0 : stride.y},${width === 1 ? 0 : stride.x}`;
}

export class PhaseIndex {
  readonly #grids = new Map<string, Map<number, Entry[]>>();

  add(id: ValueId, fingerprint: Fingerprint, place: Place): void {
    const entry = entryOf(id, fingerprint);
    if (Number.isNaN(entry.phase)) return;
    const key = gridKey(place);
    const grid = this.#grids.get(key) ?? new Map<number, Entry[]>();
    this.#grids.set(key, grid);
    const bin = Math.floor(entry.phase / binWidth) % bins;
    const members = grid.get(bin);
    if (members === undefined) grid.set(bin, [entry]);
    else members.push(entry);
  }

  /** Values on the same grid whose phase agrees up to `tolerance` times what was cancelled. */
  near(fingerprint: Fingerprint, place: Place, tolerance: number): readonly ValueId[] {
    const { phase, cancellation } = entryOf(-1, fingerprint);
    const grid = this.#grids.get(gridKey(place));
    if (grid === undefined || Number.isNaN(phase)) return [];
    // The other side may have cancelled more; four times as much is allowed for.
    const width = Math.min(reach, Math.ceil((4 * tolerance * cancellation) / binWidth));
    const middle = Math.floor(phase / binWidth);
    const found: { readonly id: ValueId; readonly distance: number }[] = [];
    for (let bin = middle - width; bin <= middle + width; bin++) {
      const members = grid.get((bin + bins) % bins);
      if (members === undefined) continue;
      for (const entry of members) {
        const apart = Math.abs(entry.phase - phase);
        const distance = Math.min(apart, Math.PI - apart);
        if (distance > tolerance * (cancellation + entry.cancellation)) continue;
        found.push({ id: entry.id, distance });
      }
    }
    if (found.length > 1) found.sort((a, b) => a.distance - b.distance || a.id - b.id);
    return found.map((f) => f.id);
  }
}
