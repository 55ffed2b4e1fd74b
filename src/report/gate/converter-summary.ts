/** The cases of a gate, one row for each converter: how they ended, the largest rounding, the time. */
import { countOutcomes, type CaseResult, type Counts } from '../../gate/case.ts';

export interface ConverterSummary {
  readonly converter: string;
  readonly cases: readonly CaseResult[];
  readonly counts: Counts;
  /** Units in the last place over all proofs; null without one. */
  readonly largestRounding: number | null;
  /** Of all cases together; wall-clock seconds, which overlap where cases ran side by side. */
  readonly seconds: number;
}

/** In the order in which converters first appear. */
export function byConverter(cases: readonly CaseResult[]): readonly ConverterSummary[] {
  const groups = new Map<string, CaseResult[]>();
  for (const one of cases) {
    const group = groups.get(one.converter);
    if (group === undefined) groups.set(one.converter, [one]);
    else group.push(one);
  }
  return [...groups].map(([converter, group]) => {
    let largestRounding: number | null = null;
    let seconds = 0;
    for (const { outcome, seconds: taken } of group) {
      seconds += taken;
      if (outcome.kind !== 'proved') continue;
      largestRounding = Math.max(largestRounding ?? 0, outcome.maxUlps);
    }
    return { converter, cases: group, counts: countOutcomes(group), largestRounding, seconds };
  });
}
