/**
 * Runs a model on one of tfjs's backends, layer by layer.
 *
 * For a single run weights are handed over when their layer runs and dropped with it, so that the peak is the
 * model's activations plus one layer; a model made ready for many runs keeps them. Tensors go after their last
 * reader. tfjs reports what it cannot do by throwing;
 * that is a fact about the runtime, and comes back as a failure that names the layer.
 */
import * as tf from '@tensorflow/tfjs-core';
import { failed, success, type Result } from '../model/failure.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import { lastReaders } from '../model/liveness.ts';
import { shapeOf, type Model } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';
import type { Kernel, Prepared } from './kernel.ts';
import { toChannelMajor, toPixelMajor } from './layout.ts';
import { onBackend, startBackend, type TfjsBackend } from './tfjs-engine.ts';
import { tfjsLayer } from './tfjs-layers.ts';
import { KeptWeights, madeAnew, type Weights } from './tfjs-weights.ts';

type Tensors = Map<TensorId, tf.Tensor4D>;

function dimensions({ height, width, channels }: Shape): [number, number, number, number] {
  return [1, height, width, channels];
}

function compute(layer: Layer, live: Tensors, weights: Weights): Result<tf.Tensor4D> {
  const operands: tf.Tensor4D[] = [];
  for (const input of layer.inputs) {
    const operand = live.get(input);
    if (operand === undefined) {
      return failed('missing-tensor', layer.name, `reads tensor ${input} before it is computed`);
    }
    operands.push(operand);
  }
  try {
    return success(
      tf.tidy(() => {
        const result = tfjsLayer(layer, operands, weights);
        // A layer that does nothing hands its operand back; the result needs a life of its own.
        return operands.includes(result) ? tf.clone(result) : result;
      }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return failed('unsupported-operator', layer.name, `${tf.getBackend()}: ${reason}`);
  }
}

interface Run {
  readonly model: Model;
  readonly inputs: readonly Float32Array[];
  readonly keep: readonly TensorId[];
  readonly weights: Weights;
}

type Results = ReadonlyMap<TensorId, Float32Array>;

function runLayers({ model, inputs, keep, weights }: Run, live: Tensors): Result<Results> {
  const wanted = new Set(keep);
  const results = new Map<TensorId, Float32Array>();
  const last = lastReaders(model);
  const settle = (tensor: TensorId, position: number): void => {
    const value = live.get(tensor);
    if (value === undefined || last[tensor] > position) return;
    value.dispose();
    live.delete(tensor);
  };
  const arrive = (tensor: TensorId, value: tf.Tensor4D, position: number): void => {
    live.set(tensor, value);
    if (wanted.has(tensor)) {
      const floats = Float32Array.from(value.dataSync());
      results.set(tensor, toChannelMajor(floats, shapeOf(model, tensor)));
    }
    settle(tensor, position);
  };
  model.inputs.forEach((port, k) => {
    const shape = shapeOf(model, port.tensor);
    const values = toPixelMajor(inputs[k], shape);
    arrive(port.tensor, tf.tensor4d(values, dimensions(shape)), -1);
  });
  for (const [position, layer] of model.layers.entries()) {
    const value = compute(layer, live, weights);
    if (!value.ok) return value;
    arrive(layer.output, value.value, position);
    for (const input of layer.inputs) settle(input, position);
  }
  return success(results);
}

function runOnce(backend: TfjsBackend, run: Run): Promise<Result<Results>> {
  return onBackend(backend, () => {
    const live: Tensors = new Map();
    try {
      return runLayers(run, live);
    } finally {
      for (const tensor of live.values()) tensor.dispose();
    }
  });
}

class TfjsKernel implements Kernel {
  readonly name: TfjsBackend;

  constructor(name: TfjsBackend) {
    this.name = name;
  }

  run(
    model: Model,
    inputs: readonly Float32Array[],
    keep: readonly TensorId[],
  ): Promise<Result<Results>> {
    return runOnce(this.name, { model, inputs, keep, weights: madeAnew });
  }

  /** The first run hands the weights over; the outputs are read back, so that nothing is left to be done later. */
  prepare(model: Model): Promise<Result<Prepared>> {
    const kept = new KeptWeights();
    const keep = model.outputs.map(({ tensor }) => tensor);
    return Promise.resolve(
      success({
        run: async (inputs) => {
          const done = await runOnce(this.name, { model, inputs, keep, weights: kept.of });
          return done.ok ? success(null) : done;
        },
        close: async () => {
          await onBackend(this.name, () => {
            kept.dispose();
            return success(null);
          });
        },
      }),
    );
  }

  /** The backend belongs to the process and stays: other kernels may be using it. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Errors: `missing-data` when the backend is not installed or does not start. */
export async function openTfjs(backend: TfjsBackend): Promise<Result<Kernel>> {
  const started = await startBackend(backend);
  return started.ok ? success(new TfjsKernel(backend)) : started;
}
