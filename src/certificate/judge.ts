/** Who accepts what a certificate says while it is written: the checker, here or in a process of its own. */
import { Hearing, type Heard, type Scope, type Statement } from '../checker/hearing.ts';
import type { Model } from '../model/model.ts';

export interface Judge {
  /** Forgets what was said before. */
  begin(scope: Scope): Promise<void>;
  hear(statement: Statement): Promise<Heard>;
}

/** The checker in this process. */
export function judgeOf(original: Model, converted: Model): Judge {
  let hearing: Hearing | null = null;
  return {
    begin: (scope) => {
      hearing = new Hearing(original, converted, scope);
      return Promise.resolve();
    },
    hear: (statement) =>
      Promise.resolve(
        hearing?.hear(statement) ?? { ok: false, reason: 'nothing has begun', channels: [] },
      ),
  };
}
