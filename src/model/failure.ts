/**
 * Failures a user can cause, as data. An exception is always a bug of plainproof; everything that a
 * file, a flag or a model can get wrong travels as one of these and ends as one line on the terminal.
 */

/** What went wrong, by kind. */
export type FailureCode =
  | 'unreadable-file'
  | 'not-a-model'
  | 'unsupported-operator'
  | 'missing-data'
  | 'unsafe-path'
  | 'missing-tensor'
  | 'bad-shape'
  | 'bad-attribute'
  | 'bad-value'
  | 'cycle'
  | 'too-large'
  | 'cannot-write';

/** One failure: `node` is the layer or tensor it concerns, empty when it concerns the whole file. */
export interface Failure {
  readonly code: FailureCode;
  readonly node: string;
  readonly reason: string;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(code: FailureCode, node: string, reason: string): Result<never> {
  return { ok: false, failure: { code, node, reason } };
}

/** The one line a person reads: file, node if there is one, reason. */
export function describeFailure(file: string, failure: Failure): string {
  const where = failure.node === '' ? file : `${file}: ${failure.node}`;
  return `${where}: ${failure.reason}`;
}
