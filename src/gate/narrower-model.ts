/**
 * Models with fewer channels, and on smaller images, made from a model.
 *
 * Channels that must stay as many belong together: those of a tensor, of what acts on it channel by channel,
 * and of what it is added to. Such a group loses channels where every layer at its border can lose rows or
 * columns, as convolutions and dense layers can. What concatenates, selects, groups or flattens keeps its
 * channels: a model that is not understood gets no smaller, which is all that is lost.
 */
import { ModelBuilder } from '../model/builder.ts';
import type { Layer, LayerSpec, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';

/** For each tensor the group its channels belong to, or null where they cannot be taken apart. */
type Groups = readonly (TensorId | null)[];

function groupsOf(model: Model): Groups {
  const parent = model.tensors.map((_, tensor) => tensor);
  const root = (tensor: TensorId): TensorId => {
    let top = tensor;
    while (parent[top] !== top) top = parent[top];
    return top;
  };
  const whole = new Set<TensorId>();
  for (const layer of model.layers) {
    const { inputs, output } = layer;
    if (layer.kind === 'dense' || (layer.kind === 'conv' && layer.groups === 1)) continue;
    const { channels } = shapeOf(model, output);
    const byChannel = actsByChannel(layer, channels);
    if (!byChannel) whole.add(output);
    for (const tensor of inputs) {
      // An operand of one channel is read by all of them.
      if (!byChannel || shapeOf(model, tensor).channels !== channels) whole.add(tensor);
      else parent[root(tensor)] = root(output);
    }
  }
  const kept = new Set([...whole].map(root));
  return parent.map((_, tensor) => (kept.has(root(tensor)) ? null : root(tensor)));
}

/** Whether channel c of the result is made of the channels c of the inputs. */
function actsByChannel(layer: Layer, channels: number): boolean {
  switch (layer.kind) {
    case 'conv':
      return layer.groups === channels;
    case 'concat':
    case 'select':
    case 'flatten':
    case 'dense':
      return false;
    default:
      return true;
  }
}

/** Every `size` values of the channels kept. */
function picked(values: Float32Array, channels: readonly number[], size = 1): Float32Array {
  const result = new Float32Array(channels.length * size);
  channels.forEach((c, k) => result.set(values.subarray(c * size, (c + 1) * size), k * size));
  return result;
}

/** One value for all channels, or one for each. */
function pickedSome(values: Float32Array, channels: readonly number[]): Float32Array {
  return values.length === 1 ? values : picked(values, channels);
}

/** Columns of a matrix of rows of `columns` blocks of `size` values. */
function pickedColumns(
  values: Float32Array,
  kept: readonly number[],
  { columns, size }: { readonly columns: number; readonly size: number },
): Float32Array {
  const rows = values.length / (columns * size);
  const all = Array.from({ length: rows }, (_, row) => kept.map((c) => row * columns + c)).flat();
  return picked(values, all, size);
}

interface Cut {
  /** Null where all are kept. */
  readonly rows: readonly number[] | null;
  readonly columns: readonly number[] | null;
}

function cutLayer(layer: Layer, inChannels: number, { rows, columns }: Cut): LayerSpec {
  switch (layer.kind) {
    case 'conv':
    case 'dense': {
      const size = layer.kind === 'conv' ? layer.kernel.y * layer.kernel.x : 1;
      const depthwise = layer.kind === 'conv' && layer.groups > 1;
      const width = depthwise ? 1 : inChannels;
      let { weight, bias, outChannels } = layer;
      if (columns !== null && !depthwise) {
        weight = pickedColumns(weight, columns, { columns: width, size });
      }
      if (rows !== null) {
        const left = depthwise ? 1 : (columns?.length ?? width);
        weight = picked(weight, rows, left * size);
        bias = bias && picked(bias, rows);
        outChannels = rows.length;
      }
      if (layer.kind === 'dense') return { ...layer, weight, bias, outChannels };
      return { ...layer, weight, bias, outChannels, groups: depthwise ? outChannels : 1 };
    }
    case 'batchNorm': {
      if (rows === null) return layer;
      const [scale, offset] = [picked(layer.scale, rows), picked(layer.offset, rows)];
      const [mean, variance] = [picked(layer.mean, rows), picked(layer.variance, rows)];
      return { ...layer, scale, offset, mean, variance };
    }
    case 'scale':
      return rows === null ? layer : { ...layer, factor: pickedSome(layer.factor, rows) };
    case 'translate':
      return rows === null ? layer : { ...layer, addend: pickedSome(layer.addend, rows) };
    case 'prelu':
      return rows === null ? layer : { ...layer, slopes: pickedSome(layer.slopes, rows) };
    case 'clip': {
      if (rows === null) return layer;
      return {
        ...layer,
        lower: pickedSome(layer.lower, rows),
        upper: pickedSome(layer.upper, rows),
      };
    }
    default:
      return layer;
  }
}

function rebuilt(
  model: Model,
  inputShape: (shape: Shape, tensor: TensorId) => Shape,
  write: (layer: Layer) => LayerSpec,
): Model | null {
  const builder = new ModelBuilder();
  const moved = new Map<TensorId, TensorId>();
  const now = (tensor: TensorId): TensorId => moved.get(tensor) ?? 0;
  for (const { name, tensor, layout, batch } of model.inputs) {
    const shape = inputShape(shapeOf(model, tensor), tensor);
    moved.set(tensor, builder.input(name, shape, layout, batch));
  }
  for (const layer of model.layers) {
    moved.set(layer.output, builder.add({ ...write(layer), inputs: layer.inputs.map(now) }));
  }
  for (const { name, tensor, layout, batch } of model.outputs) {
    builder.output(name, now(tensor), layout, batch);
  }
  const finished = builder.finish();
  return finished.ok ? finished.value : null;
}

/** The channels to keep, in the order that is worth trying: half, then all but an ever smaller part. */
function* subsets(count: number): Generator<readonly number[]> {
  const all = Array.from({ length: count }, (_, c) => c);
  for (let part = Math.ceil(count / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < count; at += part) {
      const rest = all.filter((c) => c < at || c >= at + part);
      if (rest.length > 0) yield rest;
    }
    // Of many channels, single ones are too many to try.
    if (count / part >= 8) return;
  }
}

type Candidate = () => Model | null;

function withChannels(
  model: Model,
  groups: Groups,
  group: TensorId,
  kept: readonly number[],
): Model | null {
  const of = (tensor: TensorId): readonly number[] | null =>
    groups[tensor] === group ? kept : null;
  return rebuilt(
    model,
    (shape, tensor) => ({ ...shape, channels: of(tensor)?.length ?? shape.channels }),
    (layer) => {
      const [read] = layer.inputs;
      const { channels } = shapeOf(model, read);
      return cutLayer(layer, channels, { rows: of(layer.output), columns: of(read) });
    },
  );
}

function* fewerChannels(model: Model): Generator<Candidate> {
  const groups = groupsOf(model);
  for (const group of new Set(groups)) {
    if (group === null) continue;
    for (const kept of subsets(shapeOf(model, group).channels)) {
      yield () => withChannels(model, groups, group, kept);
    }
  }
}

function* smallerImages(model: Model): Generator<Candidate> {
  const sides = model.inputs.map(({ tensor }) => shapeOf(model, tensor));
  const most = Math.max(...sides.map(({ height, width }) => Math.max(height, width)));
  for (const factor of [8, 4, 2].filter((n) => n <= most)) {
    const part = (side: number): number => Math.ceil(side / factor);
    yield () =>
      rebuilt(
        model,
        ({ channels, height, width }) => ({ channels, height: part(height), width: part(width) }),
        (layer) => layer,
      );
  }
}

/**
 * In the order they are worth trying, each made when it is called for; null where it does not fit together.
 * Every one has fewer values in some tensor, and in none more.
 */
export function* narrowerModels(model: Model): Generator<Candidate> {
  yield* smallerImages(model);
  yield* fewerChannels(model);
}
