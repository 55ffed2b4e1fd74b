/** The digest that certificates cite is that of the theorems as they are. */
import { expect, test } from 'vitest';
import { digestOfLibrary } from '../../scripts/library-digest/digest.ts';
import { libraryDigest } from '../../src/certificate/library-digest.ts';

test('theorems that say something else have another digest: run `npm run proofs`', () => {
  expect(libraryDigest).toBe(digestOfLibrary());
});
