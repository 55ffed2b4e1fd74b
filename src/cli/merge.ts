/**
 * `plainproof merge`: the results of all shards of a gate as the result of the whole run, with the same
 * reports and the same exit code.
 */
import type { Command } from 'commander';
import type { ShardFile } from '../gate/merge.ts';
import { addReportOptions, readBaseline, reportGate, type ReportOptions } from './gate-report.ts';
import { reportFailure } from './output.ts';

interface Options extends ReportOptions {
  readonly config: string;
}

export function declareMerge(program: Command, end: (code: number) => void): void {
  const command = program
    .command('merge')
    .summary('join the results of all shards of a gate')
    .description(
      'Joins the JSON that `plainproof gate --shard k/n --json FILE` wrote on each machine. Fails if a\n' +
        'shard is missing or comes from another seed, version or configuration. Exit code: that of the\n' +
        'whole run (0 proved, 1 refuted, 2 undecided), or 65 for results that do not fit together.',
    )
    .argument('<result...>', 'the JSON of every shard, in any order')
    .option(
      '--config <file>',
      'the configuration, where reports show drawn networks',
      'plainproof.config.ts',
    );
  addReportOptions(command).action(async (files: readonly string[], options: Options) => {
    end(await runMerge(files, options));
  });
}

async function runMerge(files: readonly string[], options: Options): Promise<number> {
  const [{ readResult }, { mergeShards }] = await Promise.all([
    import('../gate/read-result.ts'),
    import('../gate/merge.ts'),
  ]);
  const baseline = await readBaseline(options);
  if (!baseline.ok) return reportFailure(options.baseline ?? '', baseline.failure);
  const shards: ShardFile[] = [];
  for (const file of files) {
    const result = await readResult(file);
    if (!result.ok) return reportFailure(file, result.failure);
    shards.push({ file, result: result.value });
  }
  const merged = mergeShards(shards);
  if (!merged.ok) {
    const { node, reason } = merged.failure;
    return reportFailure(node === '' ? 'merge' : node, { ...merged.failure, node: '', reason });
  }
  const { config: configFile } = options;
  return reportGate(merged.value, options, { baseline: baseline.value, configFile });
}
