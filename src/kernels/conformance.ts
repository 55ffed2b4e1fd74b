/**
 * Whether a kernel computes what the layers of a model mean, judged layer by layer.
 *
 * An error bound for a whole deep network says nothing, so each layer runs alone on the kernel's own
 * activations and is compared with its meaning at the same activations. The difference may be as large
 * as float32 rounding in any order of summation can make it (γ_n·Σ|w||x| for a convolution; see
 * semantics/), and nothing here is tuned. For functions built on eˣ or tanh the allowance presupposes
 * good elementary functions and is measured rather than derived.
 */
import { failed, success, type Result } from '../model/failure.ts';
import type { Layer } from '../model/layer.ts';
import { lastReaders } from '../model/liveness.ts';
import { shapeOf, type Model } from '../model/model.ts';
import { denote, errorBound } from '../semantics/denote.ts';
import type { Operand } from '../semantics/operand.ts';
import { float32, float64 } from '../semantics/rounding.ts';
import type { Kernel } from './kernel.ts';
import { soleLayer } from './sole-layer.ts';

/** The kernel's rounding and, since the meaning is computed in float64, that one's. */
const arithmetic = {
  unitRoundoff: float32.unitRoundoff + float64.unitRoundoff,
  underflow: float32.underflow,
};

export interface Conformance {
  /** Largest observed difference over the allowed one; at most 1 where the kernel conforms. */
  readonly worstRatio: number;
  /** The layer it was observed at; empty for a model without layers. */
  readonly layer: string;
  /** How many layers were compared. */
  readonly layers: number;
  /** Largest observed difference over the allowed one for each layer, in the model's order. */
  readonly ratios: readonly number[];
  /** The two numbers it is made of, at the value of the layer's result where it is largest. */
  readonly observed: readonly number[];
  readonly allowed: readonly number[];
}

/** At one value of a layer's result. */
interface Deviation {
  readonly ratio: number;
  readonly observed: number;
  readonly allowed: number;
}

/**
 * Where |observed − meaning| / allowed is largest in the layer's result, whose meaning is taken at `operands`;
 * the first value where nothing differs. One that is not a number, or infinite where the meaning is not,
 * counts as infinitely far off.
 */
function worstDeviation(
  layer: Layer,
  operands: readonly Operand[],
  observed: { readonly shape: Operand['shape']; readonly values: Float32Array },
): Deviation {
  const meaning = denote(layer, operands, observed.shape);
  const allowed = errorBound(layer, operands, observed.shape, arithmetic);
  const difference = (k: number): number => Math.abs(observed.values[k] - meaning[k]);
  // A kernel may flush a subnormal result to zero even where it computes nothing.
  const limit = (k: number): number => Math.max(allowed[k], arithmetic.underflow);
  let worst = 0;
  let at = 0;
  for (let k = 0; k < meaning.length; k++) {
    const off = difference(k);
    if (off === 0) continue;
    const ratio = off / limit(k);
    if (ratio <= worst) continue;
    worst = Number.isNaN(ratio) ? Infinity : ratio;
    at = k;
    if (worst === Infinity) break;
  }
  return { ratio: worst, observed: difference(at), allowed: limit(at) };
}

/**
 * Runs every layer of the model on the kernel and compares it with its meaning.
 * `inputs`: one array per `model.inputs`, channel-major. Errors: whatever the kernel reports.
 */
export async function measureConformance(options: {
  readonly model: Model;
  readonly kernel: Kernel;
  readonly inputs: readonly Float32Array[];
}): Promise<Result<Conformance>> {
  const { model, kernel, inputs } = options;
  const live = new Map(model.inputs.map((port, k) => [port.tensor, inputs[k]]));
  const last = lastReaders(model);
  const deviations: Deviation[] = [];
  let worstRatio = 0;
  let worstLayer = model.layers.length > 0 ? model.layers[0].name : '';
  for (const [position, layer] of model.layers.entries()) {
    const sole = soleLayer(model, layer);
    const activations: Float32Array[] = [];
    for (const port of sole.inputs) {
      const values = live.get(port.tensor);
      if (values === undefined) {
        return failed('missing-tensor', layer.name, 'reads a tensor before it is computed');
      }
      activations.push(values);
    }
    const run = await kernel.run(sole, activations, [layer.output]);
    if (!run.ok) return run;
    const values = run.value.get(layer.output);
    if (values === undefined) return failed('missing-tensor', layer.name, 'gives no result');
    const operands = layer.inputs.map((tensor) => ({
      shape: shapeOf(model, tensor),
      values: Float64Array.from(live.get(tensor) ?? []),
      errors: null,
    }));
    const result = { shape: shapeOf(model, layer.output), values };
    const deviation = worstDeviation(layer, operands, result);
    deviations.push(deviation);
    if (deviation.ratio > worstRatio) {
      worstRatio = deviation.ratio;
      worstLayer = layer.name;
    }
    live.set(layer.output, values);
    for (const tensor of [...layer.inputs, layer.output]) {
      if (last[tensor] <= position) live.delete(tensor);
    }
  }
  return success({
    worstRatio,
    layer: worstLayer,
    layers: model.layers.length,
    ratios: deviations.map(({ ratio }) => ratio),
    observed: deviations.map(({ observed }) => observed),
    allowed: deviations.map(({ allowed }) => allowed),
  });
}
