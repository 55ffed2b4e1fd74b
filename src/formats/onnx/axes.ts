/**
 * What an ONNX tensor computed at run time is, in terms of the model: which tensor, and how its channel,
 * row and column (and the batch) lie along the axes the file gives it.
 *
 * An axis is a product of factors, each a run of one label's index. So Transpose permutes axes, Reshape
 * splits and joins them, Squeeze drops empty ones, and none of them computes anything: NHWC graphs,
 * flattening in either order and channel shuffles come out as what they mean. Layers are only added
 * where a tensor's own order changes (see `settle` in operators/layout.ts). An axis of extent 1 has no factors,
 * so axes of extent 1 are interchangeable, as they are in memory.
 */
import type { TensorId } from '../../model/layer.ts';
import type { Shape } from '../../model/shape.ts';

export type Label = 'n' | 'c' | 'h' | 'w';

/**
 * Position along the label is Σ index · stride over its factors. A factor of label `n` and size 1 is the
 * free batch: it stays where it is, whatever its extent at run time.
 */
export interface Factor {
  readonly label: Label;
  readonly size: number;
  readonly stride: number;
}

export type Axis = readonly Factor[];

export interface Activation {
  readonly kind: 'activation';
  readonly tensor: TensorId;
  readonly axes: readonly Axis[];
}

const freeBatch: Axis = [{ label: 'n', size: 1, stride: 1 }];

export function batchAxis(batch: number | null): Axis {
  return batch === null ? freeBatch : whole('n', batch);
}

/** The axis that is all of a label, in order. */
export function whole(label: Label, extent: number): Axis {
  return extent === 1 ? [] : [{ label, size: extent, stride: 1 }];
}

export function isFree(factor: Factor): boolean {
  return factor.label === 'n' && factor.size === 1;
}

/** Extent of an axis, for one image where the batch is free. */
export function extentOf(axis: Axis): number {
  return axis.reduce((product, factor) => product * factor.size, 1);
}

export function extentAlong(shape: Shape, label: 'c' | 'h' | 'w'): number {
  return label === 'c' ? shape.channels : label === 'h' ? shape.height : shape.width;
}

/** Whether the axis is the label's whole range in order. */
export function isWhole(axis: Axis, label: 'c' | 'h' | 'w', shape: Shape): boolean {
  return sameAxis(axis, whole(label, extentAlong(shape, label)));
}

export function sameAxis(a: Axis, b: Axis): boolean {
  return (
    a.length === b.length &&
    a.every((f, i) => f.label === b[i].label && f.size === b[i].size && f.stride === b[i].stride)
  );
}

/** Joins neighbours that are one run of their label. */
export function joined(axis: Axis): Axis {
  const out: Factor[] = [];
  for (const factor of axis) {
    const last = out.at(-1);
    const continues =
      last !== undefined &&
      last.label === factor.label &&
      !isFree(factor) &&
      last.stride === factor.stride * factor.size;
    if (continues) out[out.length - 1] = { ...factor, size: last.size * factor.size };
    else out.push(factor);
  }
  return out;
}

/** The axes of a tensor in the order its labels are listed; labels not listed have extent 1. */
export function axesOf(labels: readonly Label[], shape: Shape, batch: Axis): readonly Axis[] {
  return labels.map((label) => (label === 'n' ? batch : whole(label, extentAlong(shape, label))));
}

/** Whether the tensor lies as `labels` say; a label not listed must have extent 1, which shapes ensure. */
export function liesAs(value: Activation, labels: readonly Label[], shape: Shape): boolean {
  if (value.axes.length !== labels.length) return false;
  return labels.every((label, i) =>
    label === 'n'
      ? value.axes[i].every((f) => f.label === 'n')
      : isWhole(value.axes[i], label, shape),
  );
}

/**
 * Distributes the factors, in order, over axes of the extents given; null where an extent would cut
 * across a factor. `NaN` among the extents is the free batch.
 */
export function regrouped(
  axes: readonly Axis[],
  extents: readonly number[],
): readonly Axis[] | null {
  const rest = axes.flat().reverse();
  const out: Axis[] = [];
  for (const extent of extents) {
    const axis: Factor[] = [];
    let missing = Number.isNaN(extent) ? 1 : extent;
    const next = rest.at(-1);
    if (next !== undefined && isFree(next) && missing === 1) axis.push(...rest.splice(-1));
    else if (Number.isNaN(extent)) return null;
    while (missing > 1) {
      const factor = rest.pop();
      if (factor === undefined || isFree(factor)) return null;
      const { label, size, stride } = factor;
      if (missing % size === 0) {
        axis.push(factor);
        missing /= size;
      } else if (size % missing === 0) {
        axis.push({ label, size: missing, stride: stride * (size / missing) });
        rest.push({ label, size: size / missing, stride });
        missing = 1;
      } else return null;
    }
    out.push(joined(axis));
  }
  return rest.length === 0 ? out : null;
}
