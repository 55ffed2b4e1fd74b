/**
 * `plainproof convert`: makes one convolution of every sum of linear branches and removes every other shortcut it
 * can, says which ones, and why not the rest.
 *
 * A shortcut that stays is no error: the model written computes the same function all the same.
 */
import { Option, type Command } from 'commander';
import type { Conversion } from '../convert/convert.ts';
import type { Merged } from '../convert/merge-plan.ts';
import { strategies, type Strategy } from '../convert/strategy.ts';
import { inputRange, type InputRange } from './option.ts';
import { scaled } from '../report/number.ts';
import { print, reportFailure } from './output.ts';

interface Options {
  readonly output: string;
  readonly strategy: Strategy;
  readonly inputRange?: InputRange;
  readonly foldBatchNorm?: boolean;
  readonly fuse?: boolean;
}

export function declareConvert(program: Command, end: (code: number) => void): void {
  program
    .command('convert')
    .summary('remove the shortcuts and parallel branches of a model and write it as ONNX')
    .description(
      'Makes one convolution of every sum of linear branches, batch norms folded in, and removes\n' +
        'every other shortcut it can, without changing the function. Says which ones and why not\n' +
        'the others. Exit code: 0 written, 64 wrong usage, 65 a file that cannot be read or written.',
    )
    .argument('<model>', 'model file: ONNX, Keras layers-model or tfjs graph-model')
    .requiredOption('-o, --output <file>', 'where to write the converted model, as ONNX')
    .addOption(
      new Option('--strategy <name>', 'how a reserved channel passes an activation')
        .choices(strategies)
        .default('auto'),
    )
    .option('--input-range <lo,hi>', 'rely on every input value lying in this range', inputRange)
    .option(
      '--fold-batch-norm',
      'fold all batch norms behind convolutions, not only those that a merge needs folded',
    )
    .option('--fuse', 'fuse neighbouring convolutions with nothing between them')
    .action(async (file: string, options: Options) => {
      end(await runConvert(file, options));
    });
}

async function runConvert(file: string, options: Options): Promise<number> {
  const [{ readModel }, { convert }, { saveOnnx }] = await Promise.all([
    import('../formats/read-model.ts'),
    import('../convert/convert.ts'),
    import('../formats/onnx/save-onnx.ts'),
  ]);
  const source = await readModel(file);
  if (!source.ok) return reportFailure(file, source.failure);
  const conversion = convert(source.value.model, {
    strategy: options.strategy,
    inputRange: options.inputRange ?? null,
    foldBatchNorm: options.foldBatchNorm ?? false,
    fuse: options.fuse ?? false,
  });
  if (!conversion.ok) return reportFailure(file, conversion.failure);
  const saved = await saveOnnx(options.output, conversion.value.model);
  if (!saved.ok) return reportFailure(options.output, saved.failure);
  await print(describe(conversion.value, options.output));
  return 0;
}

function change({ before, after }: Merged['parameters']): string {
  return `${scaled(before)} → ${scaled(after)}`;
}

function describeMerged(merge: Merged): string {
  const { sum, fork, layers, into, kernel, groups, ones, ...cost } = merge;
  const grouped = groups === 1 ? '' : ` in ${groups} groups`;
  const window = `${kernel.rows}×${kernel.columns}${grouped}`;
  const border = ones ? ' beside a channel of ones, which holds biases at the border' : '';
  const what = `${layers.length} layers from ${fork} are ${into}, ${window}${border}`;
  return `merged   ${sum}: ${what}; ${change(cost.parameters)} parameters, ${change(cost.macs)} MACs`;
}

function describe({ merged, removed, kept }: Conversion, output: string): string {
  const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const sums = merged.length === 0 ? '' : `${count(merged.length, 'sum')} of branches merged, `;
  const lines = [
    ...merged.map(describeMerged),
    ...removed.map(({ add, fork, shortcut, strategy, reserved }) => {
      return `removed  ${add}: ${shortcut} from ${fork}, ${strategy}, ${reserved} channels reserved`;
    }),
    ...kept.map(({ add, reason }) => `kept     ${add}: ${reason}`),
    `${sums}${count(removed.length, 'shortcut')} removed, ${kept.length} kept; written to ${output}`,
  ];
  return `${lines.join('\n')}\n`;
}
