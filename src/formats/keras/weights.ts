/**
 * Which weights of the file belong to which layer, by name: `layer/weight`.
 *
 * Strict both ways, because a weight that silently stays unread is a known way of shipping a wrong
 * network: a weight a layer needs must be there in the layer's shape, no weight serves two layers, and at
 * the end every float weight outside the optimizer's group must have been read.
 */
import type { ModelBuilder } from '../../model/builder.ts';
import { decodeFloats, type StoredTensor } from '../tfjs-weights.ts';
import type { LayerCall } from './layer-call.ts';
import type { Declaration } from './topology.ts';

/** The axes and the order a layer wants a weight in. */
interface Wanted {
  readonly shape: readonly number[];
  readonly transpose?: (values: Float32Array, shape: readonly number[]) => Float32Array;
}

export class KerasWeights {
  readonly #tensors = new Map<string, StoredTensor>();
  readonly #read = new Map<
    string,
    { readonly owner: Declaration; readonly values: Float32Array }
  >();

  constructor(tensors: ReadonlyMap<string, StoredTensor>) {
    for (const [name, tensor] of tensors) this.#tensors.set(name, tensor);
    // TensorFlow 2.2 and later write layer/cell/weight; tfjs drops the name in the middle.
    const shortened = new Map<string, StoredTensor | null>();
    for (const [name, tensor] of tensors) {
      const parts = name.split('/');
      const short = [...parts.slice(0, -2), ...parts.slice(-1)].join('/');
      if (parts.length > 2) shortened.set(short, shortened.has(short) ? null : tensor);
    }
    for (const [short, tensor] of shortened) {
      if (tensor !== null && !this.#tensors.has(short)) this.#tensors.set(short, tensor);
    }
  }

  read(call: LayerCall, weight: string, wanted: Wanted): Float32Array {
    const tensor = this.#tensors.get(`${call.name}/${weight}`);
    if (tensor === undefined) {
      call.fail('missing-data', `the file has no weight ${call.name}/${weight}`);
      return new Float32Array(0);
    }
    const known = this.#read.get(tensor.name);
    if (known !== undefined) {
      if (known.owner !== call.declaration)
        call.fail('bad-value', `two layers read ${tensor.name}`);
      return known.values;
    }
    const { shape } = wanted;
    if (tensor.shape.length !== shape.length || tensor.shape.some((n, i) => n !== shape[i])) {
      call.fail('bad-shape', `${tensor.name} is ${tensor.shape.join('×')}, not ${shape.join('×')}`);
      return new Float32Array(0);
    }
    if (tensor.dtype !== 'float32') {
      call.fail('bad-attribute', `${tensor.name} is ${tensor.dtype}, not float32`);
      return new Float32Array(0);
    }
    const stored = decodeFloats(tensor);
    const values = wanted.transpose === undefined ? stored : wanted.transpose(stored, shape);
    this.#read.set(tensor.name, { owner: call.declaration, values });
    return values;
  }

  /** Fails for the first weight that no layer has read. */
  checkAllRead(builder: ModelBuilder): void {
    for (const { name, dtype, group } of this.#tensors.values()) {
      if (dtype !== 'float32' || group === 'optimizer' || this.#read.has(name)) continue;
      builder.fail('bad-value', name, 'no layer reads this weight');
      return;
    }
  }
}
