/** Gemm and MatMul by constant weights. */
import { isVector } from '../../../model/shape.ts';
import { isWhole, whole, type Activation } from '../axes.ts';
import type { Constant } from '../constant.ts';
import type { NodeReader, Value } from '../node-reader.ts';
import { vectorInput } from './layout.ts';

/** Weights as outputs × inputs: as they are, or transposed into a copy. Null after a failure. */
function outputsByInputs(
  node: NodeReader,
  weight: Constant,
  transpose: boolean,
): Float32Array | null {
  const [rows, columns] = weight.dims;
  const values = weight.values as Float32Array;
  if (!transpose) return values;
  if (!node.allocate(values.length)) return null;
  const out = new Float32Array(values.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c];
  }
  return out;
}

/** factor · values, null where float32 cannot hold a product exactly. */
function exactProduct(node: NodeReader, values: Float32Array, factor: number): Float32Array | null {
  if (factor === 1) return values;
  if (!node.allocate(values.length)) return null;
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = values[i] * factor;
    if (out[i] !== values[i] * factor) return null;
  }
  return out;
}

/** One addend per feature, or null with a failure; `C` of Gemm broadcasts over the batch. */
function addendOf(node: NodeReader, constant: Constant, features: number): Float32Array | null {
  const { dims, values } = constant;
  const perFeature = dims.length >= 1 && dims.at(-1) === features && values.length === features;
  if (dims.length > 2 || (!perFeature && values.length !== 1)) {
    node.unsupported(`an addend of shape ${dims.join('×')} for ${features} features`);
    return null;
  }
  const floats = values as Float32Array;
  if (floats.length === features) return floats;
  return !node.allocate(features) ? null : new Float32Array(features).fill(floats[0]);
}

/**
 * y = alpha · x · W + beta · c. Where a factor does not go into the weights exactly it stays a layer of
 * its own; the function is the same real function either way.
 */
export function gemm(node: NodeReader): readonly Value[] {
  const input = node.activation(0);
  const weight = node.floats(1);
  const constant = node.hasInput(2) ? node.floats(2) : null;
  const alpha = node.float('alpha', 1);
  const beta = node.float('beta', 1);
  const transA = node.int('transA', 0) !== 0;
  const transB = node.int('transB', 0) !== 0;
  if (input === null || weight === null) return [];
  if (weight.dims.length !== 2 || input.axes.length !== 2)
    return node.fail('bad-shape', 'its ranks');
  const turned = transA ? { ...input, axes: input.axes.toReversed() } : input;
  const value = vectorInput(node, turned);
  if (value === null) return [];
  const [inChannels, outChannels] = transB ? weight.dims.toReversed() : weight.dims;
  if (inChannels !== node.shape(value).channels) {
    return node.fail('bad-shape', `weights for ${inChannels} features`);
  }
  const byOutput = outputsByInputs(node, weight, !transB);
  const addend = constant === null ? null : addendOf(node, constant, outChannels);
  if (byOutput === null || (constant !== null && addend === null)) return [];
  const layer = { kind: 'dense', inputs: [value.tensor], outChannels } as const;
  const scaledWeight = exactProduct(node, byOutput, alpha);
  const scaledAddend = addend === null ? null : exactProduct(node, addend, beta);
  const inexact = scaledWeight === null || (addend !== null && scaledAddend === null);
  const tensor = inexact
    ? scaledByLayers(
        node,
        node.add({ ...layer, weight: byOutput, bias: null }),
        addend,
        alpha,
        beta,
      )
    : node.add({ ...layer, weight: scaledWeight, bias: scaledAddend });
  return [node.laid(tensor, ['n', 'c'])];
}

/** ((alpha · product) / beta + c) · beta, each factor a layer. */
function scaledByLayers(
  node: NodeReader,
  product: number,
  addend: Float32Array | null,
  alpha: number,
  beta: number,
): number {
  const times = (tensor: number, operation: 'multiply' | 'divide', factor: number): number =>
    node.add({ kind: 'scale', inputs: [tensor], operation, factor: Float32Array.of(factor) });
  const scaled = alpha === 1 ? product : times(product, 'multiply', alpha);
  if (addend === null || beta === 0) return scaled;
  const reduced = beta === 1 ? scaled : times(scaled, 'divide', beta);
  const moved = node.add({ kind: 'translate', inputs: [reduced], addend });
  return beta === 1 ? moved : times(moved, 'multiply', beta);
}

/** x · W over the last axis: a dense layer of a vector, a 1×1 convolution of an image laid channels last. */
export function matMul(node: NodeReader): readonly Value[] {
  const input = node.activation(0);
  const weight = node.floats(1);
  if (input === null || weight === null) return [];
  if (weight.dims.length !== 2) return node.unsupported(`weights of ${weight.dims.length} axes`);
  const [inChannels, outChannels] = weight.dims;
  const value: Activation | null = input.axes.length === 2 ? vectorInput(node, input) : input;
  if (value === null) return [];
  const shape = node.shape(value);
  const last = value.axes.at(-1);
  if (last === undefined || !isWhole(last, 'c', shape)) {
    return node.unsupported('its last axis is not the channels');
  }
  if (shape.channels !== inChannels) return node.fail('bad-shape', `weights for ${inChannels}`);
  const byOutput = outputsByInputs(node, weight, true);
  if (byOutput === null) return [];
  const layer = { inputs: [value.tensor], weight: byOutput, bias: null, outChannels } as const;
  const one = { y: 1, x: 1 };
  const tensor = isVector(shape)
    ? node.add({ ...layer, kind: 'dense' })
    : node.add({
        ...{ ...layer, kind: 'conv', kernel: one, groups: 1, strides: one, dilations: one },
        pads: { top: 0, left: 0, bottom: 0, right: 0 },
      });
  return [{ ...value, tensor, axes: value.axes.with(-1, whole('c', outChannels)) }];
}
