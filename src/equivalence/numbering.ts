/**
 * Affine value numbering of one model (formal-core §5): layer by layer, every channel to its value.
 */
import { perChannel, type Layer } from '../model/layer.ts';
import { lastReaders } from '../model/liveness.ts';
import { shapeOf, type Model } from '../model/model.ts';
import { Congruence } from './congruence.ts';
import { nothing } from './constant.ts';
import { zeroForm, type Form } from './form.ts';
import { Interner, type InternerOptions } from './interner.ts';
import { clip, leaky, relu } from './activations.ts';
import { activate, opaque } from './rules/activation.ts';
import { convolve } from './rules/convolution.ts';
import { batchNorm, concat, elementwise, scale, select, translate } from './rules/elementwise.ts';
import { maxPool } from './rules/max-pool.ts';
import { averagePool, flatten, globalAverage, pad } from './rules/pooling.ts';
import { one } from './scale.ts';
import { domain, type Domain } from './shift.ts';
import { Table } from './table.ts';
import { Tensor, type Context } from './tensor.ts';
import { Trace } from './trace.ts';
import type { Side } from './value.ts';

function applyRule(
  context: Context,
  layer: Layer,
  inputs: readonly Tensor[],
  shape: { readonly channels: number; readonly domain: Domain },
): Tensor {
  const [input] = inputs;
  const to = shape.domain;
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return convolve(context, input, layer, to);
    case 'batchNorm':
      return batchNorm(context, input, layer);
    case 'scale':
      return scale(context, input, layer);
    case 'translate':
      return translate(context, input, layer.addend);
    case 'add':
    case 'subtract':
    case 'multiply':
      return elementwise(context, inputs, layer, shape);
    case 'concat':
      return concat(context, inputs);
    case 'select':
      return select(context, input, layer);
    case 'pad':
      return pad(context, input, layer, to);
    case 'relu':
      return activate(context, input, () => relu);
    case 'clip':
      return activate(context, input, (c) =>
        clip(perChannel(layer.lower, c), perChannel(layer.upper, c)),
      );
    case 'leakyRelu':
      return activate(context, input, () => leaky(layer.slope));
    case 'prelu':
      return activate(context, input, (c) => leaky(perChannel(layer.slopes, c)));
    case 'maxPool':
      return maxPool(context, input, layer, to);
    case 'averagePool':
      return averagePool(context, input, layer, to);
    case 'globalAveragePool':
      return globalAverage(context, input, to);
    case 'flatten':
      return flatten(context, input, layer, to);
    case 'opaque':
      return opaque(context, input, layer);
  }
}

export class Numbering {
  readonly interner: Interner;
  readonly #congruence = new Congruence<Tensor>();
  readonly maxUlps: number;
  readonly #traces: Record<Side, Trace> | null;
  #inputs: readonly Tensor[] | null = null;

  /** A thorough numbering also keeps a trace of both models, and so does one that is watched. */
  constructor(options: InternerOptions & { readonly watched?: boolean }) {
    this.maxUlps = options.maxUlps;
    const { watched = false } = options;
    this.#traces =
      options.thorough || watched ? { original: new Trace(), converted: new Trace() } : null;
    this.interner = new Interner({ table: new Table(), ...options });
    if (watched) this.interner.steps.watch();
  }

  /** What became of each tensor; null unless the numbering was thorough or watched. */
  trace(side: Side): Trace | null {
    return this.#traces === null ? null : this.#traces[side];
  }

  /** Numbers a model and returns its outputs. The original goes first, the converted model second. */
  number(model: Model, side: Side): readonly Tensor[] {
    this.interner.allowance.enter(side);
    const tensors: Tensor[] = [];
    const waiting = new Int32Array(model.tensors.length);
    for (const layer of model.layers) for (const input of layer.inputs) waiting[input] += 1;
    for (const { tensor } of model.outputs) waiting[tensor] += 1;
    const inputs = this.#inputTensors(model, side);
    const trace = this.trace(side);
    for (const [index, port] of model.inputs.entries()) {
      tensors[port.tensor] = inputs[index];
      trace?.input(port.name, port.tensor, inputs[index]);
    }
    const last = lastReaders(model);
    for (const { tensor } of model.outputs) last[tensor] = model.layers.length;
    for (const [position, layer] of model.layers.entries()) {
      const read = layer.inputs.map((t) => tensors[t]);
      for (const t of layer.inputs) if (last[t] === position) delete tensors[t];
      const known = this.#congruence.find(layer, read);
      if (known !== null) {
        this.interner.steps.take('congruent');
        tensors[layer.output] = known;
        trace?.layer(layer, known, this.interner.steps.recent());
        continue;
      }
      const { channels, height, width } = shapeOf(model, layer.output);
      const context: Context = { interner: this.interner, side, layer: layer.name };
      this.interner.steps.take(layer.kind);
      const result = applyRule(context, layer, read, { channels, domain: domain(height, width) });
      if (waiting[layer.output] > 1) result.nameAll();
      if (side === 'original') this.#congruence.remember(layer, read, result);
      tensors[layer.output] = result;
      trace?.layer(layer, result, this.interner.steps.recent());
    }
    return model.outputs.map(({ tensor }) => tensors[tensor]);
  }

  /** Both models read the same inputs. */
  #inputTensors(model: Model, side: Side): readonly Tensor[] {
    this.#inputs ??= model.inputs.map((input, port) => {
      const { channels, height, width } = shapeOf(model, input.tensor);
      const grid = { domain: domain(height, width), stride: { y: 1, x: 1 } };
      const context: Context = { interner: this.interner, side, layer: input.name };
      const forms = Array.from({ length: channels }, (_, channel): Form => {
        const origin = { side, layer: input.name, channel };
        const place = { ...grid, origin };
        const value = this.interner.table.add({ kind: 'input', port, channel }, place);
        const parts = [{ kind: 'value', value, shift: 0, scale: one } as const];
        return { ...zeroForm, parts, constant: nothing };
      });
      return Tensor.ofForms(context, grid, forms);
    });
    return this.#inputs;
  }
}
