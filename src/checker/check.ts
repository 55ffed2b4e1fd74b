/**
 * Checks a certificate against its two models: no search, no solver, one pass over the parameters.
 *
 * Shares the readers with the prover, and no line with its algebra.
 */
import type { Argument } from '../certificate/certificate.ts';
import type { Model } from '../model/model.ts';
import { Hearing, statementsOf } from './hearing.ts';

export type Checked =
  { readonly ok: true; readonly ulps: number } | { readonly ok: false; readonly reason: string };

/** Whether a certificate, of these two models, shows that they compute the same function. */
export function check(original: Model, converted: Model, certificate: Argument): Checked {
  const hearing = new Hearing(original, converted, certificate);
  for (const statement of statementsOf(certificate)) {
    const heard = hearing.hear(statement);
    if (!heard.ok) return { ok: false, reason: heard.reason };
  }
  const { objection, ulps } = hearing;
  return objection === null ? { ok: true, ulps } : { ok: false, reason: objection };
}
