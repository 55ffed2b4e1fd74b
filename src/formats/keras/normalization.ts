/** Keras layers that scale and shift channels: BatchNormalization at inference, Rescaling. */
import { isList, quote } from '../json.ts';
import type { KerasTensor, LayerCall } from './layer-call.ts';

export function batchNormalization(call: LayerCall): KerasTensor {
  const { rank } = call.input;
  const { channels } = call.shape;
  const axis = call.config.axis ?? -1;
  if (!call.isChannelAxis(axis, rank)) call.unsupported(`axis ${quote(axis)}`);
  const mean = call.weight('moving_mean', [channels]);
  const variance = call.weight('moving_variance', [channels]);
  const scaled = call.flag('scale', true);
  const centred = call.flag('center', true);
  const scale = scaled ? call.weight('gamma', [channels]) : new Float32Array(mean.length).fill(1);
  const offset = centred ? call.weight('beta', [channels]) : new Float32Array(mean.length);
  const epsilon = Math.fround(call.number('epsilon', 1e-3));
  return { tensor: call.add({ kind: 'batchNorm', scale, offset, mean, variance, epsilon }), rank };
}

/** One number or one per channel; the axes they broadcast along are the last ones. */
function perChannel(call: LayerCall, key: string, fallback: number): Float32Array {
  const value = call.config[key] ?? fallback;
  const values = isList(value) ? value : [value];
  const fits = values.length === 1 || values.length === call.shape.channels;
  const numbers = values.filter((v) => typeof v === 'number');
  if (!fits || numbers.length !== values.length) {
    call.fail('bad-attribute', `${key} is ${quote(value)}`);
    return new Float32Array(1);
  }
  return Float32Array.from(numbers);
}

export function rescaling(call: LayerCall): KerasTensor {
  const { rank } = call.input;
  const factor = perChannel(call, 'scale', 1);
  const addend = perChannel(call, 'offset', 0);
  const shifted = addend.some((v) => v !== 0);
  const part = shifted ? { part: 'scale' } : {};
  const scaled = call.add({ kind: 'scale', operation: 'multiply', factor }, part);
  const tensor = shifted ? call.add({ kind: 'translate', addend }, { input: scaled }) : scaled;
  return { tensor, rank };
}
