/**
 * Runs a model on onnxruntime, from the bytes our own writer makes of it.
 *
 * Its graph optimiser is off: on, it changes functions (it drops a zero Pad before MaxPool, for one). The
 * tensors wanted back become the outputs of the model that is written. One session for each run: models
 * come and go here, and onnxruntime keeps a copy of the weights for each session.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { writeOnnx } from '../formats/onnx/write.ts';
import { failed, success, type Result } from '../model/failure.ts';
import type { TensorId } from '../model/layer.ts';
import { shapeOf, type Model, type Port } from '../model/model.ts';
import type { Kernel, Prepared } from './kernel.ts';

/** A port in the layout our arrays already have. */
function plainPort(name: string, tensor: TensorId): Port {
  return { name, tensor, layout: 'nchw', batch: 1 };
}

function feedsOf(
  session: InferenceSession,
  model: Model,
  inputs: readonly Float32Array[],
): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  for (const [k, port] of model.inputs.entries()) {
    const { channels, height, width } = shapeOf(model, port.tensor);
    // An input that no layer reads may be missing from the session.
    if (!session.inputNames.includes(port.name)) continue;
    feeds[port.name] = new Tensor('float32', inputs[k], [1, channels, height, width]);
  }
  return feeds;
}

async function execute(
  model: Model,
  inputs: readonly Float32Array[],
): Promise<Result<readonly Float32Array[]>> {
  const bytes = writeOnnx(model);
  if (!bytes.ok) return bytes;
  let session: InferenceSession | null = null;
  try {
    session = await InferenceSession.create(bytes.value, {
      graphOptimizationLevel: 'disabled',
      executionProviders: ['cpu'],
      logSeverityLevel: 3,
    });
    const fetched = await session.run(feedsOf(session, model, inputs));
    const results: Float32Array[] = [];
    for (const port of model.outputs) {
      const data = fetched[port.name]?.data;
      if (!(data instanceof Float32Array)) {
        return failed('missing-tensor', port.name, 'onnxruntime returns no such float32 output');
      }
      results.push(data);
    }
    return success(results);
  } catch (error) {
    return failed('unsupported-operator', '', `onnxruntime: ${reasonOf(error)}`);
  } finally {
    await session?.release();
  }
}

/** A model with ports our arrays fit. */
function plain(model: Model): Model {
  const ports = (own: readonly Port[]): readonly Port[] =>
    own.map(({ name, tensor }) => plainPort(name, tensor));
  return { ...model, inputs: ports(model.inputs), outputs: ports(model.outputs) };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}

/** Optimised as it would be where it is used; what it computes is looked at elsewhere, with the optimiser off. */
async function prepare(given: Model): Promise<Result<Prepared>> {
  const model = plain(given);
  const bytes = writeOnnx(model);
  if (!bytes.ok) return bytes;
  try {
    const session = await InferenceSession.create(bytes.value, {
      executionProviders: ['cpu'],
      logSeverityLevel: 3,
    });
    return success({
      run: async (inputs) => {
        try {
          await session.run(feedsOf(session, model, inputs));
          return success(null);
        } catch (error) {
          return failed('unsupported-operator', '', `onnxruntime: ${reasonOf(error)}`);
        }
      },
      close: () => session.release(),
    });
  } catch (error) {
    return failed('unsupported-operator', '', `onnxruntime: ${reasonOf(error)}`);
  }
}

const onnxruntime: Kernel = {
  name: 'onnxruntime',
  prepare,

  async run(model, inputs, keep) {
    const results = new Map<TensorId, Float32Array>();
    const given = new Map(model.inputs.map((port, k) => [port.tensor, inputs[k]]));
    const computed: TensorId[] = [];
    for (const tensor of new Set(keep)) {
      const input = given.get(tensor);
      // A graph's input cannot be its output as well.
      if (input === undefined) computed.push(tensor);
      else results.set(tensor, input.slice());
    }
    if (computed.length === 0) return success(results);
    const exposed: Model = {
      ...model,
      inputs: model.inputs.map((port) => plainPort(port.name, port.tensor)),
      outputs: computed.map((tensor) => plainPort(`kept_${tensor}`, tensor)),
    };
    const values = await execute(exposed, inputs);
    if (!values.ok) return values;
    computed.forEach((tensor, k) => results.set(tensor, values.value[k]));
    return success(results);
  },

  close: () => Promise.resolve(),
};

export function openOnnxruntime(): Promise<Result<Kernel>> {
  return Promise.resolve(success(onnxruntime));
}
