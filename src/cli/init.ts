/** `plainproof init`: a configuration for `plainproof gate`, with everything that can be said in it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { print, reportFailure, reportUsage, writeWhole } from './output.ts';

const usualFile = 'plainproof.config.ts';

export function declareInit(program: Command, end: (code: number) => void): void {
  program
    .command('init')
    .summary('write a configuration for the gate')
    .description(
      'Writes a configuration for `plainproof gate`, with comments; a file that is there is left alone.\n' +
        'Exit code: 0 written, 64 wrong usage, 65 a file that cannot be written.',
    )
    .argument('[file]', 'what to write: .ts, .mjs or .json', usualFile)
    .action(async (file: string) => {
      end(await runInit(file));
    });
}

async function runInit(file: string): Promise<number> {
  const { configTemplate } = await import('../gate/template.ts');
  const text = configTemplate(path.extname(file));
  if (text === null) return reportUsage(`${file} is neither .ts nor .mjs nor .json`);
  if (existsSync(file)) return reportUsage(`${file} is there already`);
  const written = await writeWhole(file, text);
  if (!written.ok) return reportFailure(file, written.failure);
  await print(`${file} is written; name your converter in it, then run plainproof gate\n`);
  return 0;
}
