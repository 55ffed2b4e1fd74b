/** Pooling, reductions over space, and padding. */
import { noPadding } from '../../model/shape.ts';
import { quote } from '../json.ts';
import { scalar } from './activations.ts';
import type { GraphValue } from './constants.ts';
import { spatialPadding, windowPadding } from './convolutions.ts';
import type { NodeCall } from './node-call.ts';

type Translator = (call: NodeCall) => readonly GraphValue[];

const one = { y: 1, x: 1 };

export function poolNode(kind: 'maxPool' | 'averagePool'): Translator {
  return (call) => {
    const input = call.image();
    const kernel = call.spatial('ksize', 1);
    const strides = call.spatial('strides', 1);
    const window = { kernel, strides, dilations: one };
    const pads = windowPadding(call, input, window);
    // TensorFlow's mean leaves the padding out.
    const layer =
      kind === 'maxPool'
        ? ({ kind, ...window, pads } as const)
        : ({ kind, kernel, strides, pads, countIncludePad: false } as const);
    return [{ ...input, tensor: call.add(layer, [input.tensor]) }];
  };
}

/** Mean or Max over rows and columns. */
export function reductionNode(kind: 'mean' | 'max'): Translator {
  return (call) => {
    const input = call.image();
    const axes = call.integers(1).map((axis) => call.axis(axis, 4));
    const space = call.format === 'NHWC' ? [1, 2] : [2, 3];
    const same = axes.length === 2 && space.every((axis) => axes.includes(axis));
    if (!same) call.unsupported(`reduction over axes ${quote(axes)}`);
    const { height, width } = call.shape(input);
    const window = {
      kernel: { y: height, x: width },
      strides: one,
      dilations: one,
      pads: noPadding,
    };
    const layer =
      kind === 'mean'
        ? ({ kind: 'globalAveragePool' } as const)
        : ({ kind: 'maxPool', ...window } as const);
    const tensor = call.add(layer, [input.tensor]);
    return [{ kind: 'tensor', tensor, rank: call.flag('keep_dims', false) ? 4 : 2 }];
  };
}

export const padNode: Translator = (call) => {
  const input = call.image();
  const values = call.integers(1);
  if (values.length !== 8) {
    call.fail('bad-shape', `${values.length} numbers of padding for four axes`);
    return [input];
  }
  const value = call.inputs.length > 2 ? scalar(call, 2) : 0;
  if (values.some((n) => n < 0)) call.fail('bad-value', 'negative padding');
  const pads = spatialPadding(call, values);
  return [{ ...input, tensor: call.add({ kind: 'pad', pads, value }, [input.tensor]) }];
};
