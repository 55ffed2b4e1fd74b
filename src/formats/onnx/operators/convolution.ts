/** Conv, with constant weights over two spatial axes. */
import { liesAs } from '../axes.ts';
import type { NodeReader, Value } from '../node-reader.ts';
import { readWindow } from './window.ts';

export function conv(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const weight = node.floats(1);
  const bias = node.hasInput(2) ? node.floats(2) : null;
  const groups = node.int('group', 1);
  if (value === null || weight === null) return [];
  if (weight.dims.length !== 4) return node.unsupported(`weights of ${weight.dims.length} axes`);
  const [outChannels, perGroup, y, x] = weight.dims;
  const shape = node.shape(value);
  const window = readWindow(node, shape, { y, x });
  if (window === null) return [];
  if (!liesAs(value, ['n', 'c', 'h', 'w'], shape)) {
    return node.unsupported('its input does not lie as batch, channels, rows, columns');
  }
  if (perGroup * groups !== shape.channels) {
    return node.fail(
      'bad-shape',
      `${groups} groups of ${perGroup} channels read ${shape.channels}`,
    );
  }
  if (bias !== null && (bias.dims.length !== 1 || bias.dims[0] !== outChannels)) {
    return node.fail('bad-shape', `a bias of ${bias.dims.join('×')} for ${outChannels} channels`);
  }
  const tensor = node.add({
    kind: 'conv',
    inputs: [value.tensor],
    weight: weight.values as Float32Array,
    bias: bias === null ? null : (bias.values as Float32Array),
    outChannels,
    groups,
    ...window,
  });
  return [node.laid(tensor, ['n', 'c', 'h', 'w'])];
}
