/**
 * A gate's result as workflow commands of GitHub Actions, which shows them beside the files they name.
 *
 * GitHub keeps ten errors and ten warnings of a step, so the most telling come first and a last one counts the
 * others. A drawn network has no file in the repository: it is shown at the configuration.
 */
import type { CaseResult, GateResult } from '../../gate/case.ts';
import { count } from '../number.ts';
import { sizeText } from './terminal.ts';
import {
  caseName,
  headline,
  openCases,
  outcomeText,
  shownAt,
  undecidedIsAllowed,
} from './words.ts';

const kept = 10;

/** https://docs.github.com/actions: what a command's message cannot hold as it is. */
function message(text: string): string {
  return text.replace(/[%\r\n]/g, (c) => ({ '%': '%25', '\r': '%0D' })[c] ?? '%0A');
}

/** A property's value is also ended by a colon or a comma. */
function propertyValue(text: string): string {
  return message(text).replace(/[:,]/g, (c) => (c === ':' ? '%3A' : '%2C'));
}

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

function commandOf({ level, file, title, text }: Annotation): string {
  return `::${level} file=${propertyValue(file)},title=${propertyValue(title)}::${message(text)}`;
}

/** The first of a level, and a last one that counts the rest. */
function capped(all: readonly Annotation[], file: string): readonly Annotation[] {
  if (all.length <= kept) return all;
  const shown = all.slice(0, kept - 1);
  const text = `and ${count(all.length - shown.length)} more`;
  return [...shown, { level: all[0].level, file, title: 'plainproof gate', text }];
}

function levelOf({ outcome }: CaseResult, allowed: boolean): Annotation['level'] {
  return outcome.kind === 'undecided' && allowed ? 'warning' : 'error';
}

/** Lines, each ended; empty where everything is proved. `configFile` is relative to the repository. */
export function gateAnnotations(result: GateResult, configFile: string): string {
  const allowed = undecidedIsAllowed(result);
  const all: Annotation[] = [];
  const { failure } = result;
  if (failure !== null) {
    const { source, converter, outcome, reproduce } = failure;
    const text = `${sizeText(failure)}: ${outcomeText(outcome)}\nagain: ${reproduce}`;
    const file = shownAt(source, configFile);
    all.push({ level: 'error', file, title: `${converter}: smallest failing network`, text });
  }
  if (result.interrupted) {
    const text = headline(result);
    all.push({ level: 'error', file: configFile, title: 'plainproof gate', text });
  }
  for (const one of openCases(result)) {
    const file = shownAt(one.source, configFile);
    const title = `${one.converter}: ${caseName(one)}`;
    all.push({ level: levelOf(one, allowed), file, title, text: outcomeText(one.outcome) });
  }
  const of = (level: Annotation['level']): readonly Annotation[] =>
    capped(
      all.filter((one) => one.level === level),
      configFile,
    );
  return [...of('error'), ...of('warning')].map((one) => `${commandOf(one)}\n`).join('');
}
