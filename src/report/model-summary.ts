/** What a verdict says of one of its files; with its network, where a report will show it. */
import type { Source } from '../formats/source.ts';
import { statistics } from '../model/statistics.ts';
import { networkOf } from './network.ts';
import type { ModelSummary } from './record.ts';

export function summaryOf(source: Source, detailed: boolean): ModelSummary {
  const { path, sha256, model, format, bytes } = source;
  const { parameters, macs, peakActivationBytes } = statistics(model);
  const own = { path, sha256, parameters, macs };
  if (!detailed) return own;
  return { ...own, details: { format, bytes, peakActivationBytes, network: networkOf(model) } };
}
