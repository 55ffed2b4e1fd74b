/** What verify and the process that checks its certificate say to each other. */
import { isList, isObject, property } from '../formats/json.ts';

/** `text` is JSON: a process believes of another only what it has read. */
export type Request =
  /** Comes first, and has no answer. */
  | { readonly kind: 'open'; readonly files: readonly string[] }
  | { readonly kind: 'begin' | 'hear'; readonly text: string }
  | { readonly kind: 'end' };

export type Answer =
  /** `digests`: of both models, at the end. */
  | { readonly ok: true; readonly ulps: number; readonly digests?: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly channels: readonly number[] };

export function isRequest(message: unknown): message is Request {
  if (!isObject(message)) return false;
  const kind = property(message, 'kind');
  const isText = typeof property(message, 'text') === 'string';
  if (kind === 'open') return isList(property(message, 'files'));
  return kind === 'end' || ((kind === 'begin' || kind === 'hear') && isText);
}

export function isAnswer(message: unknown): message is Answer {
  if (!isObject(message)) return false;
  if (property(message, 'ok') === true) return typeof property(message, 'ulps') === 'number';
  const isReasoned = typeof property(message, 'reason') === 'string';
  return isReasoned && isList(property(message, 'channels'));
}
