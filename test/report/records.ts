/** One record of each verdict, for tests that look at how verdicts are written. */
import type { VerdictRecord } from '../../src/report/record.ts';

const common = {
  original: { path: 'a.onnx', sha256: 'a'.repeat(64), parameters: 11689512, macs: 1819041792 },
  converted: { path: 'b.onnx', sha256: 'b'.repeat(64), parameters: 20182632, macs: 3600000000 },
  kernels: [],
  timings: { read: 0.3125, kernels: 0, verify: 0.5, total: 0.8125 },
} as const;

export const exact: VerdictRecord = {
  ...common,
  verdict: {
    verdict: 'proved',
    grade: 'exact',
    maxUlps: 0,
    largestRounding: null,
    assumptions: ['exact real arithmetic', 'every input lies in [0, 1]'],
    theorems: ['naming'],
  },
};

export const rounded: VerdictRecord = {
  ...common,
  kernels: [
    {
      kernel: 'wasm',
      original: { worstRatio: 0.25, layer: 'conv1', layers: 40 },
      converted: { worstRatio: 0.12, layer: 'fc', layers: 30 },
    },
    {
      kernel: 'cpu',
      original: { worstRatio: 0.25, layer: 'conv1', layers: 40 },
      converted: { worstRatio: 3, layer: 'fc', layers: 30 },
    },
  ],
  verdict: {
    verdict: 'proved',
    grade: 'rounded',
    maxUlps: 0.50001,
    largestRounding: { layer: 'layer1.0.conv1', channel: 12 },
    assumptions: [],
    theorems: ['batch-norm-affine', 'dirac-convolution', 'naming'],
  },
};

export const refuted: VerdictRecord = {
  ...common,
  verdict: {
    verdict: 'refuted',
    assumptions: ['exact real arithmetic'],
    firstDifference: {
      layer: 'layer2.0.conv2',
      channel: 3,
      originalLayer: 'layer2.0.add',
      originalChannel: 3,
      cause: 'a coefficient differs',
      term: 'layer1.1.relu2 channel 3 at tap (0,0)',
      originalCoefficient: 0.10000000149011612,
      convertedCoefficient: 1,
    },
    counterexample: {
      inputs: [Float32Array.of(0.1, -2, 3, 4, 5)],
      output: 'logits',
      originalOutput: Float64Array.of(1, 2.5),
      convertedOutput: Float64Array.of(1, 2.25),
      index: 1,
      gap: 0.25,
      bound: 1.23456e-9,
      boundKind: 'rigorous float64 error bound',
      roundingNoise: 2.5e-7,
      replays: [
        { kernel: 'wasm', gap: 0.2500001, layerGap: 0.125 },
        { kernel: 'cpu', gap: 0.25, layerGap: null },
      ],
    },
  },
};

export const undecided: VerdictRecord = {
  ...common,
  converted: { path: 'b.onnx', sha256: null, parameters: null, macs: null },
  verdict: {
    verdict: 'undecided',
    assumptions: [],
    reason: 'b.onnx: node7: operator LSTM is not understood',
    firstDifference: null,
  },
};
