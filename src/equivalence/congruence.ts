/**
 * Layers that are letter for letter the same, applied to the same tensors, compute the same tensor.
 *
 * This makes a model equal to itself exactly, whatever layers it has, and spares the numbering of a common
 * beginning. Parameters are compared bit for bit (0 and −0 count as different; that only misses a chance).
 */
import { parameterArrays, type Layer } from '../model/layer.ts';

function sameArray(a: Float32Array, b: Float32Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  const x = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const y = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  return Buffer.compare(x, y) === 0;
}

/** Everything but parameters, names and wiring, as text. */
function attributes(layer: Layer): string {
  switch (layer.kind) {
    case 'conv': {
      const { kernel, groups, strides, dilations, pads, outChannels, bias } = layer;
      return JSON.stringify([kernel, groups, strides, dilations, pads, outChannels, bias === null]);
    }
    case 'dense':
      return JSON.stringify([layer.outChannels, layer.bias === null]);
    case 'batchNorm':
      return String(layer.epsilon);
    case 'scale':
      return layer.operation;
    case 'select':
      return layer.channels.join(',');
    case 'pad':
      return JSON.stringify([layer.pads, layer.value]);
    case 'leakyRelu':
      return String(layer.slope);
    case 'maxPool':
      return JSON.stringify([layer.kernel, layer.strides, layer.dilations, layer.pads]);
    case 'averagePool':
      return JSON.stringify([layer.kernel, layer.strides, layer.pads, layer.countIncludePad]);
    case 'flatten':
      return layer.order;
    case 'opaque':
      return JSON.stringify([layer.function, layer.alpha, layer.beta]);
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'concat':
    case 'translate':
    case 'relu':
    case 'clip':
    case 'prelu':
    case 'globalAveragePool':
      return '';
  }
}

interface Entry<T> {
  readonly layer: Layer;
  readonly inputs: readonly T[];
  readonly result: T;
}

/** Remembers layers with their inputs; finds the result of an identical layer on identical inputs. */
export class Congruence<T> {
  /** By the first input, then by what the layer is: a network has thousands of one kind. */
  readonly #entries = new Map<T, Map<string, Entry<T>[]>>();

  find(layer: Layer, inputs: readonly T[]): T | null {
    const own = parameterArrays(layer);
    for (const entry of this.#entries.get(inputs[0])?.get(this.#key(layer)) ?? []) {
      if (entry.inputs.length !== inputs.length) continue;
      if (!entry.inputs.every((t, i) => t === inputs[i])) continue;
      const other = parameterArrays(entry.layer);
      if (other.length === own.length && own.every((a, i) => sameArray(a, other[i]))) {
        return entry.result;
      }
    }
    return null;
  }

  remember(layer: Layer, inputs: readonly T[], result: T): void {
    const key = this.#key(layer);
    const known = this.#entries.get(inputs[0]) ?? new Map<string, Entry<T>[]>();
    this.#entries.set(inputs[0], known);
    const entries = known.get(key);
    const entry = { layer, inputs, result };
    if (entries === undefined) known.set(key, [entry]);
    else entries.push(entry);
  }

  #key(layer: Layer): string {
    return `${layer.kind} ${attributes(layer)}`;
  }
}
