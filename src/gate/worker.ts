/**
 * The process that tries converters, one network after the other; what it is told and tells is in
 * `worker-messages.ts`.
 *
 * It ends with whoever started it, and takes a converter's program with it. An interruption from the
 * keyboard reaches it as well; it leaves what to do then to the process it works for.
 */
import { killGroup } from './command.ts';
import { lost, messageOf } from './conversion.ts';
import { readConfig, type ConfigResult } from './read-config.ts';
import { tryConverter } from './trial.ts';
import { isRequest, type Report, type Request } from './worker-messages.ts';

let group: number | null = null;
/** Read once: a configuration that is edited meanwhile is for the next run. */
let settings: Promise<ConfigResult> | null = null;

function tell(report: Report): void {
  process.send?.(report);
}

async function answer({ config, trial }: Request): Promise<void> {
  settings ??= readConfig(config);
  const read = await settings;
  const outcome = read.ok
    ? await tryConverter(read.value, trial, (phase) => {
        group = phase.phase === 'command' ? phase.group : null;
        tell({ kind: 'phase', phase });
      }).catch((error: unknown) => lost(`internal error: ${messageOf(error)}`))
    : lost(`${config}: ${read.mistakes.join('; ')}`);
  group = null;
  tell({ kind: 'done', outcome, bytes: process.memoryUsage().rss });
}

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => {
  if (group !== null) killGroup(group);
  process.kill(process.pid, 'SIGKILL');
});
process.on('message', (message: unknown) => {
  if (isRequest(message)) void answer(message);
});
