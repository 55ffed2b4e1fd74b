/**
 * A certificate is accepted only where what it says is true: after edits of the certificate, of the converted
 * model's weights and of its graph, and of two of these at once.
 *
 * `PLAINPROOF_TAMPERINGS=100000` makes it as long as one likes. Whether what was accepted is true is judged by
 * evaluating both models, not by the checker.
 */
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/blocks/random.ts';
import type { Argument } from '../../src/certificate/certificate.ts';
import { certify } from '../../src/certificate/certify.ts';
import { check } from '../../src/checker/check.ts';
import { prove } from '../../src/equivalence/prove.ts';
import { inject } from '../soundness/case.ts';
import { holds } from '../soundness/judge.ts';
import { caseSeed, subject, type Subject } from '../soundness/subject.ts';
import { tampered } from './tamper.ts';

const seed = 2026;
const wanted = Number(process.env['PLAINPROOF_TAMPERINGS'] ?? 2000);
/** Edits of one conversion. */
const each = 20;

async function certificateOf({
  original,
  converted,
  inputRange,
}: Subject): Promise<Argument | null> {
  const attempt = prove(original, converted, {
    inputRange: inputRange ?? { lower: -Infinity, upper: Infinity },
    maxUlps: 16,
    record: true,
  });
  if (attempt.kind !== 'equal' || attempt.recorded === null) return null;
  const certified = await certify(
    attempt.recorded,
    { original, converted },
    {
      theorems: attempt.theorems,
      inputRange: inputRange === null ? null : [inputRange.lower, inputRange.upper],
      maxUlps: 16,
    },
  );
  return certified.ok ? certified.argument : null;
}

interface Tally {
  conversions: number;
  edits: number;
  accepted: number;
  readonly wrong: string[];
}

function tamper(tally: Tally, base: Subject, argument: Argument, index: number): void {
  const random = new Random(caseSeed(seed, index));
  for (let edit = 0; edit < each && tally.edits < wanted; edit++) {
    // Once in three the certificate, once the model, once both.
    const kind = edit % 3;
    const faulty = kind === 0 ? null : inject(base, seed + edit, index);
    const model = faulty?.faulty ?? base.converted;
    const edited = kind === 1 ? argument : tampered(random, argument, base.original);
    tally.edits += 1;
    const checked = check(base.original, model, edited);
    if (!checked.ok) continue;
    tally.accepted += 1;
    const [lower, upper] = edited.inputRange ?? [-Infinity, Infinity];
    const inputRange = edited.inputRange === null ? null : { lower, upper };
    const claim = { grade: 'rounded', maxUlps: edited.maxUlps } as const;
    if (holds(claim, { original: base.original, inputRange }, model, index)) continue;
    tally.wrong.push(`${index}/${edit} ${faulty?.fault.name ?? ''} ${JSON.stringify(edited)}`);
  }
}

describe('tampering', () => {
  const tally: Tally = { conversions: 0, edits: 0, accepted: 0, wrong: [] };
  it(
    `accepts only what is still true, in ${wanted} edits`,
    { timeout: 60_000 + 20 * wanted },
    async () => {
      for (let index = 0; tally.edits < wanted && index < wanted; index++) {
        const base = subject(seed, index);
        const argument = await certificateOf(base);
        if (argument === null) continue;
        expect(check(base.original, base.converted, argument).ok).toBe(true);
        tally.conversions += 1;
        tamper(tally, base, argument, index);
      }
      expect(tally.edits).toBe(wanted);
      expect(tally.wrong).toEqual([]);
    },
  );

  it('rejects most edits', () => {
    // Many change nothing that matters: a channel nobody reads, a tensor that need not be named.
    expect(tally.accepted).toBeLessThan(0.5 * tally.edits);
    expect(tally.accepted).toBeGreaterThan(0);
  });
});
