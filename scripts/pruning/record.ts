/** What reports/pruning.json holds: what every pruned network costs, and how long it took beside the whole one. */
import { Ajv } from 'ajv';
import type { KernelName } from '../../src/kernels/kernel.ts';
import type { Masking } from '../../src/prune/mask.ts';

export const subjects = ['ResNet-18', 'MobileNetV2'] as const;
export type Subject = (typeof subjects)[number];

/** Shares of each layer's channels that stay; 1 is the whole network. */
export const shares = [1, 0.75, 0.5, 0.25] as const;
export type Share = (typeof shares)[number];

/**
 * `alone`: shortcuts stay, each layer ranks its own channels, and of tied ones go those on which all layers agree;
 * `alike`: shortcuts stay, and tied layers rank together;
 * `plain`: after RM, the same shares of each layer, the reserved channels counted in;
 * `narrow`: after RM, as many channels of each layer as in `alike`;
 * `fused`: as `plain`, neighbouring convolutions fused beforehand, where there are any.
 */
export const ways = ['alone', 'alike', 'plain', 'narrow', 'fused'] as const;
export type Way = (typeof ways)[number];

export interface Place {
  readonly subject: Subject;
  readonly way: Way;
  readonly share: Share;
}

export interface Cost extends Place {
  /** Float32 values. */
  readonly parameters: number;
  readonly macs: number;
  readonly peakActivationBytes: number;
  /** Channels that were to go, and those of them that are tied and stay for another layer. */
  readonly asked: number;
  readonly tied: number;
  /** How the small network was proved equal to the masked one; null where nothing was masked. */
  readonly proof: string | null;
}

/** Seconds over those of the whole network with its shortcuts, round by round. */
export interface Latency extends Place {
  readonly kernel: KernelName;
  readonly rounds: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
}

/** One run of slimming. */
export interface Slimming {
  readonly subject: Subject;
  readonly shortcuts: boolean;
  readonly masked: Masking;
  readonly asked: number;
  /** Of those the ones whose constant padding would cut off, and those that an addition ties. */
  readonly atBorder: number;
  readonly tied: number;
  readonly parametersBefore: number;
  readonly parametersAfter: number;
  readonly proof: string | null;
}

export interface PruningRecord {
  readonly costs: readonly Cost[];
  readonly slimmings: readonly Slimming[];
  readonly latencies: readonly Latency[];
}

const place = {
  subject: { enum: [...subjects] },
  way: { enum: [...ways] },
  share: { enum: [...shares] },
};
const number = { type: 'number' };

function list(required: readonly string[], more: object): object {
  const properties = { ...Object.fromEntries(required.map((name) => [name, number])), ...more };
  return { type: 'array', items: { type: 'object', required, properties } };
}

const isRecord = new Ajv().compile<PruningRecord>({
  type: 'object',
  required: ['costs', 'slimmings', 'latencies'],
  properties: {
    costs: list(['parameters', 'macs', 'peakActivationBytes', 'asked', 'tied'], place),
    slimmings: list(['asked', 'atBorder', 'tied', 'parametersBefore', 'parametersAfter'], {}),
    latencies: list(['rounds', 'lowerQuartile', 'median', 'upperQuartile'], place),
  },
});

/** Throws where the text is no record. */
export function readPruningRecord(text: string): PruningRecord {
  const record: unknown = JSON.parse(text);
  if (!isRecord(record)) throw new Error('no record of prunings; run `npm run report:pruning`');
  return record;
}

/** The entry of a place, null where there is none. */
export function at<T extends Place>(all: readonly T[], { subject, way, share }: Place): T | null {
  const found = all.find(
    (one) => one.subject === subject && one.way === way && one.share === share,
  );
  return found ?? null;
}

export function kernelsOf({ latencies }: PruningRecord): readonly KernelName[] {
  return [...new Set(latencies.map(({ kernel }) => kernel))];
}

/** Whether there is such a network; a whole one is listed once with shortcuts, and once without. */
function isListed({ subject, way, share }: Place): boolean {
  if (way === 'fused') return subject === 'MobileNetV2';
  return share < 1 || way === 'alone' || way === 'plain';
}

export function placesOf(subject: Subject): readonly Place[] {
  const all = shares.flatMap((share) => ways.map((way): Place => ({ subject, way, share })));
  return all.filter(isListed);
}
