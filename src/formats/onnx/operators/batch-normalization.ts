/** BatchNormalization as at inference. */
import { isWhole } from '../axes.ts';
import type { NodeReader, Value } from '../node-reader.ts';

export function batchNormalization(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const [scale, offset, mean, variance] = [1, 2, 3, 4].map((i) => node.floats(i)?.values);
  const epsilon = node.float('epsilon', 1e-5);
  node.ignore('momentum');
  if (node.opset < 9 && node.int('spatial', 1) !== 1) return node.unsupported('spatial = 0');
  if (node.opset >= 14 && node.int('training_mode', 0) !== 0) {
    return node.unsupported('training_mode = 1: its statistics are those of the batch');
  }
  // Before opset 14 the presence of further outputs is what says training.
  if (node.proto.outputs.slice(1).some((name) => name !== '')) {
    return node.unsupported('it is in training mode: it has statistics');
  }
  if (value === null || !scale || !offset || !mean || !variance) return [];
  const shape = node.shape(value);
  if (value.axes.length < 2 || !isWhole(value.axes[1], 'c', shape)) {
    return node.unsupported('its second axis is not the channels');
  }
  return node.same(value, {
    kind: 'batchNorm',
    inputs: [value.tensor],
    scale: scale as Float32Array,
    offset: offset as Float32Array,
    mean: mean as Float32Array,
    variance: variance as Float32Array,
    epsilon,
  });
}
