/** Certificates and small networks written by hand, without the prover. */
import type { Argument, Rule, Run, Step, Term } from '../../src/certificate/certificate.ts';
import { check } from '../../src/checker/check.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

export function term(tensor: string, more: Partial<Term> = {}): Term {
  return { tensor, channel: 0, scale: 1, half: false, stride: [1, 1], ...more };
}

export function run(rule: Rule, terms: readonly Term[] = [], constant = 0): Run {
  return { first: 0, count: 1, rule, terms, constant };
}

export function step(tensor: string, ...runs: readonly Run[]): Step {
  return { tensor, open: [], runs: runs.map((each, first) => ({ ...each, first })) };
}

export function argument(steps: readonly Step[], more: Partial<Argument> = {}): Argument {
  const { outputs = [[]] } = more;
  return {
    theorems: [],
    inputRange: null,
    maxUlps: 1,
    named: [],
    facts: [],
    steps,
    ...more,
    outputs,
  };
}

/** A network over one channel of 3×3 pixels; `build` makes its output of its input. */
export function network(build: (sketch: Sketch, input: TensorId) => TensorId, channels = 1): Model {
  const sketch = new Sketch();
  return sketch.finish(build(sketch, sketch.input(channels, 3, 3)));
}

interface Weights {
  readonly kernel?: number;
  readonly bias?: number;
  readonly weight?: number;
}

/** A padded convolution, all its weights equal. */
export function conv(sketch: Sketch, name: string, x: TensorId, w: Weights = {}): TensorId {
  const { kernel = 1, bias, weight = 1 } = w;
  const size = { inChannels: 1, outChannels: 1, height: kernel, width: kernel };
  return sketch.conv(
    name,
    x,
    filterFrom(size, () => weight, bias === undefined ? undefined : [bias]),
  );
}

export const relu = (weights: Weights): Model =>
  network((s, x) => s.relu('relu', conv(s, 'conv', x, weights)));

export function accepts(original: Model, converted: Model, certificate: Argument): boolean {
  return check(original, converted, certificate).ok;
}
