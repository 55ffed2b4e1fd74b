/** A digest of what the theorems say: a certificate cites them, and holds only where they say the same. */
import { createHash } from 'node:crypto';
import { key } from '../../src/logic/term.ts';
import { catalogue } from '../../src/theorems/catalogue.ts';

/** SHA-256, hexadecimal, over names and statements in the catalogue's order. */
export function digestOfLibrary(): string {
  const hash = createHash('sha256');
  for (const { name, says, statement } of catalogue) {
    const hypotheses = statement.hypotheses.map((hypothesis) => {
      return hypothesis.kind === 'assumption' ? key(hypothesis.term) : hypothesis.kind;
    });
    hash.update(JSON.stringify([name, says, hypotheses, key(statement.conclusion)]));
  }
  return hash.digest('hex');
}

/** The module that holds it: a checker that loaded the theorems for their digest would take half its time for that. */
export function digestModule(digest: string): string {
  return `/** SHA-256 of what the theorems say; written by \`npm run proofs\`. */
export const libraryDigest = '${digest}';
`;
}
