/**
 * What a proof owes: the largest rounding it forgave, where, and whether everything was exact.
 */
import type { Origin } from './value.ts';

export class Ledger {
  #ulps = 0;
  #exact = true;
  #where: Origin | null = null;

  /** Books a step that holds up to `ulps`, or exactly. */
  charge(step: { readonly ulps: number; readonly exact: boolean }, where: Origin): void {
    if (step.exact) return;
    this.#exact = false;
    if (this.#where !== null && step.ulps <= this.#ulps) return;
    this.#ulps = Math.max(this.#ulps, step.ulps);
    this.#where = where;
  }

  get exact(): boolean {
    return this.#exact;
  }

  get ulps(): number {
    return this.#ulps;
  }

  get where(): Origin | null {
    return this.#where;
  }
}
