/** `npm run trusted-base`: writes how large the trusted part is into docs/trust.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trustedBase, withTable } from './trusted-base/table.ts';

const root = path.resolve(import.meta.dirname, '..');
const page = path.join(root, 'docs/trust.md');
writeFileSync(page, withTable(readFileSync(page, 'utf8'), trustedBase(root).rows));
