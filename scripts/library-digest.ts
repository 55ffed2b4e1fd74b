/** Part of `npm run proofs`: writes the digest of the theorems where certificates are written and checked. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestModule, digestOfLibrary } from './library-digest/digest.ts';

const file = path.resolve(import.meta.dirname, '../src/certificate/library-digest.ts');
writeFileSync(file, digestModule(digestOfLibrary()));
