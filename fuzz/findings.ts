/** What was found, each kind once: the case made small, with what went wrong and how to see it again. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findingsFolder, writeCase } from './corpus.ts';
import type { Files } from './mutate/case.ts';
import type { Finding } from './watched-process.ts';

/** What tells two findings apart: the kind, and for an exception its message without numbers and where it came from. */
export function signature({ kind, message }: Finding): string {
  if (kind === 'hang' || kind === 'memory') return kind;
  const lines = message.split('\n');
  const from = lines.find((line) => /\bat .*\/(?:src|node_modules)\//.test(line)) ?? '';
  const said = lines[0].slice(0, 100);
  return `${kind} ${said} ${from.trim()}`.replaceAll(/\d+/g, '0');
}

/** Where it was written. */
export function saveFinding(target: string, finding: Finding, files: Files, seed: number): string {
  const hash = createHash('sha256').update(signature(finding));
  for (const bytes of files.values()) hash.update(bytes);
  const name = `${target}-${finding.kind}-${hash.digest('hex').slice(0, 8)}`;
  const folder = path.join(findingsFolder, name);
  writeCase(path.join(folder, 'case'), files);
  const replay = `npm run fuzz -- --target ${target} --replay fuzz/findings/${name}/case`;
  writeFileSync(
    path.join(folder, 'finding.txt'),
    `${replay}\nseed ${seed}\n\n${finding.message}\n`,
  );
  return path.relative(process.cwd(), folder);
}
