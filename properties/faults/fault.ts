/**
 * A fault: one mistake that a converter could have made, as an edit of a model that is right.
 *
 * The verifier is attacked with these, so they know nothing of it; nor does anything in src/ know them.
 * A fault is applied at a place, and lists every place of a model where it fits. Whether it changes the
 * function there is not its concern: exact-evaluation.ts judges that.
 */
import { ModelBuilder } from '../../src/model/builder.ts';
import type { Layer, LayerKind, LayerSpec, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { sameShape } from '../../src/model/shape.ts';

export interface Place {
  /** Name of a layer of the model. */
  readonly layer: string;
  /** Which weight, row, channel, side or operand, by the fault's own count. */
  readonly at: number;
}

export interface Fault {
  /** Kebab-case and unique. */
  readonly name: string;
  /** The entry of the list of converters' bugs it stands for, as `bug 3`, or what happened, in words. */
  readonly source: string;
  places(model: Model): readonly Place[];
  /** A copy with the mistake; null where the shapes no longer fit together. */
  inject(model: Model, place: Place): Model | null;
}

export type OfKind<K extends LayerKind> = Extract<Layer, { kind: K }>;

function isOfKind<K extends LayerKind>(layer: Layer, kinds: readonly K[]): layer is OfKind<K> {
  const list: readonly LayerKind[] = kinds;
  return list.includes(layer.kind);
}

/** Adds a layer to the model that is being written and returns its result. */
export type Add = (spec: LayerSpec) => TensorId;

/** Writes what stands for a layer, whose inputs are those of the new model; returns its result. */
export type Rewriting = (layer: Layer, add: Add) => TensorId;

/**
 * The model written anew, layer by layer; null where the result does not fit together or no longer has
 * the inputs and outputs it had.
 */
export function rewrite(model: Model, write: Rewriting): Model | null {
  const builder = new ModelBuilder();
  const moved = new Map<TensorId, TensorId>();
  const now = (tensor: TensorId): TensorId => moved.get(tensor) ?? 0;
  for (const { name, tensor, layout, batch } of model.inputs) {
    moved.set(tensor, builder.input(name, model.tensors[tensor].shape, layout, batch));
  }
  for (const layer of model.layers) {
    const here = { ...layer, inputs: layer.inputs.map(now) };
    moved.set(
      layer.output,
      write(here, (spec) => builder.add(spec)),
    );
    if (builder.failure !== null) return null;
  }
  for (const { name, tensor, layout, batch } of model.outputs) {
    if (!sameShape(builder.shape(now(tensor)), model.tensors[tensor].shape)) return null;
    builder.output(name, now(tensor), layout, batch);
  }
  const finished = builder.finish();
  return finished.ok ? finished.value : null;
}

/** Writes one layer another way and all others as they are. */
export function rewriteLayer(model: Model, name: string, write: Rewriting): Model | null {
  return rewrite(model, (layer, add) => (layer.name === name ? write(layer, add) : add(layer)));
}

interface LayerFault<K extends LayerKind> {
  readonly name: string;
  readonly source: string;
  readonly kinds: readonly K[];
  readonly entries: (layer: OfKind<K>, model: Model) => readonly number[];
  /** The layer as it should not be, or null where it cannot be made so. */
  readonly change: (layer: OfKind<K>, at: number, model: Model) => LayerSpec | null;
}

/** A fault inside one layer: its parameters or attributes. */
export function layerFault<K extends LayerKind>(fault: LayerFault<K>): Fault {
  const { name, source, kinds, entries, change } = fault;
  return {
    name,
    source,
    places: (model) =>
      model.layers.flatMap((layer) =>
        isOfKind(layer, kinds)
          ? entries(layer, model).map((at) => ({ layer: layer.name, at }))
          : [],
      ),
    inject(model, place) {
      let fits = true;
      const result = rewriteLayer(model, place.layer, (layer, add) => {
        const spec = isOfKind(layer, kinds) ? change(layer, place.at, model) : null;
        if (spec === null) fits = false;
        return add(spec === null ? layer : { ...spec, inputs: layer.inputs });
      });
      return fits ? result : null;
    },
  };
}

/** The numbers 0 … count−1 that satisfy the condition. */
export function where(count: number, holds: (k: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let k = 0; k < count; k++) if (holds(k)) found.push(k);
  return found;
}

/** The one entry of a layer that is changed as a whole, where it can be. */
export function once(fits: boolean): readonly number[] {
  return fits ? [0] : [];
}

/** A copy with one entry changed. */
export function altered(
  values: Float32Array,
  at: number,
  change: (value: number) => number,
): Float32Array {
  return values.with(at, change(values[at]));
}

/** Entry c of the result is entry (c+1) mod n. */
export function shifted(values: Float32Array): Float32Array {
  return values.map((_, c) => values[(c + 1) % values.length]);
}

export function differs(a: Float32Array, b: Float32Array): boolean {
  return a.some((value, k) => value !== b[k]);
}

/** How many layers read a tensor, outputs of the model included. */
export function readers(model: Model, tensor: TensorId): number {
  const inner = model.layers.flatMap((layer) => layer.inputs).filter((t) => t === tensor).length;
  return inner + model.outputs.filter((port) => port.tensor === tensor).length;
}

export function producer(model: Model, tensor: TensorId): Layer | null {
  return model.layers.find((layer) => layer.output === tensor) ?? null;
}
