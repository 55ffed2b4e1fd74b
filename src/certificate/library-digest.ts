/** A digest of what the theorems say: a certificate cites them, and holds only where they say the same. */
import { createHash } from 'node:crypto';
import { key } from '../logic/term.ts';
import { catalogue } from '../theorems/catalogue.ts';

/** SHA-256, hexadecimal, over names and statements in the catalogue's order. */
export function libraryDigest(): string {
  const hash = createHash('sha256');
  for (const { name, says, statement } of catalogue) {
    const hypotheses = statement.hypotheses.map((hypothesis) => {
      return hypothesis.kind === 'assumption' ? key(hypothesis.term) : hypothesis.kind;
    });
    hash.update(JSON.stringify([name, says, hypotheses, key(statement.conclusion)]));
  }
  return hash.digest('hex');
}
