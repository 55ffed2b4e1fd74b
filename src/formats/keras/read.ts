/**
 * Reads a tfjs layers-model: a Keras topology in model.json and its weights beside it.
 *
 * Keras is channels-last; kernels are reordered here and the ports remember `nhwc`. Training settings and
 * optimizer state are left out. Files written before tfjs stated a `format` are read as well.
 */
import { ModelBuilder } from '../../model/builder.ts';
import { failed, success, type Result } from '../../model/failure.ts';
import { property } from '../json.ts';
import type { ReadFiles } from '../source.ts';
import { readWeights } from '../tfjs-weights.ts';
import { inline } from './network.ts';
import { readNetwork } from './topology.ts';
import { KerasWeights } from './weights.ts';

/** `json` is the parsed content of the model.json at `path`. */
export async function readLayersModel(path: string, json: unknown): Promise<Result<ReadFiles>> {
  const topology = property(json, 'modelTopology');
  if (topology === undefined) return failed('not-a-model', '', 'there is no modelTopology');
  const builder = new ModelBuilder();
  const declared = property(topology, 'model_config') ?? topology;
  const network = readNetwork(builder, declared);
  if (network === null) return withFailure(builder);
  const stored = await readWeights(path, property(json, 'weightsManifest'));
  if (!stored.ok) return stored;
  const weights = new KerasWeights(stored.value.tensors);
  const version = property(topology, 'keras_version');
  const keras3 = typeof version === 'string' && version.startsWith('3.');
  const inlining = { builder, weights, keras3, batch: null, calls: 0 };
  const outputs = inline(inlining, network, null);
  if (outputs === null) return withFailure(builder);
  weights.checkAllRead(builder);
  for (const [index, { tensor, rank }] of outputs.entries()) {
    const name = network.outputs[index].layer;
    builder.output(name, tensor, rank === 2 ? 'vector' : 'nhwc', inlining.batch);
  }
  const model = builder.finish();
  if (!model.ok) return model;
  return success({ model: model.value, sha256: stored.value.sha256, bytes: stored.value.bytes });
}

function withFailure(builder: ModelBuilder): Result<never> {
  return builder.failure === null
    ? failed('not-a-model', '', 'the model cannot be read')
    : { ok: false, failure: builder.failure };
}
