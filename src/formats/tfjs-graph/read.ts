/**
 * Reads a tfjs graph-model: a frozen TensorFlow graph in model.json and its constants beside it.
 *
 * Only what the outputs need is read. All images of a graph share one order of axes, NHWC or NCHW, and
 * kernels are reordered here. Control flow, variables and look-up tables are not understood.
 */
import { ModelBuilder } from '../../model/builder.ts';
import { failed, success, type Result } from '../../model/failure.ts';
import { property } from '../json.ts';
import type { ReadFiles } from '../source.ts';
import { readWeights } from '../tfjs-weights.ts';
import { readGraph } from './graph.ts';
import { addGraph } from './walk.ts';

/** `json` is the parsed content of the model.json at `path`. */
export async function readGraphModel(path: string, json: unknown): Promise<Result<ReadFiles>> {
  const topology = property(json, 'modelTopology');
  if (topology === undefined) return failed('not-a-model', '', 'there is no modelTopology');
  const metadata = property(json, 'userDefinedMetadata');
  const signature = property(metadata, 'signature') ?? property(json, 'signature');
  const builder = new ModelBuilder();
  const graph = readGraph(builder, topology, signature);
  if (graph !== null) {
    const stored = await readWeights(path, property(json, 'weightsManifest'));
    if (!stored.ok) return stored;
    addGraph(builder, graph, stored.value.tensors);
    const model = builder.finish();
    if (!model.ok) return model;
    return success({ model: model.value, sha256: stored.value.sha256, bytes: stored.value.bytes });
  }
  return builder.failure === null
    ? failed('not-a-model', '', 'the graph cannot be read')
    : { ok: false, failure: builder.failure };
}
