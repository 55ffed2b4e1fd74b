/**
 * Walks a Keras topology in computable order and hands every call to its layer's translator; models
 * used as layers are inlined, and a layer called several times is added as often.
 */
import type { ModelBuilder } from '../../model/builder.ts';
import { isCount, isList, quote } from '../json.ts';
import { LayerCall, type KerasTensor } from './layer-call.ts';
import { translators } from './layers.ts';
import type { Declaration, Network, Reference } from './topology.ts';
import type { KerasWeights } from './weights.ts';

/** More calls than this is taken for a hostile file: nested models can multiply without end. */
const mostCalls = 100_000;

export interface Inlining {
  readonly builder: ModelBuilder;
  readonly weights: KerasWeights;
  /** Written by Keras 3. */
  readonly keras3: boolean;
  /** The batch the inputs state, or null. */
  batch: number | null;
  /** Calls made so far. */
  calls: number;
}

interface Step {
  readonly declaration: Declaration;
  /** Which of the layer's calls; −1 for an input layer, which is called on nothing. */
  readonly call: number;
}

/** Index into `declaration.calls` of the call a reference means, or null. */
type CallIndex = (reference: Reference) => Step | null;

/**
 * Keras counts a model's own construction as its first call, so calls of nested models start at 1; only
 * models built late, on their first call, start at 0. Which is seen from the references themselves.
 */
function indexCalls(network: Network): CallIndex {
  const byName = new Map(network.layers.map((layer) => [layer.name, layer]));
  const references = [
    ...network.layers.flatMap((layer) => layer.calls.flat()),
    ...network.inputs,
    ...network.outputs,
  ];
  const fromZero = new Set<string>();
  const fromOne = new Set<string>();
  for (const { layer, call } of references) {
    if (call === 0) fromZero.add(layer);
    if (call > 0 && call === byName.get(layer)?.calls.length) fromOne.add(layer);
  }
  return ({ layer, call }) => {
    const declaration = byName.get(layer);
    if (declaration === undefined) return null;
    if (declaration.calls.length === 0) return call === 0 ? { declaration, call: -1 } : null;
    const nested = declaration.network !== null;
    // Both seen, or neither: with several calls there is no telling which is meant.
    if (nested && declaration.calls.length > 1 && fromZero.has(layer) === fromOne.has(layer))
      return null;
    const index = nested && fromOne.has(layer) && call > 0 ? call - 1 : call;
    return index < declaration.calls.length ? { declaration, call: index } : null;
  };
}

function stepKey(step: Step): string {
  return `${step.call}/${step.declaration.name}`;
}

/** All calls, each after the calls it reads, otherwise in the order of the file; null after a failure. */
function order(
  network: Network,
  resolve: CallIndex,
  builder: ModelBuilder,
): readonly Step[] | null {
  const state = new Map<string, 'open' | 'done'>();
  const ordered: Step[] = [];
  for (const declaration of network.layers) {
    const own = declaration.calls.length === 0 ? [-1] : declaration.calls.keys();
    for (const call of own) {
      const stack: Step[] = [{ declaration, call }];
      for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
        const key = stepKey(step);
        const seen = state.get(key);
        if (seen !== undefined) {
          stack.pop();
          if (seen === 'open') ordered.push(step);
          state.set(key, 'done');
          continue;
        }
        state.set(key, 'open');
        for (const reference of step.declaration.calls[step.call] ?? []) {
          const source = resolve(reference);
          if (source === null) {
            const reason = `reads call ${reference.call} of ${quote(reference.layer)}, which is not there`;
            builder.fail('missing-tensor', step.declaration.name, reason);
            return null;
          }
          const sourceState = state.get(stepKey(source));
          if (sourceState === 'done') continue;
          // What is opened and not done is exactly the path from the first step to this one.
          if (sourceState === 'open') {
            builder.fail('cycle', step.declaration.name, 'the layer reads its own result');
            return null;
          }
          stack.push(source);
        }
      }
    }
  }
  return ordered;
}

/** The shape an input layer declares, and its rank; null after a failure. */
function addInput(inlining: Inlining, declaration: Declaration): KerasTensor | null {
  const { builder } = inlining;
  const { name, config } = declaration;
  const fail = (reason: string): null => {
    builder.fail('bad-shape', name, reason);
    return null;
  };
  const shape = config.batch_input_shape ?? config.batch_shape;
  if (!isList(shape)) return fail('the input has no shape');
  if (config.sparse === true || config.ragged === true) return fail('the input is not dense');
  const dtype = config.dtype ?? 'float32';
  if (dtype !== 'float32') return fail(`the input is ${quote(dtype)}, not float32`);
  const [batch, ...sides] = shape;
  if (batch !== null && !isCount(batch)) return fail(`the batch is ${quote(batch)}`);
  inlining.batch = batch;
  const sizes = sides.filter(isCount);
  if (sizes.length !== sides.length) return fail(`the input's shape ${quote(shape)} is not static`);
  if (sizes.length === 1) {
    const [channels] = sizes;
    return {
      tensor: builder.input(name, { channels, height: 1, width: 1 }, 'vector', batch),
      rank: 2,
    };
  }
  if (sizes.length !== 3)
    return fail(`the input's shape ${quote(shape)} is no image and no vector`);
  const [height, width, channels] = sizes;
  return { tensor: builder.input(name, { channels, height, width }, 'nhwc', batch), rank: 4 };
}

function run(
  inlining: Inlining,
  step: Step,
  find: (reference: Reference) => KerasTensor | null,
): readonly KerasTensor[] | null {
  const { builder, weights, keras3 } = inlining;
  const { declaration, call } = step;
  inlining.calls++;
  if (inlining.calls > mostCalls) {
    builder.fail('too-large', declaration.name, `more than ${mostCalls} layers`);
    return null;
  }
  const inputs: KerasTensor[] = [];
  for (const reference of declaration.calls[call] ?? []) {
    const input = find(reference);
    if (input === null) return null;
    inputs.push(input);
  }
  if (inputs.length === 0) {
    builder.fail('missing-tensor', declaration.name, 'the layer is called on nothing');
    return null;
  }
  if (declaration.network !== null) return inline(inlining, declaration.network, inputs);
  const translate = translators.get(declaration.className);
  if (translate === undefined) {
    const reason = `Keras layer ${quote(declaration.className)} is not supported`;
    builder.fail('unsupported-operator', declaration.name, reason);
    return null;
  }
  return [translate(new LayerCall({ builder, declaration, inputs, weights, keras3 }))];
}

/** Adds the layers of a model that reads `given`, or inputs of its own; null after a failure. */
export function inline(
  inlining: Inlining,
  network: Network,
  given: readonly KerasTensor[] | null,
): readonly KerasTensor[] | null {
  const { builder } = inlining;
  const results = new Map<string, readonly KerasTensor[]>();
  const resolve = indexCalls(network);
  const find = (reference: Reference): KerasTensor | null => {
    const step = resolve(reference);
    const found = step === null ? undefined : results.get(stepKey(step))?.[reference.result];
    if (found === undefined) {
      builder.fail('missing-tensor', reference.layer, 'its result is read but not computed');
      return null;
    }
    return found;
  };
  for (const [index, reference] of network.inputs.entries()) {
    const step = resolve(reference);
    if (step === null) {
      builder.fail('missing-tensor', reference.layer, 'the input is not there');
      return null;
    }
    if (step.declaration.className !== 'InputLayer') {
      builder.fail('not-a-model', reference.layer, 'an input of the model is no input layer');
      return null;
    }
    const tensor = given === null ? addInput(inlining, step.declaration) : given[index];
    if (tensor === null) return null;
    if (tensor === undefined) {
      builder.fail(
        'bad-shape',
        reference.layer,
        'the model is called on fewer tensors than it reads',
      );
      return null;
    }
    results.set(stepKey(step), [tensor]);
  }
  const steps = order(network, resolve, builder);
  if (steps === null) return null;
  for (const step of steps) {
    if (results.has(stepKey(step))) continue;
    const result = run(inlining, step, find);
    if (result === null || builder.failure !== null) return null;
    results.set(stepKey(step), result);
  }
  const outputs: KerasTensor[] = [];
  for (const reference of network.outputs) {
    const found = find(reference);
    if (found === null) return null;
    outputs.push(found);
  }
  return outputs;
}
