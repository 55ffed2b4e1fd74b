/**
 * What the channels of a model are functions of, as far as it tells degenerate networks from others: whether channels
 * are functions of one number and of nothing else.
 *
 * Such channels occur where a 1×1 kernel or zero weights leave a channel a single reader. Weights that
 * are zero count as absent; weights that cancel do not.
 */
import type { Conv } from '../../src/model/layer.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import type { Shape } from '../../src/model/shape.ts';

/**
 * The numbers a channel is a function of, each named by channel and pixel relative to the channel's own;
 * null for many or unknown.
 */
type Reads = ReadonlySet<string> | null;

const most = 4;

function union(parts: readonly Reads[]): Reads {
  const all = new Set<string>();
  for (const part of parts) {
    if (part === null) return null;
    for (const read of part) all.add(read);
    if (all.size > most) return null;
  }
  return all;
}

function moved(reads: Reads, by: string): Reads {
  return reads && new Set([...reads].map((read) => `${read}${by}`));
}

/** Where along one axis a tap reads: nowhere, at the one pixel there is, or at a distance. */
function along(
  axis: { readonly from: number; readonly to: number; readonly stride: number },
  distance: number,
): string | null {
  const { from, to, stride } = axis;
  const reached = Array.from({ length: to }, (_, p) => p * stride + distance);
  if (!reached.some((q) => q >= 0 && q < from)) return null;
  return from === 1 || (distance === 0 && stride === 1) ? '' : `${distance}/${stride}`;
}

function convolved(layer: Conv, from: Shape, to: Shape, channels: readonly Reads[]): Reads[] {
  const { weight, outChannels, groups, kernel, pads, strides, dilations } = layer;
  const perGroup = channels.length / groups;
  const taps = kernel.y * kernel.x;
  const rows = { from: from.height, to: to.height, stride: strides.y };
  const columns = { from: from.width, to: to.width, stride: strides.x };
  const places = Array.from({ length: taps }, (_, tap) => {
    const row = along(rows, Math.floor(tap / kernel.x) * dilations.y - pads.top);
    const column = along(columns, (tap % kernel.x) * dilations.x - pads.left);
    if (row === null || column === null) return null;
    return row === '' && column === '' ? '' : `@${row},${column}`;
  });
  return Array.from({ length: outChannels }, (_, o) => {
    const parts: Reads[] = [];
    const first = Math.floor(o / (outChannels / groups)) * perGroup;
    for (let i = 0; i < perGroup; i++) {
      places.forEach((place, tap) => {
        if (place === null || weight[(o * perGroup + i) * taps + tap] === 0) return;
        parts.push(moved(channels[first + i], place));
      });
    }
    return union(parts);
  });
}

export interface Degeneracy {
  /** Two channels of one tensor are functions of one and the same number, and of nothing else. */
  readonly proportional: boolean;
}

export function degeneracy(model: Model): Degeneracy {
  const tensors = new Map<number, readonly Reads[]>();
  const channelsOf = (tensor: number): number => shapeOf(model, tensor).channels;
  const fresh = (tensor: number, c: number): Reads => new Set([`${tensor}.${c}`]);
  const all = (tensor: number): Reads[] =>
    Array.from({ length: channelsOf(tensor) }, (_, c) => fresh(tensor, c));
  for (const { tensor } of model.inputs) tensors.set(tensor, all(tensor));
  for (const layer of model.layers) {
    const inputs = layer.inputs.map((t) => tensors.get(t) ?? []);
    const [x] = inputs;
    switch (layer.kind) {
      case 'conv':
        tensors.set(
          layer.output,
          // A sum of many numbers is a number of its own.
          convolved(layer, shapeOf(model, layer.inputs[0]), shapeOf(model, layer.output), x).map(
            (reads, c) => reads ?? fresh(layer.output, c),
          ),
        );
        break;
      case 'batchNorm':
        tensors.set(
          layer.output,
          x.map((reads, c) => (layer.scale[c] === 0 ? new Set() : reads)),
        );
        break;
      case 'scale':
      case 'translate':
        tensors.set(layer.output, x);
        break;
      case 'add':
      case 'subtract':
        tensors.set(
          layer.output,
          x.map((reads, c) => union([reads, inputs[1][c]])),
        );
        break;
      case 'concat':
        tensors.set(layer.output, inputs.flat());
        break;
      case 'select':
        tensors.set(
          layer.output,
          Array.from(layer.channels, (c) => x[c]),
        );
        break;
      case 'relu':
      case 'clip':
      case 'leakyRelu':
      case 'prelu':
        tensors.set(
          layer.output,
          x.map((reads, c) => {
            return reads !== null && reads.size <= 1 ? reads : fresh(layer.output, c);
          }),
        );
        break;
      case 'maxPool':
      case 'pad':
        tensors.set(layer.output, all(layer.output));
        break;
      case 'dense':
      case 'multiply':
      case 'averagePool':
      case 'globalAveragePool':
      case 'flatten':
      case 'opaque':
        tensors.set(layer.output, new Array<Reads>(channelsOf(layer.output)).fill(null));
        break;
    }
  }
  const proportional = [...tensors.values()].some((reads) => {
    const lone = reads.flatMap((r) => (r?.size === 1 ? [...r] : []));
    return new Set(lone).size < lone.length;
  });
  return { proportional };
}
