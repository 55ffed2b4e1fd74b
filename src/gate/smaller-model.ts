/**
 * Models with fewer layers made from a model: ended earlier, begun later, or with a layer left out.
 *
 * Knows nothing of where the model comes from, so that it goes where a recipe cannot, to a piece of a block,
 * and serves real models as well. A tensor at which a model begins becomes an input of its own; what is no
 * longer read is gone.
 */
import { ModelBuilder } from '../model/builder.ts';
import type { TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import { sameShape } from '../model/shape.ts';

interface Piece {
  /** The tensors it ends with; the model's own outputs where left out. */
  readonly end?: TensorId;
  /** Tensors that become inputs, where they are read. */
  readonly begin?: ReadonlySet<TensorId>;
  /** A tensor whose readers read another of the same shape instead. */
  readonly skip?: { readonly tensor: TensorId; readonly instead: TensorId };
}

/** Null where nothing is left, or not a layer less. */
function piece(model: Model, { end, begin = new Set(), skip }: Piece): Model | null {
  const read = (tensor: TensorId): TensorId => (skip?.tensor === tensor ? skip.instead : tensor);
  const outputs =
    end === undefined
      ? model.outputs.map((port) => ({ ...port, tensor: read(port.tensor) }))
      : [{ name: 'output', tensor: end, layout: 'nchw' as const, batch: null }];
  const live = new Set(outputs.map(({ tensor }) => tensor));
  const kept = model.layers.toReversed().filter((layer) => {
    if (!live.has(layer.output) || begin.has(layer.output)) return false;
    for (const tensor of layer.inputs) live.add(read(tensor));
    return true;
  });
  if (kept.length === 0 || kept.length >= model.layers.length) return null;
  const builder = new ModelBuilder();
  const moved = new Map<TensorId, TensorId>();
  for (const { name, tensor, layout, batch } of model.inputs) {
    if (!live.has(tensor)) continue;
    moved.set(tensor, builder.input(name, shapeOf(model, tensor), layout, batch));
  }
  for (const tensor of begin) {
    if (!live.has(tensor)) continue;
    moved.set(tensor, builder.input(model.tensors[tensor].name, shapeOf(model, tensor)));
  }
  const now = (tensor: TensorId): TensorId => moved.get(read(tensor)) ?? -1;
  for (const layer of kept.toReversed()) {
    const inputs = layer.inputs.map(now);
    if (inputs.includes(-1)) return null;
    moved.set(layer.output, builder.add({ ...layer, inputs }));
  }
  for (const { name, tensor, layout, batch } of outputs) {
    builder.output(name, now(tensor), layout, batch);
  }
  const finished = builder.finish();
  return finished.ok ? finished.value : null;
}

/** All of a few places; of many, a ladder from the first to the last. */
function rungs(count: number): readonly number[] {
  if (count <= 40) return Array.from({ length: count }, (_, k) => k);
  const shares = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 3 / 8, 1 / 2, 5 / 8, 3 / 4, 7 / 8, 15 / 16];
  return [...shares.map((share) => Math.floor(share * count)), count - 2, count - 1];
}

type Candidate = () => Model | null;

/**
 * The layers around one of that name, from its neighbours to large parts of the model, and then what
 * `smallerModels` has: of a deep model everything else takes long to try.
 */
export function* modelsAround(model: Model, name: string): Generator<Candidate> {
  const { layers } = model;
  const at = layers.findIndex((layer) => layer.name === name);
  for (let reach = 1; at >= 0 && reach < layers.length; reach *= 2) {
    const before = layers.slice(0, Math.max(0, at - reach)).map(({ output }) => output);
    const end = layers[Math.min(at + reach, layers.length) - 1].output;
    yield () => piece(model, { begin: new Set(before), end });
  }
  yield* smallerModels(model);
}

/**
 * In the order they are worth trying, what removes most first; each made when it is called for, null where
 * nothing is left or it does not fit together.
 */
export function* smallerModels(model: Model): Generator<Candidate> {
  const { layers } = model;
  const places = rungs(layers.length);
  for (const k of places) yield () => piece(model, { end: layers[k].output });
  for (const k of places.toReversed()) {
    yield () => piece(model, { begin: new Set([layers[k].output]) });
  }
  for (const { output, inputs } of layers) {
    for (const instead of new Set(inputs)) {
      if (!sameShape(shapeOf(model, output), shapeOf(model, instead))) continue;
      yield () => piece(model, { skip: { tensor: output, instead } });
    }
  }
}
