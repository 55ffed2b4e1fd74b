/**
 * The topology of a Keras model as declared in JSON: layers, how often each is called, and on what.
 *
 * Reads the functional and the Sequential form, the latter written out as a chain, in the dialects of
 * Keras 2 (lists), Keras 3 (`__keras_tensor__` objects) and tfjs. Knows nothing about what layers compute.
 */
import type { ModelBuilder } from '../../model/builder.ts';
import { isCount, isList, isObject, property, quote, type JsonObject } from '../json.ts';

/** One result of one call of a layer. */
export interface Reference {
  readonly layer: string;
  /** The layer's call, as the file counts. */
  readonly call: number;
  /** Which result of the call; not 0 only for nested models. */
  readonly result: number;
}

export interface Declaration {
  readonly name: string;
  readonly className: string;
  readonly config: JsonObject;
  readonly calls: readonly (readonly Reference[])[];
  /** Set where the layer is itself a model. */
  readonly network: Network | null;
}

export interface Network {
  readonly layers: readonly Declaration[];
  readonly inputs: readonly Reference[];
  readonly outputs: readonly Reference[];
}

const networkClasses = new Set(['Model', 'Functional', 'Sequential']);
/** Deeper nesting than this is taken for a hostile file. */
const deepest = 32;

function readReference(value: unknown): Reference | null {
  if (!isList(value)) return null;
  const [layer, call = 0, result = 0] = value;
  if (typeof layer !== 'string' || !isCount(call) || !isCount(result)) return null;
  return { layer, call, result };
}

/** `[a,0,0]` or `[[a,0,0],…]` or, in tfjs, a mapping of names to references. */
function readReferences(value: unknown): readonly Reference[] | null {
  if (!isList(value)) return null;
  const single = readReference(value);
  if (single !== null) return [single];
  const all = value.map(readReference);
  const known = all.filter((reference) => reference !== null);
  return known.length === all.length ? known : null;
}

/** Keyword arguments that change nothing at inference. */
function isHarmless(keywords: unknown): boolean {
  if (keywords === undefined || keywords === null) return true;
  return (
    isObject(keywords) &&
    Object.entries(keywords).every(
      ([key, value]) =>
        value === null || value === undefined || (key === 'training' && value === false),
    )
  );
}

function readKeras3Call(node: JsonObject): readonly Reference[] | null {
  const { args, kwargs } = node;
  if (!isList(args) || !isHarmless(kwargs)) return null;
  const references: Reference[] = [];
  for (const argument of args.flat(1)) {
    if (property(argument, 'class_name') !== '__keras_tensor__') return null;
    const reference = readReference(property(property(argument, 'config'), 'keras_history'));
    if (reference === null) return null;
    references.push(reference);
  }
  return references;
}

function readCall(node: unknown): readonly Reference[] | null {
  if (isObject(node)) return readKeras3Call(node);
  if (!isList(node)) return null;
  // A call on one tensor is written [["a",0,0,{}]] or, by some versions, ["a",0,0,{}].
  const entries = typeof node[0] === 'string' ? [node] : node;
  const references: Reference[] = [];
  for (const entry of entries) {
    const reference = readReference(entry);
    if (reference === null || !isList(entry) || !isHarmless(entry[3])) return null;
    references.push(reference);
  }
  return references;
}

interface Named {
  readonly name: string;
  readonly className: string;
  readonly config: JsonObject;
}

function readNamed(builder: ModelBuilder, entry: unknown): Named | null {
  const className = property(entry, 'class_name');
  const config = property(entry, 'config') ?? {};
  const name = property(entry, 'name') ?? property(config, 'name');
  if (typeof className !== 'string' || typeof name !== 'string') {
    builder.fail(
      'not-a-model',
      typeof name === 'string' ? name : '',
      'a layer without name or class',
    );
    return null;
  }
  if (isObject(config)) return { name, className, config };
  // Old files give a Sequential's layers in place of its config.
  if (className === 'Sequential' && isList(config))
    return { name, className, config: { layers: config } };
  builder.fail('not-a-model', name, 'the layer has no configuration');
  return null;
}

function inputShapeOf(declaration: Named & { readonly network: Network | null }): unknown {
  const { config, network } = declaration;
  const own = config.batch_input_shape ?? config.batch_shape;
  if (own !== undefined || network === null) return own;
  const first = network.layers.find((layer) => layer.name === network.inputs[0]?.layer);
  return first === undefined ? undefined : inputShapeOf(first);
}

function chain(config: JsonObject, declared: readonly Declaration[]): Network {
  const layers = [...declared];
  const first = layers[0];
  if (first !== undefined && first.className !== 'InputLayer') {
    const shape = inputShapeOf(first) ?? config.build_input_shape;
    layers.unshift({
      name: `${first.name}_input`,
      className: 'InputLayer',
      config: { batch_input_shape: shape },
      calls: [],
      network: null,
    });
  }
  const linked = layers.map((layer, index): Declaration => {
    const previous = layers[index - 1];
    const calls = previous === undefined ? [] : [[{ layer: previous.name, call: 0, result: 0 }]];
    return { ...layer, calls };
  });
  const end = (layer: Declaration | undefined): readonly Reference[] =>
    layer === undefined ? [] : [{ layer: layer.name, call: 0, result: 0 }];
  return { layers: linked, inputs: end(linked[0]), outputs: end(linked.at(-1)) };
}

/** Reads a model's declaration; what is wrong goes to the builder, and the result is then null. */
export function readNetwork(builder: ModelBuilder, topology: unknown, depth = 0): Network | null {
  const model = readNamed(builder, {
    name: 'model',
    ...(isObject(topology) ? topology : {}),
  });
  if (model === null) return null;
  const { name, className, config } = model;
  const fail = (reason: string): null => {
    builder.fail('not-a-model', name, reason);
    return null;
  };
  if (!networkClasses.has(className)) return fail(`${quote(className)} is no kind of model`);
  if (depth > deepest) return fail(`models are nested more than ${deepest} deep`);
  if (!isList(config.layers)) return fail('the model has no list of layers');
  const layers: Declaration[] = [];
  const names = new Set<string>();
  for (const entry of config.layers) {
    const named = readNamed(builder, entry);
    if (named === null) return null;
    if (names.has(named.name)) return fail(`two layers are called ${quote(named.name)}`);
    names.add(named.name);
    const inbound = property(entry, 'inbound_nodes') ?? [];
    const calls = isList(inbound) ? inbound.map(readCall) : [null];
    const known = calls.filter((call) => call !== null);
    if (known.length !== calls.length) {
      builder.fail(
        'unsupported-operator',
        named.name,
        'the layer is called in a way not understood',
      );
      return null;
    }
    const nested = networkClasses.has(named.className);
    const network = nested ? readNetwork(builder, entry, depth + 1) : null;
    if (nested && network === null) return null;
    layers.push({ ...named, calls: known, network });
  }
  if (className === 'Sequential') return chain(config, layers);
  const inputs = readReferences(config.input_layers);
  const outputs = readReferences(config.output_layers);
  if (inputs === null || outputs === null) return fail('its inputs or outputs are not listed');
  return { layers, inputs, outputs };
}
