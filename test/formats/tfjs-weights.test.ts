import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeFloats, decodeIntegers, readWeights } from '../../src/formats/tfjs-weights.ts';
import { withFiles } from './keras/saved-model.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Every 16-bit pattern: all binary16 numbers, and all uint16 codes. */
const words = new Uint8Array(Uint16Array.from({ length: 65536 }, (_, i) => i).buffer);
const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
const scale = 0.006666756611244351;
const min = -0.87334511607301;

const encoded = {
  float16: { data: words, spec: { dtype: 'float32', quantization: { dtype: 'float16' } } },
  uint16: {
    data: words,
    spec: { dtype: 'float32', quantization: { dtype: 'uint16', scale, min } },
  },
  uint8: { data: bytes, spec: { dtype: 'float32', quantization: { dtype: 'uint8', scale, min } } },
  float32: { data: words, spec: { dtype: 'float32' } },
  'int32 in uint8': {
    data: bytes,
    spec: { dtype: 'int32', quantization: { dtype: 'uint8', scale: 3.3, min: -7.5 } },
  },
  int32: { data: bytes, spec: { dtype: 'int32' } },
  bool: { data: bytes, spec: { dtype: 'bool' } },
} as const;

function count(name: keyof typeof encoded): number {
  const { data } = encoded[name];
  if (name === 'float32' || name === 'int32') return data.length / 4;
  return name === 'float16' || name === 'uint16' ? data.length / 2 : data.length;
}

describe('weights are decoded to the bits tfjs decodes', () => {
  test.each(Object.keys(encoded) as (keyof typeof encoded)[])('%s', async (name) => {
    const { data, spec } = encoded[name];
    // One byte in front shifts what follows off every alignment.
    const weights = [
      { name: 'one', shape: [1], dtype: 'bool' as const },
      { name: 'w', shape: [count(name)], ...spec },
    ];
    const shard = Buffer.concat([Buffer.from([1]), data]);
    const theirs = tf.io.decodeWeights(new Uint8Array(shard).buffer, weights)['w'];
    // In two shards, split in the middle of a value.
    const files = {
      'model.json': '{}',
      'a.bin': shard.subarray(0, 100),
      'b.bin': shard.subarray(100),
    };
    await withFiles(files, async (path) => {
      const read = await readWeights(path, [{ paths: ['a.bin', 'b.bin'], weights }]);
      if (!read.ok) throw new Error(read.failure.reason);
      const tensor = read.value.tensors.get('w');
      if (tensor === undefined) throw new Error('no such tensor');
      const expected = await theirs.data();
      if (spec.dtype === 'float32') {
        // Typed arrays compare by value with NaN equal to itself, zeros told apart.
        expect(decodeFloats(tensor)).toEqual(expected);
      } else {
        expect(decodeIntegers(tensor)).toEqual(Array.from(expected));
      }
      expect(read.value.bytes).toBe(2 + shard.length);
      const digest = createHash('sha256').update('{}').update(shard).digest('hex');
      expect(read.value.sha256).toBe(digest);
    });
  });
});
