/**
 * A gate's result as JUnit XML, the dialect that GitLab, Jenkins and Azure read: a suite for each converter,
 * a test for each case.
 *
 * Another function, and a converter that fails, is a `failure`; a case that could not be judged an `error`.
 * Undecided is never a pass: a `failure`, or `skipped` where the configuration allows as many. An
 * interrupted run has an `error` of its own, for a reader that counts tests would not miss the others.
 */
import type { CaseResult, GateResult } from '../../gate/case.ts';
import { byConverter } from './converter-summary.ts';
import { caseName, outcomeText, undecidedIsAllowed } from './words.ts';

/** What XML 1.0 cannot hold at all, lone surrogates included. */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

function escaped(text: string): string {
  return text.replace(unwritable, '\u{fffd}').replace(/[&<>"\n\r\t]/g, (c) => entities[c]);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

function seconds(s: number): string {
  return s.toFixed(3);
}

type Mark = 'failure' | 'error' | 'skipped' | null;

/** Which element a case gets; null for a pass. */
function markOf({ outcome }: CaseResult, allowed: boolean): Mark {
  switch (outcome.kind) {
    case 'proved':
      return null;
    case 'refuted':
    case 'converterFailed':
      return 'failure';
    case 'workerFailed':
      return 'error';
    case 'undecided':
      return allowed ? 'skipped' : 'failure';
  }
}

interface Test {
  readonly line: string;
  readonly mark: Mark;
}

function testOf(one: CaseResult, allowed: boolean): Test {
  const mark = markOf(one, allowed);
  const { converter: classname, outcome } = one;
  const head = attributes({ classname, name: caseName(one), time: seconds(one.seconds) });
  if (mark === null) return { line: `    <testcase${head}/>`, mark };
  const message = outcomeText(outcome);
  const type = outcome.kind === 'converterFailed' ? outcome.failure : outcome.kind;
  const said = attributes(mark === 'skipped' ? { message } : { message, type });
  return { line: `    <testcase${head}><${mark}${said}/></testcase>`, mark };
}

function suite(name: string, tests: readonly Test[], time: number): string {
  const marked = (mark: Mark): number => tests.filter((test) => test.mark === mark).length;
  const head = attributes({
    name,
    tests: tests.length,
    failures: marked('failure'),
    errors: marked('error'),
    skipped: marked('skipped'),
    time: seconds(time),
  });
  return `  <testsuite${head}>\n${tests.map(({ line }) => line).join('\n')}\n  </testsuite>`;
}

/** The test that fails because the run was not finished. */
function unfinished({ cases, planned }: GateResult): Test {
  const head = attributes({ classname: 'plainproof gate', name: 'the run is finished' });
  const message = `interrupted after ${cases.length} cases; the whole run has ${planned}`;
  const said = attributes({ message, type: 'interrupted' });
  return { line: `    <testcase${head}><error${said}/></testcase>`, mark: 'error' };
}

export function gateJunit(result: GateResult): string {
  const allowed = undecidedIsAllowed(result);
  const groups = byConverter(result.cases).map((group) => ({
    name: group.converter,
    tests: group.cases.map((one) => testOf(one, allowed)),
    time: group.seconds,
  }));
  if (result.interrupted) {
    groups.push({ name: 'plainproof gate', tests: [unfinished(result)], time: 0 });
  }
  const all = groups.flatMap(({ tests }) => tests);
  const marked = (mark: Mark): number => all.filter((test) => test.mark === mark).length;
  const head = attributes({
    name: 'plainproof gate',
    tests: all.length,
    failures: marked('failure'),
    errors: marked('error'),
    skipped: marked('skipped'),
    time: seconds(result.seconds),
  });
  const suites = groups.map(({ name, tests, time }) => suite(name, tests, time));
  const body = suites.length === 0 ? '' : `${suites.join('\n')}\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body}</testsuites>\n`;
}
