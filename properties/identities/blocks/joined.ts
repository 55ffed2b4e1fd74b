/**
 * Linear branches that read one tensor and are added, as layers and as kernels of the largest window, with the
 * letters of src/theorems/blocks/parallel.ts.
 */
import type { LayerSpec } from '../../../src/model/layer.ts';
import type { Pair } from '../../../src/model/shape.ts';
import type { ModelBuilder } from '../../../src/model/builder.ts';
import type { Networks } from '../identity.ts';
import { convolutionOf, image, network, sequence, shapeOfImage } from '../layer-networks.ts';
import { perGroup } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import { centredWindow, type Weight, type Window } from './branch.ts';
import { affine, normOf } from './norms.ts';

/** A kernel and its own tap for the pixel itself. */
export interface Sized {
  readonly size: Pair;
  readonly centre: Pair;
}

/** Channels that the block reads and writes, and in how many groups. */
interface Channels {
  readonly from: number;
  readonly to: number;
  readonly groups: number;
}

/** A branch before its batch norm: its layers, and its kernel in the largest window. */
export interface Part {
  readonly layers: readonly LayerSpec[];
  readonly kernel: Weight;
}

export const pointwise: Sized = { size: { y: 1, x: 1 }, centre: { y: 0, x: 0 } };

export function wholeOf(letters: Letters): Sized {
  return {
    size: { y: letters.int('kh'), x: letters.int('kw') },
    centre: { y: letters.int('ci'), x: letters.int('cj') },
  };
}

export function windowOf(letters: Letters, { size, centre }: Sized, isStrided: boolean): Window {
  return centredWindow(size, centre, {
    strides: isStrided ? { y: letters.int('sy'), x: letters.int('sx') } : { y: 1, x: 1 },
    dilations: { y: letters.int('dy'), x: letters.int('dx') },
  });
}

/** The kernel with its centre at the centre of the largest, zero around it. */
export function embedded(letters: Letters, { size, centre }: Sized, weights: Weight): Weight {
  const whole = wholeOf(letters);
  return (o, c, i, j) => {
    const [row, column] = [i - whole.centre.y + centre.y, j - whole.centre.x + centre.x];
    const isInside = row >= 0 && row < size.y && column >= 0 && column < size.x;
    return isInside ? weights(o, c, row, column) : 0;
  };
}

/** A convolution of any size. */
export function convolutionPart(
  letters: Letters,
  channels: Channels,
  of: { readonly sized: Sized; readonly weights: Weight; readonly isStrided: boolean },
): Part {
  const { sized, weights, isStrided } = of;
  return {
    layers: [convolutionOf(channels, windowOf(letters, sized, isStrided), weights)],
    kernel: embedded(letters, sized, weights),
  };
}

/** The input itself; its entry is at the channel's place in its group, unless the sizes say another. */
export function identityPart(letters: Letters): Part {
  const C = letters.int('C');
  const unit: Weight = (o, c) => (c === (letters.sizes['index'] ?? o % C) ? 1 : 0);
  return { layers: [], kernel: embedded(letters, pointwise, unit) };
}

/** Behind a batch norm t·s + b. */
export interface Branch extends Part {
  readonly scale: (o: number) => number;
  readonly shift: (o: number) => number;
}

export function normed(
  letters: Letters,
  part: Part,
  [scale, shift]: readonly [string, string],
): Branch {
  return {
    ...part,
    scale: (o) => letters.real(scale, o),
    shift: (o) => letters.real(shift, o),
  };
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Channels one after another in groups, as many out of a group as in where the input is a branch. */
export function channelsOf(letters: Letters, keepsChannels: boolean): Channels {
  const C = letters.int('C');
  const groups = letters.sizes['g'] ?? letters.int('base') / C + 1;
  return { from: groups * C, to: groups * (keepsChannels ? C : perGroup), groups };
}

export function through(builder: ModelBuilder, from: number, layers: readonly LayerSpec[]): number {
  return layers.reduce((read, layer) => builder.add({ ...layer, inputs: [read] }), from);
}

export function added(builder: ModelBuilder, ends: readonly number[]): number {
  return ends.reduce((a, b) => builder.add({ kind: 'add', name: 'add', inputs: [a, b] }));
}

/** The branches, added; behind what comes before them. */
export function joined(
  letters: Letters,
  channels: Channels,
  of: {
    readonly branches: readonly Branch[];
    readonly isStrided: boolean;
    readonly before?: readonly LayerSpec[];
  },
): Networks {
  const { branches, isStrided, before = [] } = of;
  const shape = shapeOfImage(letters, channels.from);
  const whole = convolutionOf(
    channels,
    windowOf(letters, wholeOf(letters), isStrided),
    (o, ...at) => total(branches.map(({ kernel, scale }) => scale(o) * kernel(o, ...at))),
    (o) => total(branches.map(({ shift }) => shift(o))),
  );
  return {
    original: network([shape], (builder, [x]) => {
      const read = through(builder, x, before);
      const ends = branches.map(({ layers, scale, shift }) => {
        const norm = normOf(channels.to, (o) => affine(scale(o), shift(o)));
        return through(builder, read, [...layers, norm]);
      });
      return added(builder, ends);
    }),
    converted: sequence(shape, [...before, whole]),
    inputs: [image(letters, 'x', shape)],
  };
}

export const weightOf =
  (letters: Letters, name: string): Weight =>
  (...at) =>
    letters.real(name, ...at);
