/** `plainproof inspect`: what a model consists of and what it costs to run. */
import type { Command } from 'commander';
import { print, reportFailure } from './output.ts';

export function declareInspect(program: Command, end: (code: number) => void): void {
  program
    .command('inspect')
    .summary('list layers, shapes, shortcuts and costs of a model')
    .description(
      'Lists layers and shapes, every shortcut with what stands inside it, parameters,\n' +
        'multiply-accumulates and the peak of activation memory for one image.',
    )
    .argument('<model>', 'model file: ONNX, Keras layers-model or tfjs graph-model')
    .action(async (file: string) => {
      end(await runInspect(file));
    });
}

async function runInspect(file: string): Promise<number> {
  const [{ readModel }, { statistics }, { findShortcuts }, { inspectionText }] = await Promise.all([
    import('../formats/read-model.ts'),
    import('../model/statistics.ts'),
    import('../model/shortcuts.ts'),
    import('../report/inspection.ts'),
  ]);
  const source = await readModel(file);
  if (!source.ok) return reportFailure(file, source.failure);
  const { model } = source.value;
  await print(
    inspectionText({
      source: source.value,
      statistics: statistics(model),
      shortcuts: findShortcuts(model),
    }),
  );
  return 0;
}
