/** Audits every block of the catalogue and writes what is found to reports/audit/, a page and a JSON file each. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { auditBlock } from '../src/audit/audit.ts';
import { failing, removable } from '../src/blocks/catalogue.ts';
import { openKernel } from '../src/kernels/open.ts';
import { auditMarkdown } from '../src/report/audit.ts';
import { auditRecord } from '../src/report/audit-record.ts';
import { openDecider } from '../src/solver/decider.ts';

const folder = path.resolve(import.meta.dirname, '../reports/audit');

const kernel = await openKernel('wasm');
if (!kernel.ok) throw new Error(kernel.failure.reason);
const decider = openDecider({ rlimit: 5_000_000, sessions: 2, cache: true });
await mkdir(folder, { recursive: true });
const lines: string[] = [];
for (const block of [...removable, ...failing]) {
  const audit = await auditBlock(block, { decider, kernels: [kernel.value] });
  const record = auditRecord(audit);
  await writeFile(path.join(folder, `${record.slug}.md`), auditMarkdown(record));
  const strategies = record.additions.flatMap(({ strategies: all, obstacle }) => {
    const proved = all.filter(({ status }) => status === 'proved').map(({ strategy }) => strategy);
    return obstacle === null ? proved : [`in the way: ${obstacle.at}`];
  });
  const verdict = record.verdict.replace('-', ' ');
  lines.push(`| [${block.name}](${record.slug}.md) | ${verdict} | ${strategies.join(', ')} |`);
  process.stdout.write(`${block.name}: ${verdict}, ${audit.seconds.toFixed(1)} s\n`);
}
await decider.close();
const page = `# The catalogue of blocks, audited

Written by \`npm run audits\`; a test audits every block anew and compares.

| block | its shortcuts are (by the strategies here) | by |
|---|---|---|
${lines.join('\n')}
`;
await writeFile(path.join(folder, 'README.md'), page);
process.exit(0);
