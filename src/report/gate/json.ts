/**
 * A gate's result as JSON, in the fields of `schemas/gate.schema.json`.
 *
 * It is the result itself, every field always there, so that `plainproof merge` and `--baseline` read back
 * what was written. The order of the fields is fixed here: the same result gives the same bytes.
 */
import type { CaseResult, GateResult } from '../../gate/case.ts';

function caseJson({ index, converter, source, outcome, seconds }: CaseResult): object {
  return { index, converter, source, outcome, seconds };
}

/** Ends in a line break. */
export function gateJsonText(result: GateResult): string {
  const { version, configDigest, seed, undecidedAllowed, shard, planned } = result;
  const { cases, counts, failure, interrupted, seconds } = result;
  const fields = {
    version,
    configDigest,
    seed,
    undecidedAllowed,
    shard,
    planned,
    interrupted,
    seconds,
    counts,
    failure,
    cases: cases.map(caseJson),
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}
