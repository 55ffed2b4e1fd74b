/** Keras layers of several inputs. More than two are merged from the left, as Keras adds them up. */
import type { Elementwise, TensorId } from '../../model/layer.ts';
import { quote } from '../json.ts';
import type { KerasTensor, LayerCall } from './layer-call.ts';

function commonRank(call: LayerCall): 2 | 4 {
  const rank = call.inputs[0]?.rank ?? 4;
  if (call.inputs.length < 2) call.fail('bad-shape', 'merges fewer than two tensors');
  // Keras lines such axes up by a rule of its own.
  if (call.inputs.some((input) => input.rank !== rank)) call.unsupported('images with vectors');
  return rank;
}

function merge(kind: Elementwise['kind'], most = Infinity): (call: LayerCall) => KerasTensor {
  return (call) => {
    const rank = commonRank(call);
    if (call.inputs.length > most) call.fail('bad-shape', `merges more than ${most} tensors`);
    let result: TensorId = call.inputs[0]?.tensor ?? 0;
    for (const [index, { tensor }] of call.inputs.entries()) {
      if (index === 0) continue;
      const part = index === call.inputs.length - 1 ? {} : { part: String(index) };
      result = call.add({ kind }, { inputs: [result, tensor], ...part });
    }
    return { tensor: result, rank };
  };
}

export const add = merge('add');
export const subtract = merge('subtract', 2);
export const multiply = merge('multiply');

export function concatenate(call: LayerCall): KerasTensor {
  const rank = commonRank(call);
  const axis = call.config.axis ?? -1;
  if (!call.isChannelAxis(axis, rank)) call.unsupported(`axis ${quote(axis)}`);
  const inputs = call.inputs.map((input) => input.tensor);
  return { tensor: call.add({ kind: 'concat' }, { inputs }), rank };
}
