/** What the fuzzer and the process that runs cases tell each other. Both ends are this program. */
import type { Entered } from './coverage.ts';

export interface Request {
  readonly id: number;
  readonly files: readonly (readonly [name: string, bytes: Uint8Array])[];
}

/** What is wrong with a case; null for nothing. */
export interface Complaint {
  readonly kind: 'crash' | 'access' | 'pollution' | 'wrong';
  /** One line or a stack. */
  readonly message: string;
}

export type Reply =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'done';
      readonly id: number;
      /** How the case ended, in a word: what it was read as, or the code of its failure. */
      readonly ending: string;
      readonly complaint: Complaint | null;
      /** What of the code this process had not run before. */
      readonly fresh: readonly Entered[];
      /** The most memory the process ever had resident. */
      readonly peakBytes: number;
      readonly bytes: number;
    };

function kindOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'kind' in message ? message.kind : null;
}

export function isReply(message: unknown): message is Reply {
  return kindOf(message) === 'ready' || kindOf(message) === 'done';
}

export function isRequest(message: unknown): message is Request {
  return typeof message === 'object' && message !== null && 'files' in message;
}
