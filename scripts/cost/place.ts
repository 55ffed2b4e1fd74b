/** Looking up a network's costs in the record. */
import type { Cost, CostRecord, Depth, Form, Latency, NetworkName } from './record.ts';

export interface Place {
  readonly depth: Depth;
  readonly network: NetworkName;
  readonly form: Form;
}

function at<T extends Place>(all: readonly T[], { depth, network, form }: Place): T | null {
  const found = all.find(
    (one) => one.depth === depth && one.network === network && one.form === form,
  );
  return found ?? null;
}

export function costAt({ costs }: CostRecord, place: Place): Cost {
  const found = at(costs, place);
  if (found === null) throw new Error(`no costs of ${place.network}-${place.depth}`);
  return found;
}

export function kernelsOf({ latencies }: CostRecord): readonly string[] {
  return [...new Set(latencies.map(({ kernel }) => kernel))];
}

/** Null for the ResNet, beside which the others stand, and for what is the ResNet itself. */
export function latencyAt(record: CostRecord, place: Place, kernel: string): Latency | null {
  const own = record.latencies.filter((latency) => latency.kernel === kernel);
  return at(own, place);
}
