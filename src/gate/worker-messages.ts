/** What the gate and its workers tell each other. Both ends are this program: only the kind is checked. */
import type { Outcome } from './case.ts';
import type { Phase } from './conversion.ts';
import type { Trial } from './trial.ts';

export interface Request {
  readonly kind: 'trial';
  /** Absolute path of the configuration, which holds the converters. */
  readonly config: string;
  readonly trial: Trial;
}

export type Report =
  | { readonly kind: 'phase'; readonly phase: Phase }
  /** `bytes`: resident memory of the worker. */
  | { readonly kind: 'done'; readonly outcome: Outcome; readonly bytes: number };

function kindOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'kind' in message ? message.kind : null;
}

export function isRequest(message: unknown): message is Request {
  return kindOf(message) === 'trial';
}

export function isReport(message: unknown): message is Report {
  return kindOf(message) === 'phase' || kindOf(message) === 'done';
}
