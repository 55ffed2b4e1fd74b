/** How, when and by what a verdict is made: what a report says so that it can be made again. */
import type { KernelName } from '../kernels/kernel.ts';
import type { RunDetails } from '../report/record.ts';
import type { InputRange } from './option.ts';
import { version } from '../version.ts';

interface Options {
  readonly inputRange?: InputRange;
  readonly maxUlps?: number;
  readonly rlimit?: number;
  readonly kernels?: readonly KernelName[];
}

/** One argument as a POSIX shell reads it. */
function quoted(argument: string): string {
  return /^[\w./,:=@%+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** Only what the verdict depends on. */
function command(paths: readonly string[], options: Options): string {
  const { inputRange, maxUlps, rlimit, kernels } = options;
  const flags = [
    ...(inputRange === undefined
      ? []
      : ['--input-range', `${inputRange.lower},${inputRange.upper}`]),
    ...(maxUlps === undefined ? [] : ['--max-ulps', String(maxUlps)]),
    ...(rlimit === undefined ? [] : ['--rlimit', String(rlimit)]),
    ...(kernels === undefined ? [] : ['--kernels', kernels.join(',')]),
  ];
  return ['npx', 'plainproof', 'verify', ...[...paths, ...flags].map(quoted)].join(' ');
}

export async function runDetails(paths: readonly string[], options: Options): Promise<RunDetails> {
  const { z3Version } = await import('../solver/z3.ts');
  return {
    plainproof: version,
    solver: z3Version(),
    date: new Date().toISOString(),
    command: command(paths, options),
  };
}
