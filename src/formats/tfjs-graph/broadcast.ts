/** Constants that broadcast against a tensor: understood where they say one thing, or one per channel. */
import { decodeFloats } from '../tfjs-weights.ts';
import type { ConstantValue, TensorValue } from './constants.ts';
import type { NodeCall } from './node-call.ts';

/** Entries of the constant, one in all or one per channel; null after a failure. */
export function perChannelConstant(
  call: NodeCall,
  constant: ConstantValue,
  against: TensorValue,
): Float32Array | null {
  const { rank } = against;
  const { channels } = call.shape(against);
  const { shape } = constant;
  const printed = `${constant.stored.name} of ${shape.join('×')}`;
  if (shape.length > rank) {
    call.unsupported(`constant ${printed} adds an axis`);
    return null;
  }
  // Shapes are aligned at their last axes.
  const axis = call.channelAxis(rank) - (rank - shape.length);
  const elsewhere = shape.some((extent, i) => i !== axis && extent !== 1);
  const entries = shape[axis] ?? 1;
  if (elsewhere || (entries !== 1 && entries !== channels)) {
    call.unsupported(`constant ${printed} differs from pixel to pixel`);
    return null;
  }
  return decodeFloats(constant.stored);
}
