/** Keras pooling. Padded average pooling leaves the padding out of the mean, as TensorFlow does. */
import { noPadding, type Pair } from '../../model/shape.ts';
import { windowPadding } from './convolutions.ts';
import type { KerasTensor, LayerCall } from './layer-call.ts';

const one: Pair = { y: 1, x: 1 };

function poolingWindow(call: LayerCall): { kernel: Pair; strides: Pair; dilations: Pair } {
  call.image();
  const kernel = call.pair('pool_size', { y: 2, x: 2 });
  return { kernel, strides: call.pair('strides', kernel), dilations: one };
}

export function maxPooling2d(call: LayerCall): KerasTensor {
  const window = poolingWindow(call);
  const pads = windowPadding(call, window);
  return { tensor: call.add({ kind: 'maxPool', ...window, pads }), rank: 4 };
}

export function averagePooling2d(call: LayerCall): KerasTensor {
  const window = poolingWindow(call);
  const pads = windowPadding(call, window);
  const { kernel, strides } = window;
  const layer = { kind: 'averagePool', kernel, strides, pads, countIncludePad: false } as const;
  return { tensor: call.add(layer), rank: 4 };
}

/** Global pooling gives a vector unless it is told to keep the axes. */
function resultRank(call: LayerCall): 2 | 4 {
  return call.flag('keepdims', false) ? 4 : 2;
}

export function globalAveragePooling2d(call: LayerCall): KerasTensor {
  call.image();
  return { tensor: call.add({ kind: 'globalAveragePool' }), rank: resultRank(call) };
}

export function globalMaxPooling2d(call: LayerCall): KerasTensor {
  call.image();
  const { height, width } = call.shape;
  const window = { kernel: { y: height, x: width }, strides: one, dilations: one, pads: noPadding };
  return { tensor: call.add({ kind: 'maxPool', ...window }), rank: resultRank(call) };
}
