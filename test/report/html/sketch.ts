/**
 * Records of networks of any size, without a weight: what a verdict on a ResNet and its plain twin would say.
 *
 * For tests that look at how a page grows, and at names no model should have.
 */
import type { NetworkNode, Network } from '../../../src/report/network.ts';
import type { LayerErrors, ModelSummary, VerdictRecord } from '../../../src/report/record.ts';
import { channelKinds, type ChannelKind, type LayerAccount } from '../../../src/verdict/layers.ts';

type Kind = NetworkNode['kind'];

class Drawn {
  readonly nodes: NetworkNode[] = [];
  readonly #name: (name: string) => string;

  constructor(name: (name: string) => string) {
    this.#name = name;
  }

  add(name: string, kind: Kind, inputs: readonly number[], shape: NetworkNode['shape']): number {
    const own = { name: this.#name(name), kind, text: kind, inputs, shape };
    this.nodes.push({ ...own, parameters: 1000, macs: 100_000 });
    return this.nodes.length - 1;
  }

  get network(): Network {
    return { nodes: this.nodes, outputs: [this.nodes.length - 1] };
  }
}

interface SketchOptions {
  /** Residual blocks in each stage, each of `convolutions` convolutions with a batch norm. */
  readonly blocks: readonly number[];
  readonly convolutions: number;
  /** What becomes of every name. */
  readonly name?: (name: string) => string;
}

function account(
  layer: string,
  counts: Partial<Record<ChannelKind, number>>,
  standsFor: readonly string[],
  whole: boolean,
): LayerAccount {
  const all = { own: 0, reserved: 0, merged: 0, fused: 0, constant: 0, other: 0, ...counts };
  const counterpart = standsFor.at(-1) ?? null;
  let first = 0;
  const runs = channelKinds.flatMap((kind) => {
    const count = counts[kind];
    if (count === undefined) return [];
    const run = { kind, first, count, layer: counterpart, channel: 0 };
    first += count;
    return [{ ...run, scale: 1, shifted: false }];
  });
  const theorems = ['batch-norm-affine', 'dirac-convolution', 'naming', 'rescaled-channels'];
  return {
    layer,
    counts: all,
    runs,
    complete: true,
    counterpart,
    whole,
    standsFor,
    ulps: 0.5,
    theorems,
  };
}

function networks({ blocks, convolutions, name = (text) => text }: SketchOptions): {
  readonly original: Network;
  readonly converted: Network;
  readonly layers: readonly LayerAccount[];
} {
  const [original, converted] = [new Drawn(name), new Drawn(name)];
  const layers: LayerAccount[] = [];
  const shapes = blocks.map((_, k) => [64 << k, 56 >> k, 56 >> k] as const);
  let before = original.add('x', 'input', [], [3, 224, 224]);
  let after = converted.add('x', 'input', [], [3, 224, 224]);
  for (const [stage, count] of blocks.entries()) {
    const shape = shapes[stage];
    for (let block = 0; block < count; block++) {
      const stem = `layer${stage + 1}.${block}`;
      let branch = before;
      for (let k = 1; k <= convolutions; k++) {
        const names = [`${stem}.conv${k}`, `${stem}.bn${k}`];
        branch = original.add(names[0], 'conv', [branch], shape);
        branch = original.add(names[1], 'batchNorm', [branch], shape);
        const isLast = k === convolutions;
        after = converted.add(names[0], 'conv', [after], shape);
        const wide = { fused: shape[0], reserved: shape[0] };
        const sum = isLast ? [`${stem}.add`] : [];
        layers.push(
          account(
            name(names[0]),
            isLast ? { merged: shape[0] } : wide,
            [...names, ...sum].map(name),
            isLast,
          ),
        );
        if (isLast) continue;
        branch = original.add(`${stem}.relu${k}`, 'relu', [branch], shape);
        after = converted.add(`${stem}.relu${k}`, 'relu', [after], shape);
        const kept = { own: shape[0], reserved: shape[0] };
        layers.push(account(name(`${stem}.relu${k}`), kept, [name(`${stem}.relu${k}`)], false));
      }
      before = original.add(`${stem}.add`, 'add', [branch, before], shape);
      before = original.add(`${stem}.relu`, 'relu', [before], shape);
      after = converted.add(`${stem}.relu`, 'relu', [after], shape);
      layers.push(account(name(`${stem}.relu`), { own: shape[0] }, [name(`${stem}.relu`)], true));
    }
  }
  return { original: original.network, converted: converted.network, layers };
}

/** Every layer may be off by as much; the first is off most, the k-th by a k-th of that. */
function deviations(
  { nodes }: Network,
  largest: number,
): Pick<LayerErrors, 'ratios' | 'observed' | 'allowed'> {
  const ratios = nodes.slice(1).map((_, k) => largest / (k + 1));
  const allowed = ratios.map(() => 2 ** -18);
  return { ratios, observed: ratios.map((ratio, k) => ratio * allowed[k]), allowed };
}

/** A proof that a sketched network is the plain twin of another. */
export function sketch(options: SketchOptions): VerdictRecord {
  const { name = (text: string) => text } = options;
  const { original, converted, layers } = networks(options);
  const summary = (path: string, network: Network): ModelSummary => ({
    path: name(path),
    sha256: 'ab'.repeat(32),
    parameters: 60_192_808,
    macs: 11_514_000_000,
    details: { format: 'onnx', bytes: 240_000_000, peakActivationBytes: 9_633_792, network },
  });
  const roundings = { edges: [0.25, 0.5, 1], counts: [5, 40, 3], exact: 17 };
  return {
    verdict: {
      verdict: 'proved',
      grade: 'rounded',
      maxUlps: 0.61,
      largestRounding: { layer: layers[0].layer, channel: 3 },
      assumptions: [name('every input value is a finite real number')],
      theorems: ['batch-norm-affine', 'dirac-convolution', 'naming', 'rescaled-channels'],
      facts: [name('layer of the original model: its argument is never below 0')],
      account: { layers, roundings },
    },
    original: summary('resnet.onnx', original),
    converted: summary('plain.onnx', converted),
    kernels: ['wasm', 'cpu'].map((kernel) => ({
      kernel,
      original: {
        worstRatio: 0.5,
        layer: name('x'),
        layers: 9,
        ...deviations(original, 0.5),
      },
      converted: {
        worstRatio: 0.4,
        layer: name('x'),
        layers: 9,
        ...deviations(converted, 0.4),
      },
      latency: { original: [0.1, 0.11, 0.12], converted: [0.08, 0.1, 0.09] },
    })),
    timings: { read: 0.25, kernels: 1.5, verify: 0.5, total: 2.25 },
    run: {
      plainproof: '0.1.0',
      solver: 'z3-solver 5.2.0',
      date: '2026-01-02T03:04:05.000Z',
      command: name('npx plainproof verify resnet.onnx plain.onnx'),
    },
  };
}
