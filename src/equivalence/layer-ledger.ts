/**
 * A ledger that also keeps what was booked where: the largest rounding of each layer, and a histogram.
 *
 * Only for attempts that a report will be written of; what it says of the whole is what a plain ledger says.
 */
import { Ledger, type Step } from './ledger.ts';
import type { Origin } from './value.ts';

/** Eight bins to a doubling would be noise; four show the shape. From 2⁻⁶ to 2¹⁶ units. */
const binsPerDoubling = 4;
const lowest = -6;
const highest = 16;
const edges = Array.from(
  { length: (highest - lowest) * binsPerDoubling + 1 },
  (_, k) => 2 ** (lowest + k / binsPerDoubling),
);

export interface Roundings {
  /** Largest rounding by layer of the converted model. */
  readonly layers: ReadonlyMap<string, number>;
  readonly edges: readonly number[];
  /** As many as there are edges; the last bin holds what is above as well. */
  readonly counts: readonly number[];
  readonly exact: number;
}

export class LayerLedger extends Ledger {
  readonly #layers = new Map<string, number>();
  readonly #counts = new Array<number>(edges.length).fill(0);
  #exactSteps = 0;

  override charge(step: Step, where: Origin): void {
    super.charge(step, where);
    if (where.side === 'original') return;
    if (step.exact) {
      this.#exactSteps += 1;
      return;
    }
    const known = this.#layers.get(where.layer) ?? 0;
    if (step.ulps > known) this.#layers.set(where.layer, step.ulps);
    const bin = Math.ceil((Math.log2(step.ulps) - lowest) * binsPerDoubling);
    this.#counts[Math.min(Math.max(bin, 0), edges.length - 1)] += 1;
  }

  /** What has been booked so far. */
  roundings(): Roundings {
    const layers = new Map(this.#layers);
    return { layers, edges, counts: [...this.#counts], exact: this.#exactSteps };
  }
}
