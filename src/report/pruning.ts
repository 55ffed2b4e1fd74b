/** What a pruning did, as a person reads it on a terminal: a line for each layer, and for each channel that stayed. */
import type { Model } from '../model/model.ts';
import { statistics } from '../model/statistics.ts';
import type { KeptChannels, Pruning } from '../prune/prune.ts';
import type { Obstacle } from '../prune/removal.ts';
import type { Tie } from '../prune/ties.ts';
import { scaled } from './number.ts';

/** Why channels stay. */
function obstacleText({ kind, layer }: Obstacle): string {
  switch (kind) {
    case 'border':
      return `the padding of ${layer} cuts their constant off at the border`;
    case 'varies':
      return `${layer} joins them with channels that are not masked`;
    case 'opaque':
      return `${layer} makes of them what is not reckoned with`;
    case 'ahead':
      return `${layer} reads them ahead of the mask`;
    case 'pinned':
      return `they belong to ${layer}`;
    case 'groups':
      return `the groups of ${layer} have to be equally wide`;
    case 'last':
      return `${layer} would have no channel left`;
  }
}

/** [1, 2, 3, 7] → "1–3, 7"; long lists end in "…". */
function channelList(channels: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const c of channels) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last[1] === c - 1) last[1] = c;
    else runs.push([c, c]);
  }
  const shown = runs.slice(0, 4).map(([a, b]) => (a === b ? String(a) : `${a}–${b}`));
  return `${shown.join(', ')}${runs.length > shown.length ? ', …' : ''}`;
}

function keptText({ layer, channels, obstacle }: KeptChannels): string {
  const which = channels.length === 1 ? 'channel' : 'channels';
  return `kept     ${layer}: ${channels.length} ${which} (${channelList(channels)}): ${obstacleText(obstacle)}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function tieText({ layers, at, channels, pruned }: Tie): string {
  return `tied     ${list(layers)}, by ${list(at)}: ${pruned} of ${channels} channels agree and are gone`;
}

/** Every layer pruned, tied or kept, and what the model costs before and after. */
export function pruningText(pruning: Pruning, model: Model, output: string): string {
  const [before, after] = [statistics(model), statistics(pruning.small)];
  const change = (a: number, b: number): string => `${scaled(a)} → ${scaled(b)}`;
  const lines = [
    ...pruning.pruned.map((each) => `pruned   ${each.layer}: ${each.before} → ${each.after}`),
    ...pruning.ties.map(tieText),
    ...pruning.kept.map(keptText),
    `parameters ${change(before.parameters, after.parameters)}, MACs ${change(before.macs, after.macs)}; written to ${output}`,
  ];
  return `${lines.join('\n')}\n`;
}
