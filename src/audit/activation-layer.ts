/** An activation as a layer of a network, shared by all channels or spared on the first so many. */
import type { LayerSpec, OpaqueFunction } from '../model/layer.ts';
import type { Activation } from './graph.ts';

type Wireless = LayerSpec;

function smooth(name: string, of: OpaqueFunction, alpha = 0, beta = 0): Wireless {
  return { kind: 'opaque', name, inputs: [0], function: of, alpha, beta };
}

/** `slopes` are those of a PReLU, one for each channel. */
export function activationLayer(
  name: string,
  activation: Activation,
  slopes: () => Float32Array,
): Wireless {
  const inputs = [0];
  switch (activation.kind) {
    case 'relu':
      return { kind: 'relu', name, inputs };
    case 'clip': {
      const [lower, upper] = [activation.lower, activation.upper].map((t) => Float32Array.of(t));
      return { kind: 'clip', name, inputs, lower, upper };
    }
    case 'leakyRelu':
      return { kind: 'leakyRelu', name, inputs, slope: Math.fround(activation.slope) };
    case 'prelu':
      return { kind: 'prelu', name, inputs, slopes: slopes() };
    case 'elu':
      return smooth(name, 'elu', activation.alpha);
    case 'hardSwish':
    case 'hardSigmoid':
      return smooth(name, activation.kind, Math.fround(1 / 6), 0.5);
    case 'gelu':
    case 'silu':
    case 'sigmoid':
    case 'tanh':
      return smooth(name, activation.kind);
  }
}

/** The identity on the first `count` channels, the activation on `own` more; null where no kernel has that. */
export function sparingLayer(
  name: string,
  activation: Activation,
  of: { readonly count: number; readonly own: number; readonly slope: (k: number) => number },
): Wireless | null {
  const { count, own, slope } = of;
  const inputs = [0];
  const beside = (reserved: number, value: (k: number) => number): Float32Array =>
    Float32Array.from({ length: count + own }, (_, k) => (k < count ? reserved : value(k - count)));
  switch (activation.kind) {
    case 'relu':
      return { kind: 'prelu', name, inputs, slopes: beside(1, () => 0) };
    case 'leakyRelu':
      return { kind: 'prelu', name, inputs, slopes: beside(1, () => activation.slope) };
    case 'prelu':
      return { kind: 'prelu', name, inputs, slopes: beside(1, slope) };
    case 'clip': {
      const lower = beside(-Infinity, () => activation.lower);
      const upper = beside(Infinity, () => activation.upper);
      return { kind: 'clip', name, inputs, lower, upper };
    }
    case 'elu':
    case 'gelu':
    case 'silu':
    case 'hardSwish':
    case 'hardSigmoid':
    case 'sigmoid':
    case 'tanh':
      return null;
  }
}
