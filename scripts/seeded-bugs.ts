/**
 * Whether the gate catches converters that make the mistakes of published ones, and how small a network it shows
 * each in: reports/seeded-bugs.md.
 *
 *     npx tsx scripts/seeded-bugs.ts [--seed 1]
 *
 * Each of the converters in seeded-bugs/plainproof.config.ts is tried on a few networks and, where they show
 * nothing, on two hundred. Ends with 1 when one is not refuted by then.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faults } from '../properties/faults/catalogue.ts';
import { isFailure, type GateResult } from '../src/gate/case.ts';
import { readConfig } from '../src/gate/read-config.ts';
import { parseResult } from '../src/gate/read-result.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });

const root = path.resolve(import.meta.dirname, '..');
const config = path.join(root, 'scripts/seeded-bugs/plainproof.config.ts');
const scratch = mkdtempSync(path.join(tmpdir(), 'plainproof-seeded-bugs-'));

/** How many networks are tried, and how many where those show nothing. */
const [few, all] = [30, 200];

async function gate(converter: string, networks: number): Promise<GateResult> {
  const json = path.join(scratch, `${converter}.json`);
  const command = [
    ...['--import', 'tsx', path.join(root, 'src/cli/main.ts'), 'gate', config],
    ...['--converter', converter, '--networks', String(networks), '--seed', values.seed],
    ...['--json', json, '--failure', path.join(scratch, converter)],
  ];
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: 'ignore' });
    child.on('error', reject).on('exit', resolve);
  });
  const result = parseResult(readFileSync(json, 'utf8'));
  if (!result.ok) throw new Error(`${converter}: ${result.failure.reason}`);
  return result.value;
}

/** A row of the table, and whether the converter was caught. */
function rowOf(converter: string, { cases, counts, failure }: GateResult): [string, boolean] {
  const first = cases.findIndex(({ outcome }) => isFailure(outcome));
  const source = faults.find(({ name }) => name === converter)?.source ?? '';
  const outcome = failure?.outcome.kind === 'refuted' ? failure.outcome.cause : '';
  const cells = [
    ...[converter, source, first < 0 ? 'never' : String(first + 1)],
    `${counts.refuted} of ${cases.length}`,
    ...(failure === null ? ['', ''] : [String(failure.layers), String(failure.channels)]),
    outcome.replaceAll('|', '\\|'),
  ];
  return [`| ${cells.join(' | ')} |`, first >= 0];
}

const settings = await readConfig(config);
if (!settings.ok) throw new Error(settings.mistakes.join('\n'));
const rows: string[] = [];
let caught = 0;
for (const { name } of settings.value.converters) {
  const quick = await gate(name, few);
  const [row, isCaught] = rowOf(name, quick.counts.refuted > 0 ? quick : await gate(name, all));
  rows.push(row);
  if (isCaught) caught += 1;
  console.log(row);
}
rmSync(scratch, { recursive: true, force: true });

const page = `# Converters with a known mistake

Written by \`npx tsx scripts/seeded-bugs.ts\`, seed ${values.seed}. Each converter is plainproof's own with one mistake
put into whatever it writes. The gate knows nothing of the mistakes; layers and channels are those of the smallest
original it found on which the conversion is refuted.

| mistake | as seen in converters | first caught at network | refuted | layers | channels | cause, in that network |
|---|---|--:|--:|--:|--:|---|
${rows.join('\n')}
`;
writeFileSync(path.join(root, 'reports/seeded-bugs.md'), page);
console.log(`${caught} of ${rows.length} converters are caught`);
process.exitCode = caught === rows.length ? 0 : 1;
