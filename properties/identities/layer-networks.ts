/** Networks of a few layers, with parameters that are letters of a theorem. */
import { ModelBuilder } from '../../src/model/builder.ts';
import type { Conv, LayerSpec } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { noPadding, type Padding, type Shape } from '../../src/model/shape.ts';
import type { Letters } from './letters.ts';

/** Layers one after the other; each reads what the one before it writes, the first the input. */
export function sequence(shape: Shape, layers: readonly LayerSpec[]): Model {
  return network([shape], (builder, [x]) =>
    layers.reduce((last, layer) => builder.add({ ...layer, inputs: [last] }), x),
  );
}

/** A network of several inputs, put together by hand. */
export function network(
  shapes: readonly Shape[],
  draw: (builder: ModelBuilder, inputs: readonly number[]) => number,
): Model {
  const builder = new ModelBuilder();
  const inputs = shapes.map((shape, k) => builder.input(`x${k}`, shape));
  builder.output('y', draw(builder, inputs));
  const model = builder.finish();
  if (!model.ok) throw new Error(`${model.failure.node}: ${model.failure.reason}`);
  return model.value;
}

/** Values by place, the last index fastest. */
export function filled(
  extents: readonly number[],
  value: (...at: readonly number[]) => number,
): Float32Array {
  const length = extents.reduce((product, extent) => product * extent, 1);
  return Float32Array.from({ length }, (_, k) => {
    const at: number[] = [];
    let rest = k;
    for (const extent of extents.toReversed()) {
      at.unshift(rest % extent);
      rest = Math.floor(rest / extent);
    }
    return value(...at);
  });
}

/** An image whose pixels are a function letter. */
export function image(letters: Letters, name: string, shape: Shape): Float32Array {
  return filled([shape.channels, shape.height, shape.width], (...at) => letters.real(name, ...at));
}

export function shapeOfImage(letters: Letters, channels = letters.int('C')): Shape {
  return { channels, height: letters.int('H'), width: letters.int('W') };
}

/** The window of a theorem's letters: stride, dilation and padding; enough of it below and to the right. */
export function windowOf(
  letters: Letters,
  kernel = { y: letters.int('kh'), x: letters.int('kw') },
  start = { y: letters.int('py'), x: letters.int('px') },
): Pick<Conv, 'kernel' | 'strides' | 'dilations' | 'pads'> {
  const [strides, dilations] = [
    { y: letters.int('sy'), x: letters.int('sx') },
    { y: letters.int('dy'), x: letters.int('dx') },
  ];
  const { p = 0, q = 0 } = letters.sizes;
  // The window at (p, q) has to end within the padded image.
  const reach = { y: p * strides.y, x: q * strides.x };
  const end = (axis: 'x' | 'y', extent: number): number =>
    Math.max(
      start[axis],
      reach[axis] + (kernel[axis] - 1) * dilations[axis] + 1 - start[axis] - extent,
      0,
    );
  const pads: Padding = {
    top: start.y,
    left: start.x,
    bottom: end('y', letters.int('H')),
    right: end('x', letters.int('W')),
  };
  return { kernel, strides, dilations, pads };
}

/** A convolution of so many outputs, of all channels, with these weights. */
export function convolutionOf(
  channels: { readonly from: number; readonly to: number; readonly groups?: number },
  window: Pick<Conv, 'kernel' | 'strides' | 'dilations' | 'pads'>,
  weight: (o: number, c: number, i: number, j: number) => number,
  bias: ((o: number) => number) | null = null,
): LayerSpec {
  const { from, to, groups = 1 } = channels;
  const extents = [to, from / groups, window.kernel.y, window.kernel.x];
  return {
    kind: 'conv',
    name: 'conv',
    inputs: [0],
    weight: filled(extents, (o, c, i, j) => weight(o, c, i, j)),
    bias: bias === null ? null : filled([to], (o) => bias(o)),
    outChannels: to,
    groups,
    ...window,
  };
}

/** A 1×1 convolution. */
export function matrixOf(
  from: number,
  to: number,
  weight: (o: number, c: number) => number,
  bias: ((o: number) => number) | null = null,
  strides = { y: 1, x: 1 },
): LayerSpec {
  const one = { y: 1, x: 1 };
  const window = { kernel: one, strides, dilations: one, pads: noPadding };
  return convolutionOf({ from, to }, window, (o, c) => weight(o, c), bias);
}
