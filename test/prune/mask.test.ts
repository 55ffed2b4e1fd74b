/** A masked channel holds what is said of it where it reaches the activation, and nothing else is changed. */
import { describe, expect, test } from 'vitest';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { maskedModel, maskings } from '../../src/prune/mask.ts';
import { findSites, type Site } from '../../src/prune/site.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { randomInputs } from '../blocks/support.ts';
import { norm, Sketch } from './support.ts';

type Run = (s: Sketch, x: TensorId) => TensorId;

const scale = [1, -0.5, 0.75];
const offset = [0.5, 2, -0.25];
/** The convolution's own, of channel 1. */
const bias = 0.375;

function addend(s: Sketch, name: string, input: TensorId, ...values: number[]): TensorId {
  return s.builder.add({
    kind: 'translate',
    name,
    inputs: [input],
    addend: Float32Array.from(values),
  });
}

/** What stands between a convolution and its ReLU, and what γ = 0 leaves of channel 1. */
const runs: readonly (readonly [string, Run, number])[] = [
  ['nothing', (_, x) => x, bias],
  ['one number added to all', (s, x) => addend(s, 't', x, 3), 3 + bias],
  ['a batch norm', (s, x) => norm(s, 'bn', x, { scale, offset }), 2],
  [
    'a batch norm, then a number added to each channel',
    (s, x) => addend(s, 't', norm(s, 'bn', x, { scale, offset }), 1, 4, 9),
    6,
  ],
  [
    'a number added, a batch norm, and a factor',
    (s, x) => {
      const inner = norm(s, 'bn', addend(s, 't', x, 3), { scale, offset });
      const spec = { kind: 'scale', operation: 'divide', factor: Float32Array.of(4) } as const;
      return s.builder.add({ ...spec, name: 's', inputs: [inner] });
    },
    0.5,
  ],
];

describe.each(runs)('behind a convolution: %s', (_, run, left) => {
  const s = new Sketch(9);
  const input = s.input({ channels: 2, height: 3, width: 4 });
  const x = run(s, s.conv('conv', input, 3, { kernel: 3, bias: true }));
  const drawn = s.done(s.conv('next', s.relu('relu', x), 2));
  const model: Model = {
    ...drawn,
    layers: drawn.layers.map((layer) =>
      layer.kind === 'conv' && layer.name === 'conv'
        ? { ...layer, bias: Float32Array.of(-1, bias, 2) }
        : layer,
    ),
  };
  const [site] = findSites(model);
  const pixels = 12;

  function valuesAt(end: TensorId, of: Model): Float64Array {
    const inputs = randomInputs(of, 4, 3);
    return evaluate(of, inputs, { keep: [end] }).values.get(end) ?? new Float64Array(0);
  }

  test.each(maskings)('masked to %s', (masking) => {
    expect(site.end).toBe(x);
    const masks = new Map<Site, Uint8Array>([[site, Uint8Array.of(0, 1, 0)]]);
    const before = valuesAt(x, model);
    const after = valuesAt(x, maskedModel(model, masks, masking));
    const wanted = masking === 'zero' ? 0 : left;
    expect(after.subarray(pixels, 2 * pixels).every((value) => value === wanted)).toBe(true);
    expect(after.subarray(0, pixels)).toEqual(before.subarray(0, pixels));
    expect(after.subarray(2 * pixels)).toEqual(before.subarray(2 * pixels));
  });
});
