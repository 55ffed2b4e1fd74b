/**
 * A result of the gate read back from its JSON, for merging and for comparing with.
 *
 * The file may have been edited, cut off or written by another version, so every field is looked at; the
 * failure names the first one that does not fit. Counts are counted anew rather than read.
 */
import { readFile } from 'node:fs/promises';
import { isCount, isList, isObject, property, quote } from '../formats/json.ts';
import { failed, success, type Result } from '../model/failure.ts';
import {
  countOutcomes,
  type CaseResult,
  type CaseSource,
  type ConverterFailureKind,
  type GateFailure,
  type GateResult,
  type Outcome,
  type Shard,
} from './case.ts';

/** What a field was expected to be; caught by `parseResult`, which makes a failure of it. */
class Unfit extends Error {}

/** One place of the file: a value and the path that leads to it. */
class Field {
  readonly #path: string;
  readonly value: unknown;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.#path = path;
  }

  at(key: string): Field {
    const value = property(this.value, key);
    return new Field(value, this.#path === '' ? key : `${this.#path}.${key}`);
  }

  expected(what: string): never {
    const found = this.value === undefined ? 'missing' : quote(this.value);
    throw new Unfit(`${this.#path}: ${found}, not ${what}`);
  }

  string(): string {
    return typeof this.value === 'string' ? this.value : this.expected('a text');
  }

  number(): number {
    const { value } = this;
    return typeof value === 'number' && value >= 0 ? value : this.expected('a number ≥ 0');
  }

  count(): number {
    return isCount(this.value) ? this.value : this.expected('a whole number ≥ 0');
  }

  boolean(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.expected('true or false');
  }

  oneOf<T extends string>(words: readonly T[]): T {
    return words.find((word) => word === this.value) ?? this.expected(words.join(' or '));
  }

  list(): readonly Field[] {
    if (!isList(this.value)) return this.expected('a list');
    return this.value.map((entry, k) => new Field(entry, `${this.#path}[${k}]`));
  }

  object(): Field {
    return isObject(this.value) ? this : this.expected('an object');
  }

  orNull<T>(read: (field: Field) => T): T | null {
    return this.value === null ? null : read(this);
  }
}

const text = (field: Field): string => field.string();
const whole = (field: Field): number => field.count();

function sourceOf(field: Field): CaseSource {
  switch (field.at('kind').oneOf(['network', 'model'])) {
    case 'network':
      return {
        kind: 'network',
        families: field.at('families').list().map(text),
        seed: field.at('seed').count(),
      };
    case 'model':
      return { kind: 'model', file: field.at('file').string() };
  }
}

const converterFailures: readonly ConverterFailureKind[] = [
  'crashed',
  'timedOut',
  'wroteNothing',
  'wroteBroken',
];

function outcomeOf(field: Field): Outcome {
  const kind = field
    .at('kind')
    .oneOf(['proved', 'refuted', 'undecided', 'converterFailed', 'workerFailed']);
  switch (kind) {
    case 'proved':
      return {
        kind,
        grade: field.at('grade').oneOf(['exact', 'rounded']),
        maxUlps: field.at('maxUlps').number(),
        assumptions: field.at('assumptions').list().map(text),
        remembered: field.at('remembered').boolean(),
      };
    case 'refuted':
      return {
        kind,
        cause: field.at('cause').string(),
        layer: field.at('layer').orNull(text),
        channel: field.at('channel').orNull(whole),
        gap: field.at('gap').number(),
        replays: field
          .at('replays')
          .list()
          .map((one) => ({ kernel: one.at('kernel').string(), gap: one.at('gap').number() })),
      };
    case 'undecided':
      return { kind, reason: field.at('reason').string() };
    case 'converterFailed':
      return {
        kind,
        failure: field.at('failure').oneOf(converterFailures),
        message: field.at('message').string(),
      };
    case 'workerFailed':
      return { kind, message: field.at('message').string() };
  }
}

function caseOf(field: Field): CaseResult {
  return {
    index: field.at('index').count(),
    converter: field.at('converter').string(),
    source: sourceOf(field.at('source').object()),
    outcome: outcomeOf(field.at('outcome').object()),
    seconds: field.at('seconds').number(),
  };
}

function failureOf(field: Field): GateFailure {
  return {
    index: field.at('index').count(),
    converter: field.at('converter').string(),
    source: sourceOf(field.at('source').object()),
    outcome: outcomeOf(field.at('outcome').object()),
    folder: field.at('folder').string(),
    original: field.at('original').string(),
    converted: field.at('converted').orNull(text),
    verdict: field.at('verdict').orNull(text),
    layers: field.at('layers').count(),
    channels: field.at('channels').count(),
    tried: field.at('tried').count(),
    reproduce: field.at('reproduce').string(),
  };
}

function shardOf(field: Field): Shard {
  const shard = { index: field.at('index').count(), count: field.at('count').count() };
  return shard.index >= 1 && shard.index <= shard.count ? shard : field.expected('a shard');
}

function resultOf(field: Field): GateResult {
  const cases = field.at('cases').list().map(caseOf);
  return {
    version: field.at('version').string(),
    configDigest: field.at('configDigest').string(),
    seed: field.at('seed').count(),
    undecidedAllowed: field.at('undecidedAllowed').number(),
    shard: field.at('shard').orNull((shard) => shardOf(shard.object())),
    planned: field.at('planned').count(),
    cases,
    counts: countOutcomes(cases),
    failure: field.at('failure').orNull((failure) => failureOf(failure.object())),
    interrupted: field.at('interrupted').boolean(),
    seconds: field.at('seconds').number(),
  };
}

/** Errors: `bad-value` for what is no JSON, or not that of a gate's result. */
export function parseResult(json: string): Result<GateResult> {
  const unfit = (reason: string): Result<never> =>
    failed('bad-value', '', `no result of plainproof gate: ${reason}`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return unfit(error instanceof Error ? error.message : String(error));
  }
  try {
    return success(resultOf(new Field(value, '').object()));
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return unfit(error.message);
  }
}

/** Errors: `unreadable-file`, and those of `parseResult`. */
export async function readResult(file: string): Promise<Result<GateResult>> {
  try {
    return parseResult(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return failed('unreadable-file', '', `cannot be read (${String(error.code)})`);
  }
}
