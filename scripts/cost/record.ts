/** What reports/cost.json holds: what every network costs, and how long it took beside the ResNet. */
import { Ajv } from 'ajv';
import type { KernelName } from '../../src/kernels/kernel.ts';

export const depths = [18, 34] as const;
export type Depth = (typeof depths)[number];

export const networkNames = ['ResNet', 'RepVGG', 'RM of the ResNet', 'RM-RepVGG'] as const;
export type NetworkName = (typeof networkNames)[number];

/** As it is trained, and as it runs when it is done. */
export const forms = ['training', 'deployed'] as const;
export type Form = (typeof forms)[number];

export interface Cost {
  readonly depth: Depth;
  readonly network: NetworkName;
  readonly form: Form;
  /** Float32 values, four a channel for a batch norm. */
  readonly parameters: number;
  readonly macs: number;
  /** Bytes of the largest activations at one time, every layer writing a tensor of its own. */
  readonly peakActivationBytes: number;
  /** The same past the stem, layers that act on each value alone writing over what they read. */
  readonly blockActivationBytes: number;
  /** Bytes of the activations that the backward pass reads; null for what is not trained. */
  readonly keptActivationBytes: number | null;
  /** How the deployed network was proved to compute the trained one's function; null for the trained one. */
  readonly proof: string | null;
}

/** Seconds over those of the ResNet of the same depth and form, round by round. */
export interface Latency {
  readonly depth: Depth;
  readonly network: NetworkName;
  readonly form: Form;
  readonly kernel: KernelName;
  readonly rounds: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
}

export interface CostRecord {
  readonly costs: readonly Cost[];
  readonly latencies: readonly Latency[];
}

const place = {
  depth: { enum: [...depths] },
  network: { enum: [...networkNames] },
  form: { enum: [...forms] },
};
const number = { type: 'number' };

const isRecord = new Ajv().compile<CostRecord>({
  type: 'object',
  required: ['costs', 'latencies'],
  properties: {
    costs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['parameters', 'macs', 'peakActivationBytes', 'blockActivationBytes'],
        properties: { ...place, parameters: number, macs: number },
      },
    },
    latencies: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kernel', 'rounds', 'lowerQuartile', 'median', 'upperQuartile'],
        properties: { ...place, rounds: number, median: number },
      },
    },
  },
});

/** Throws where the text is no record. */
export function readCostRecord(text: string): CostRecord {
  const record: unknown = JSON.parse(text);
  if (!isRecord(record)) throw new Error('no record of costs; run `npm run report:cost`');
  return record;
}
