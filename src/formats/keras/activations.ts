/**
 * Keras activations, as layers of their own and as the `activation` of a convolution or dense layer.
 *
 * Constants are rounded to float32, as kernels hold them. An activation two runtimes of the same file
 * disagree about is refused, not guessed.
 */
import type { OpaqueFunction, TensorId } from '../../model/layer.ts';
import { quote } from '../json.ts';
import type { KerasTensor, LayerCall } from './layer-call.ts';

interface Pointwise {
  readonly function: OpaqueFunction;
  readonly alpha: number;
  readonly beta: number;
}

const plain = (name: OpaqueFunction): Pointwise => ({ function: name, alpha: 0, beta: 0 });

const opaque: ReadonlyMap<string, Pointwise> = new Map([
  ['softmax', plain('softmax')],
  ['sigmoid', plain('sigmoid')],
  ['tanh', plain('tanh')],
  ['swish', plain('silu')],
  ['silu', plain('silu')],
  ['gelu', plain('gelu')],
  ['gelu_new', plain('geluTanh')],
  ['elu', { function: 'elu', alpha: 1, beta: 0 }],
  ['hard_sigmoid', { function: 'hardSigmoid', alpha: Math.fround(0.2), beta: 0.5 }],
  ['hardSigmoid', { function: 'hardSigmoid', alpha: Math.fround(0.2), beta: 0.5 }],
]);

function clip(upper: number): { kind: 'clip'; lower: Float32Array; upper: Float32Array } {
  return { kind: 'clip', lower: new Float32Array([0]), upper: new Float32Array([upper]) };
}

/** Applies the activation of that name to a result of the call's layer. */
function activate(
  call: LayerCall,
  name: string,
  options: { readonly input: TensorId; readonly part?: string },
): TensorId {
  const { input } = options;
  if (name === 'linear') return input;
  if (name === 'relu') return call.add({ kind: 'relu' }, options);
  if (name === 'relu6') return call.add(clip(6), options);
  const known = opaque.get(name);
  if (known === undefined) {
    call.unsupported(`activation ${quote(name)}`);
    return input;
  }
  // Keras 3 redefined it as relu6(x + 3) / 6, and tfjs computes the old function from the new files.
  if (known.function === 'hardSigmoid' && call.keras3) call.unsupported('hard_sigmoid of Keras 3');
  return call.add({ kind: 'opaque', ...known }, options);
}

/** The `activation` entry of a layer that computes something else first. */
export function fusedActivation(call: LayerCall, input: TensorId): TensorId {
  const name = call.activation();
  return activate(call, name, { input, part: name });
}

export function activationLayer(call: LayerCall): KerasTensor {
  const { tensor, rank } = call.input;
  return { tensor: activate(call, call.activation(), { input: tensor }), rank };
}

export function reluLayer(call: LayerCall): KerasTensor {
  const { rank } = call.input;
  // tfjs ignores both, Keras does not.
  if (call.number('negative_slope', 0) !== 0) call.unsupported('a negative_slope that is not 0');
  if (call.number('threshold', 0) !== 0) call.unsupported('a threshold that is not 0');
  const unbounded = (call.config.max_value ?? null) === null;
  const top = unbounded ? 0 : call.number('max_value', 0);
  return { tensor: call.add(unbounded ? { kind: 'relu' } : clip(top)), rank };
}

export function leakyReluLayer(call: LayerCall): KerasTensor {
  const key = 'negative_slope' in call.config ? 'negative_slope' : 'alpha';
  const slope = Math.fround(call.number(key, 0.3));
  return { tensor: call.add({ kind: 'leakyRelu', slope }), rank: call.input.rank };
}

export function eluLayer(call: LayerCall): KerasTensor {
  if (call.number('alpha', 1) !== 1) call.unsupported('an alpha that is not 1, which tfjs ignores');
  return { tensor: activate(call, 'elu', { input: call.input.tensor }), rank: call.input.rank };
}

export function preluLayer(call: LayerCall): KerasTensor {
  const { rank } = call.input;
  const { channels, height, width } = call.shape;
  const shared: unknown = call.config.shared_axes ?? [];
  const isShared = (axis: number): boolean => Array.isArray(shared) && shared.includes(axis);
  const sides = rank === 2 ? [channels] : [height, width, channels];
  const extents = sides.map((side, i) => (isShared(i + 1) ? 1 : side));
  const pixels = extents.slice(0, -1).reduce((product, n) => product * n, 1);
  if (pixels !== 1) call.unsupported('slopes that differ from pixel to pixel');
  const slopes = call.weight('alpha', extents);
  return { tensor: call.add({ kind: 'prelu', slopes }), rank };
}

export function softmaxLayer(call: LayerCall): KerasTensor {
  const { tensor, rank } = call.input;
  // Keras defaults to the last axis, tfjs to axis 1; for vectors they are the same.
  const fallback = rank === 2 ? -1 : null;
  const axis = call.config.axis ?? fallback;
  if (!call.isChannelAxis(axis, rank)) call.unsupported(`axis ${quote(axis)}`);
  return { tensor: activate(call, 'softmax', { input: tensor }), rank };
}
