/** Networks on one value, an image of a single pixel, and the layers they are made of. */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import type { ModelBuilder } from '../../../src/model/builder.ts';
import type { Identity, Networks } from '../identity.ts';
import { network } from '../layer-networks.ts';
import type { Letters } from '../letters.ts';

/** Draws layers behind a tensor; gives their result. */
export type Draw = (builder: ModelBuilder, x: number) => number;

const wiring = { name: 'layer', inputs: [0] };

/** One layer. */
export const layer =
  (spec: LayerSpec): Draw =>
  (builder, x) =>
    builder.add({ ...spec, inputs: [x] });

export const relu: Draw = layer({ ...wiring, kind: 'relu' });

export function scale(factor: number): Draw {
  return layer({
    ...wiring,
    kind: 'scale',
    operation: 'multiply',
    factor: Float32Array.of(factor),
  });
}

/** A layer that changes nothing. */
export const nothing: Draw = scale(1);

export function translate(addend: number): Draw {
  return layer({ ...wiring, kind: 'translate', addend: Float32Array.of(addend) });
}

/** min(max(t, lower), upper): one layer, or two where the bounds are not in order. */
export function clip(lower: number, upper: number): Draw {
  const between = (l: number, h: number): Draw =>
    layer({ ...wiring, kind: 'clip', lower: Float32Array.of(l), upper: Float32Array.of(h) });
  return lower <= upper
    ? between(lower, upper)
    : sequence(between(lower, Infinity), between(-Infinity, upper));
}

export function prelu(slope: number): Draw {
  return layer({ ...wiring, kind: 'prelu', slopes: Float32Array.of(slope) });
}

export function leakyRelu(slope: number): Draw {
  return layer({ ...wiring, kind: 'leakyRelu', slope });
}

export function opaque(name: 'hardSigmoid' | 'hardSwish', alpha: number, beta: number): Draw {
  return layer({ ...wiring, kind: 'opaque', function: name, alpha, beta });
}

export function sequence(...draws: readonly Draw[]): Draw {
  return (builder, x) => draws.reduce((last, draw) => draw(builder, last), x);
}

/** Two results of one tensor, put together. */
export function together(kind: 'add' | 'subtract' | 'multiply', left: Draw, right: Draw): Draw {
  return (builder, x) =>
    builder.add({ kind, name: kind, inputs: [left(builder, x), right(builder, x)] });
}

const pixel = { channels: 1, height: 1, width: 1 };

/** Both networks read t. */
function onValue(letters: Letters, original: Draw, converted: Draw): Networks {
  const of = (layers: Draw) => network([pixel], (builder, [x]) => layers(builder, x));
  return {
    original: of(original),
    converted: of(converted),
    inputs: [Float32Array.of(letters.real('t'))],
  };
}

/** An identity of values: its sides, and what its hypotheses determine. */
export function ofValues(of: {
  readonly entry: Identity['entry'];
  readonly determined?: Identity['determined'];
  readonly sides: (letters: Letters) => readonly [original: Draw, converted: Draw];
}): Identity {
  const { entry, determined, sides } = of;
  return {
    entry,
    sizes: fc.constant({}),
    images: ['t'],
    ...(determined === undefined ? {} : { determined }),
    networks: (letters) => onValue(letters, ...sides(letters)),
    runs: 20,
  };
}

/** The letter's magnitude. */
export function size(letters: Letters, name: string): number {
  return Math.abs(letters.real(name));
}
