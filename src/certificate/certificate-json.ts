/**
 * Certificates as JSON, to a file and back: docs/certificate.md describes the format.
 *
 * What reads one trusts nothing of it but its syntax: names, numbers and counts are the checker's to judge. What is
 * usual (a scale of 1, no stride, no constant) is left out.
 */
import { isCount, isList, isObject, property, quote } from '../formats/json.ts';
import type { Scope, Statement } from '../checker/hearing.ts';
import { failed, success, type Result } from '../model/failure.ts';
import {
  certificateVersion,
  rules,
  type Certificate,
  type Run,
  type Step,
  type Term,
} from './certificate.ts';

export function certificateText(certificate: Certificate): string {
  const { models, library, theorems, inputRange, maxUlps, named, outputs } = certificate;
  const head = {
    version: certificateVersion,
    models,
    library,
    theorems,
    inputRange,
    maxUlps,
    named,
  };
  const facts = certificate.facts.map((fact) => JSON.stringify(stepJson(fact)));
  const steps = certificate.steps.map((step) => JSON.stringify(stepJson(step)));
  // A step a line: a person can read it, and compare two of them.
  const lines = (entries: readonly string[]): string => `[\n${entries.join(',\n')}\n]`;
  const text = JSON.stringify({ ...head, outputs });
  return `${text.slice(0, -1)},\n"facts":${lines(facts)},\n"steps":${lines(steps)}}\n`;
}

function stepJson({ tensor, open, runs }: Step): object {
  return { tensor, ...(open.length === 0 ? {} : { open }), runs: runs.map(runJson) };
}

function runJson({ first, count, rule, terms, constant }: Run): object {
  return {
    first,
    count,
    rule,
    ...(terms.length === 0 ? {} : { terms: terms.map(termJson) }),
    ...(constant === 0 ? {} : { constant }),
  };
}

function termJson({ tensor, channel, scale, half, stride }: Term): object {
  return {
    tensor,
    channel,
    ...(scale === 1 ? {} : { scale }),
    ...(half ? { half } : {}),
    ...(stride.every((s) => s === 1) ? {} : { stride }),
  };
}

/** Between processes, what is said one by one has the form that it has in the file. */
export function statementText(statement: Statement): string {
  if (statement.kind === 'output') return JSON.stringify(statement);
  return JSON.stringify({ kind: statement.kind, step: stepJson(statement.step) });
}

/** Where a file is not a certificate: thrown and caught in this file alone. */
class Wrong extends Error {
  readonly node: string;

  constructor(node: string, reason: string) {
    super(reason);
    this.node = node;
  }
}

/** Bounds of the numbers a certificate may use, so that no product of them leaves float64. */
const smallest = 2 ** -200;
const largest = 2 ** 200;

function fields(value: unknown, known: readonly string[], node: string): void {
  if (!isObject(value)) throw new Wrong(node, `${quote(value)} is no object`);
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) throw new Wrong(node, `it has no ${quote(stranger)}`);
}

function list<T>(
  value: unknown,
  node: string,
  read: (entry: unknown, node: string) => T,
): readonly T[] {
  if (!isList(value)) throw new Wrong(node, `${quote(value)} is no list`);
  return value.map((entry, i) => read(entry, `${node}[${i}]`));
}

function text(value: unknown, node: string): string {
  if (typeof value !== 'string') throw new Wrong(node, `${quote(value)} is no text`);
  return value;
}

function count(value: unknown, node: string): number {
  if (!isCount(value)) throw new Wrong(node, `${quote(value)} is no count`);
  return value;
}

function finite(value: unknown, node: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Wrong(node, `${quote(value)} is no number`);
  }
  const size = Math.abs(value);
  if (size !== 0 && !(size >= smallest && size <= largest)) {
    throw new Wrong(node, `${value} is out of range`);
  }
  return value;
}

function readTerm(value: unknown, node: string): Term {
  fields(value, ['tensor', 'channel', 'scale', 'half', 'stride'], node);
  const half = property(value, 'half') ?? false;
  if (typeof half !== 'boolean') throw new Wrong(node, `half is ${quote(half)}`);
  const stride = list(property(value, 'stride') ?? [1, 1], `${node}.stride`, count);
  if (stride.length !== 2 || stride.some((s) => s < 1)) throw new Wrong(node, 'stride is no pair');
  const scale = finite(property(value, 'scale') ?? 1, `${node}.scale`);
  if (scale === 0) throw new Wrong(node, 'scale is zero');
  return {
    tensor: text(property(value, 'tensor'), `${node}.tensor`),
    channel: count(property(value, 'channel'), `${node}.channel`),
    scale,
    half,
    stride: [stride[0], stride[1]],
  };
}

function readSpan(value: unknown, node: string): Pick<Run, 'first' | 'count' | 'constant'> {
  const length = count(property(value, 'count'), `${node}.count`);
  if (length === 0) throw new Wrong(node, 'a run of no channels');
  return {
    first: count(property(value, 'first'), `${node}.first`),
    count: length,
    constant: finite(property(value, 'constant') ?? 0, `${node}.constant`),
  };
}

function readRun(value: unknown, node: string): Run {
  fields(value, ['first', 'count', 'rule', 'terms', 'constant'], node);
  const said = property(value, 'rule');
  const rule = rules.find((each) => each === said);
  if (rule === undefined) throw new Wrong(node, `${quote(said)} is none of ${rules.join(', ')}`);
  const terms = list(property(value, 'terms') ?? [], `${node}.terms`, readTerm);
  return { ...readSpan(value, node), rule, terms };
}

function readStep(value: unknown, node: string): Step {
  fields(value, ['tensor', 'open', 'runs'], node);
  return {
    tensor: text(property(value, 'tensor'), `${node}.tensor`),
    open: list(property(value, 'open') ?? [], `${node}.open`, text),
    runs: list(property(value, 'runs'), `${node}.runs`, readRun),
  };
}

function readRange(value: unknown): readonly [number, number] | null {
  if (value === null) return null;
  const ends = list(value, 'inputRange', finite);
  if (ends.length !== 2 || !(ends[0] <= ends[1])) throw new Wrong('inputRange', 'no range');
  return [ends[0], ends[1]];
}

const known = [
  'version',
  'models',
  'library',
  'theorems',
  'inputRange',
  'maxUlps',
  'named',
  'outputs',
  'facts',
  'steps',
];

/** What `read` makes of it. Errors: `bad-attribute`, with the place in the file. */
function reading<T>(read: () => T): Result<T> {
  try {
    return success(read());
  } catch (error) {
    if (error instanceof Wrong) return failed('bad-attribute', error.node, error.message);
    throw error;
  }
}

function readScope(json: unknown): Scope {
  const maxUlps = finite(property(json, 'maxUlps'), 'maxUlps');
  if (maxUlps < 0) throw new Wrong('maxUlps', 'it is negative');
  return {
    inputRange: readRange(property(json, 'inputRange')),
    maxUlps,
    named: list(property(json, 'named'), 'named', text),
  };
}

export function scopeOf(json: unknown): Result<Scope> {
  return reading(() => readScope(json));
}

export function statementOf(json: unknown): Result<Statement> {
  return reading((): Statement => {
    const kind = property(json, 'kind');
    if (kind === 'output') {
      const open = list(property(json, 'open'), 'open', text);
      return { kind, index: count(property(json, 'index'), 'index'), open };
    }
    if (kind !== 'fact' && kind !== 'step') throw new Wrong('kind', `${quote(kind)} is not known`);
    return { kind, step: readStep(property(json, 'step'), 'step') };
  });
}

/** A certificate from parsed JSON. Errors: `bad-attribute`, with the place in the file. */
export function certificateOf(json: unknown): Result<Certificate> {
  return reading((): Certificate => {
    fields(json, known, 'certificate');
    const version = property(json, 'version');
    if (version !== certificateVersion)
      throw new Wrong('version', `${quote(version)} is not known here`);
    const models = list(property(json, 'models'), 'models', text);
    if (models.length !== 2) throw new Wrong('models', 'two digests are needed');
    return {
      models: [models[0], models[1]],
      library: text(property(json, 'library'), 'library'),
      theorems: list(property(json, 'theorems'), 'theorems', text),
      ...readScope(json),
      facts: list(property(json, 'facts'), 'facts', readStep),
      steps: list(property(json, 'steps'), 'steps', readStep),
      outputs: list(property(json, 'outputs'), 'outputs', (open, node) => list(open, node, text)),
    };
  });
}
