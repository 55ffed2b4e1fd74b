/**
 * What the sections of a page are about, put together once: both networks, the account, and who answers whom.
 */
import type { Account, LayerAccount } from '../../verdict/layers.ts';
import type { Network } from '../network.ts';
import type { VerdictRecord } from '../record.ts';

export interface Subject {
  readonly record: VerdictRecord;
  readonly original: Network;
  readonly converted: Network;
  readonly account: Account | null;
  /** For each position of the converted network; null for an input, or without an account. */
  readonly accounts: readonly (LayerAccount | null)[];
  /** For each position of the converted network: positions of the original it does the work of. */
  readonly mates: readonly (readonly number[])[];
  /** For each position of the original: where its work is done. */
  readonly matesBack: readonly (readonly number[])[];
}

/** Null where a network is not known: the verdict was made without a report in mind. */
export function subjectOf(record: VerdictRecord): Subject | null {
  const original = record.original.details?.network ?? null;
  const converted = record.converted.details?.network ?? null;
  if (original === null || converted === null) return null;
  const account = record.verdict.account ?? null;
  const byName = new Map(account?.layers.map((layer) => [layer.layer, layer]));
  const names = new Map(original.nodes.map(({ name }, position) => [name, position]));
  const accounts = converted.nodes.map(({ name, kind }) =>
    kind === 'input' ? null : (byName.get(name) ?? null),
  );
  const matesBack = original.nodes.map((): number[] => []);
  const mates = converted.nodes.map(({ kind }, position) => {
    const standsFor = accounts[position]?.standsFor ?? [];
    const found =
      kind === 'input' ? [position] : standsFor.flatMap((name) => names.get(name) ?? []);
    for (const mate of found) matesBack.at(mate)?.push(position);
    return found;
  });
  return { record, original, converted, account, accounts, mates, matesBack };
}
