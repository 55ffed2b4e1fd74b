/**
 * Checks a certificate against its two models: no search, no solver, one pass over the parameters.
 *
 * Shares the readers with the prover, and no line with its algebra.
 */
import type { Argument } from '../certificate/certificate.ts';
import type { Model } from '../model/model.ts';
import { signatureMismatch } from '../model/signature.ts';
import { Checker } from './checker.ts';
import { Rejected } from './symbols.ts';

export type Checked =
  { readonly ok: true; readonly ulps: number } | { readonly ok: false; readonly reason: string };

/** Whether a certificate, of these two models, shows that they compute the same function. */
export function check(original: Model, converted: Model, certificate: Argument): Checked {
  const { outputs } = certificate;
  const mismatch = signatureMismatch(original, converted);
  if (mismatch !== null) return { ok: false, reason: mismatch.reason };
  if (outputs.length !== original.outputs.length)
    return { ok: false, reason: 'outputs are missing' };
  try {
    const checker = new Checker(original, converted, certificate);
    for (const fact of certificate.facts) checker.fact(fact, certificate.maxUlps);
    for (const step of certificate.steps) checker.step(step, certificate.maxUlps);
    for (const [i, open] of outputs.entries()) checker.output(i, open, certificate.maxUlps);
    return { ok: true, ulps: checker.ulps };
  } catch (error) {
    if (error instanceof Rejected) return { ok: false, reason: error.message };
    throw error;
  }
}
