/**
 * A converted network: units, and blocks left as they were.
 *
 * A restyling changes the boundary between two neighbouring units: what the first writes and the second
 * reads. Boundaries with a kept block on either side, and the outputs of the last link, stay.
 */
import type { Block } from '../../src/networks/block.ts';
import type { Pooling, Unit } from '../../src/networks/unit.ts';

export interface KeptBlock {
  readonly kind: 'kept';
  readonly name: string;
  readonly before: Pooling;
  readonly block: Block;
}

export type Link = Unit | KeptBlock;
export type Chain = readonly Link[];

/** The two units of a boundary after a change, or null to leave it. */
type Change = (first: Unit, second: Unit) => readonly [Unit, Unit] | null;

/** Applies a change at every boundary between units, from the first to the last. */
export function atBoundaries(chain: Chain, change: Change): Chain {
  const links = [...chain];
  for (let k = 0; k + 1 < links.length; k++) {
    const [first, second] = [links[k], links[k + 1]];
    if (first.kind !== 'unit' || second.kind !== 'unit') continue;
    const changed = change(first, second);
    if (changed !== null) links.splice(k, 2, ...changed);
  }
  return links;
}

export function eachUnit(chain: Chain, change: (unit: Unit) => Unit): Chain {
  return chain.map((link) => (link.kind === 'unit' ? change(link) : link));
}
