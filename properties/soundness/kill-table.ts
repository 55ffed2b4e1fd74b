/** The kill table as Markdown and as data: what each kind of fault came to in each family. */
import { breaksLaw, changing, endings, sum, tried, type Counts, type Tally } from './tally.ts';
import { families } from './subject.ts';
import type { Attack } from './attack.ts';
import { faults } from '../faults/catalogue.ts';

export interface RunFacts {
  readonly seed: number;
  readonly runs: number;
  /** The command that makes this very table, at this commit. */
  readonly command: string;
  readonly commit: string;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, k) => (k === 0 ? '---' : '--:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

const columns = [
  'tried',
  'refuted',
  'undecided',
  'wrongly proved',
  'not on this input',
  'within rounding',
  'no change seen',
  'refuted, not confirmed',
  'crashed',
] as const;

function cells(counts: Counts): readonly string[] {
  const { refuted, undecided, wronglyProved, unreplayed, rounding, noChange } = counts;
  return [
    ...[tried(counts), refuted, undecided, wronglyProved, unreplayed, rounding, noChange],
    ...[counts.unconfirmed, counts.crashed],
  ].map((n) => (n === 0 ? '·' : String(n)));
}

/** Refuted of those that change the function; a dot where there was none. */
function cell(counts: Counts | undefined): string {
  if (counts === undefined) return '·';
  const whole = changing(counts);
  if (whole === 0) return tried(counts) === 0 ? '·' : '0';
  return counts.refuted === whole ? String(whole) : `${counts.refuted}/${whole}`;
}

function sentence({ total, conversions, kinds }: Tally): string {
  const drawn = Object.values(conversions).reduce((a, b) => a + b, 0);
  const { proved, undecided, refuted, crashed } = conversions;
  return [
    `${drawn} correct conversions: ${proved} proved, ${undecided} undecided, ${refuted} refuted, ${crashed} crashed.`,
    `${tried(total)} faults of ${kinds.size} kinds in conversions that are proved: ` +
      `${changing(total)} change the function by more than rounding, of which ${total.refuted} ` +
      `(${share(total.refuted, changing(total))}) are refuted with an input that shows it on wasm and on cpu, ` +
      `${total.unreplayed} refuted with another input, ${total.undecided} undecided, ` +
      `${total.wronglyProved} **wrongly proved**.`,
    `Of the others ${total.rounding} are proved and covered by what the proof states, and for ${total.noChange} ` +
      `no input tried shows a change, evaluated with 320 bits; ${total.unconfirmed} more were refuted without one of the inputs tried showing a change.`,
  ].join('\n\n');
}

function exceptionLine({
  seed,
  index,
  family,
  conversion,
  fault,
  remark,
}: Attack): readonly string[] {
  const what =
    fault === null
      ? `(correct conversion: ${conversion})`
      : `${fault.name} at ${fault.layer}, ${fault.at}: ${fault.outcome}`;
  const text = remark.replaceAll('|', '\\|').slice(0, 160);
  return [`${seed}:${index}`, family, what, text];
}

/** At most so many cases are listed: those that break a law first. */
const listed = 200;

export function markdown(result: Tally, facts: RunFacts): string {
  const { kinds, exceptions } = result;
  const sources = new Map(faults.map(({ name, source }) => [name, source]));
  const byKind = [...kinds].map(([name, row]) => [
    name,
    sources.get(name) ?? '',
    ...cells(sum(row.values())),
  ]);
  const matrix = [...kinds].map(([name, row]) => [name, ...families.map((f) => cell(row.get(f)))]);
  const broken = exceptions.filter(breaksLaw);
  const open = exceptions.filter((attack) => !breaksLaw(attack) && attack.fault !== null);
  const rest = exceptions.filter((attack) => !breaksLaw(attack) && attack.fault === null);
  const cases = [...broken, ...open, ...rest].slice(0, listed).map(exceptionLine);
  const more = exceptions.length > listed ? `\n\n… and ${exceptions.length - listed} more.` : '';
  return (
    [
      '# Kill table',
      `Made by \`${facts.command}\` at commit ${facts.commit}: seed ${facts.seed}, ${facts.runs} faults injected.`,
      sentence(result),
      '## Kinds of fault',
      table(['fault', 'source', ...columns], byKind),
      '## Faults by family: refuted of those that change the function',
      table(['fault', ...families], matrix),
      '## Cases to look at',
      'A case is drawn again by `npm run attack -- --seed SEED --case INDEX`.',
      cases.length === 0
        ? 'None.'
        : table(['seed:index', 'family', 'what', 'the verifier says'], cases) + more,
    ].join('\n\n') + '\n'
  );
}

/** The same as data; kinds and families that were not tried are left out. */
export function json(result: Tally, facts: RunFacts): string {
  const kinds = Object.fromEntries(
    [...result.kinds]
      .filter(([, row]) => row.size > 0)
      .map(([name, row]) => [name, Object.fromEntries([...row].map(([f, c]) => [f, nonZero(c)]))]),
  );
  const { conversions, total } = result;
  return `${JSON.stringify({ ...facts, conversions, total, kinds }, null, 1)}\n`;
}

function nonZero(counts: Counts): Partial<Counts> {
  return Object.fromEntries(endings.filter((e) => counts[e] > 0).map((e) => [e, counts[e]]));
}
