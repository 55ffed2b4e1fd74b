/** How much longer the converted model takes than the original: a ratio, run by run. */
import { quantileSorted } from 'd3-array';
import type { Latency } from './record.ts';

/** Median and quartiles of converted over original. */
export interface LatencyRatio {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly runs: number;
}

/** Runs were in turns: each is divided by the one it took turns with; what has no partner does not count. */
export function latencyRatio({ original, converted }: Latency): LatencyRatio {
  const pairs = converted.slice(0, original.length);
  const sorted = pairs.map((seconds, k) => seconds / original[k]).sort((a, b) => a - b);
  const at = (p: number): number => quantileSorted(sorted, p) ?? NaN;
  return { low: at(0.25), middle: at(0.5), high: at(0.75), runs: sorted.length };
}
