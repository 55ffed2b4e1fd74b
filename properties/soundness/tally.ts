/** Attacks counted, by kind of fault and by family: pure functions. */
import type { Attack, FaultRecord } from './attack.ts';
import { outcomes } from './judge.ts';
import type { SubjectFamily } from './subject.ts';

export type Ending = FaultRecord['outcome'];

export const endings: readonly Ending[] = [...outcomes, 'crashed'];

export type Counts = Readonly<Record<Ending, number>>;

export interface Tally {
  readonly conversions: Readonly<Record<Attack['conversion'], number>>;
  readonly total: Counts;
  /** By fault, then by family; families without a case are left out. */
  readonly kinds: ReadonlyMap<string, ReadonlyMap<SubjectFamily, Counts>>;
  /** What was not as it should be, in the order of the cases. */
  readonly exceptions: readonly Attack[];
}

const none: Counts = {
  refuted: 0,
  unreplayed: 0,
  undecided: 0,
  noChange: 0,
  rounding: 0,
  wronglyProved: 0,
  unconfirmed: 0,
  crashed: 0,
};

function add(a: Counts, b: Counts): Counts {
  return {
    refuted: a.refuted + b.refuted,
    unreplayed: a.unreplayed + b.unreplayed,
    undecided: a.undecided + b.undecided,
    noChange: a.noChange + b.noChange,
    rounding: a.rounding + b.rounding,
    wronglyProved: a.wronglyProved + b.wronglyProved,
    unconfirmed: a.unconfirmed + b.unconfirmed,
    crashed: a.crashed + b.crashed,
  };
}

export function sum(counts: Iterable<Counts>): Counts {
  let total = none;
  for (const each of counts) total = add(total, each);
  return total;
}

/** Faults that change the function by more than a proof may forgive: those that have to be refuted. */
export function changing(counts: Counts): number {
  const { refuted, unreplayed, undecided, wronglyProved, crashed } = counts;
  return refuted + unreplayed + undecided + wronglyProved + crashed;
}

export function tried(counts: Counts): number {
  return endings.reduce((total, ending) => total + counts[ending], 0);
}

/** Whether a law is broken: a fault was proved, a correct conversion refuted, or the verifier threw. */
export function breaksLaw({ conversion, fault }: Attack): boolean {
  if (conversion === 'refuted' || conversion === 'crashed') return true;
  return fault !== null && (fault.outcome === 'wronglyProved' || fault.outcome === 'crashed');
}

function isException({ conversion, fault }: Attack): boolean {
  if (conversion !== 'proved') return true;
  return fault !== null && !['refuted', 'noChange', 'rounding'].includes(fault.outcome);
}

/** Counts the attacks; `names` are all kinds of fault there are, in the order wanted. */
export function tally(attacks: readonly Attack[], names: readonly string[]): Tally {
  const conversions = { proved: 0, undecided: 0, refuted: 0, crashed: 0 };
  const kinds = new Map(names.map((name) => [name, new Map<SubjectFamily, Counts>()]));
  const sorted = [...attacks].sort((a, b) => a.index - b.index);
  for (const { conversion, family, fault } of sorted) {
    conversions[conversion] += 1;
    if (fault === null) continue;
    const row = kinds.get(fault.name);
    if (row === undefined) throw new Error(`no fault is called ${fault.name}`);
    row.set(family, add(row.get(family) ?? none, { ...none, [fault.outcome]: 1 }));
  }
  const total = sum([...kinds.values()].map((row) => sum(row.values())));
  return { conversions, total, kinds, exceptions: sorted.filter(isException) };
}
