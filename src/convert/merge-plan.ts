/**
 * Linear branches from one tensor as one convolution: planned on linear maps, before the draft changes.
 *
 * Where the only thing in the way is a bias ahead of padding (the border of an image then sees less of it than the
 * middle), it is written exactly all the same: a 1×1 convolution passes the image on with a channel of ones beside
 * it, and the convolution reads the bias there, which padding cuts off as it did before.
 */
import { parameterArrays, type TensorId } from '../model/layer.ts';
import { elements, type Shape } from '../model/shape.ts';
import { identityConv, type Draft, type DraftConv, type DraftLayer } from './draft.ts';
import { throughLayer, type LinearLayer } from './linear-layer.ts';
import {
  identityStencil,
  refused,
  selected,
  summed,
  type Refused,
  type Stencil,
  type StencilResult,
} from './stencil.ts';
import { convolutionOf } from './stencil-conv.ts';

/** Branches that are one convolution now. */
export interface Merged {
  /** The sum, by the name of its last layer. */
  readonly sum: string;
  /** The tensor the branches start from. */
  readonly fork: string;
  /** The layers that are gone, in the order of the original. */
  readonly layers: readonly string[];
  /** The convolution, by name. */
  readonly into: string;
  readonly kernel: { readonly rows: number; readonly columns: number };
  readonly groups: number;
  /** Whether a channel of ones is read besides, which carries biases as far as the border. */
  readonly ones: boolean;
  readonly parameters: Change;
  /** Of the convolutions, for one image. */
  readonly macs: Change;
}

interface Change {
  readonly before: number;
  readonly after: number;
}

export interface Term {
  readonly tensor: TensorId;
  readonly sign: 1 | -1;
}

/** Terms that are linear maps of one tensor. */
export interface LinearSum {
  readonly source: TensorId;
  /** Between the source and the terms, in computable order. */
  readonly layers: readonly LinearLayer[];
  readonly terms: readonly Term[];
  /** The tensor that the convolution writes. */
  readonly output: TensorId;
  readonly name: string;
}

export type PlanResult =
  { readonly ok: true; readonly convs: readonly DraftConv[]; readonly merged: Merged } | Refused;

/**
 * A merge that takes more than this many times the work of its branches is declined: a depthwise branch beside a
 * dense one, both of them small. RM-RepVGG's three quarters of passing channels take 3.6 times.
 */
const largestGrowth = 4;

function macsOf(draft: Draft, layer: DraftLayer): number {
  const { height, width } = draft.shape(layer.output);
  return layer.kind === 'conv' ? layer.weight.length * height * width : 0;
}

/** Multiplications and additions of any layer, as far as they are worth counting. */
function workOf(draft: Draft, layer: DraftLayer): number {
  const values = elements(draft.shape(layer.output));
  switch (layer.kind) {
    case 'conv':
      return macsOf(draft, layer);
    case 'averagePool':
      return values * layer.kernel.y * layer.kernel.x;
    case 'select':
    case 'concat':
    case 'pad':
      return 0;
    default:
      return values;
  }
}

function parametersOf(layer: DraftLayer): number {
  if (layer.kind === 'conv') return layer.weight.length + (layer.bias?.length ?? 0);
  return parameterArrays(layer).reduce((sum, values) => sum + values.length, 0);
}

function total(layers: readonly DraftLayer[], of: (layer: DraftLayer) => number): number {
  return layers.reduce((sum, layer) => sum + of(layer), 0);
}

/** The first channels of `shape` out of as many and one more, which holds ones. */
function besideOnes(shape: Shape): Stencil {
  const { channels } = shape;
  const all = identityStencil({ ...shape, channels: channels + 1 });
  return selected(
    all,
    Int32Array.from({ length: channels }, (_, c) => c),
  );
}

/** The sum as one map of the source, or of the source and a channel of ones. */
function stencilOf(draft: Draft, sum: LinearSum, ones: boolean): StencilResult {
  const source = draft.shape(sum.source);
  const start = ones ? besideOnes(source) : identityStencil(source);
  const known = new Map<TensorId, Stencil>([[sum.source, start]]);
  for (const layer of sum.layers) {
    const inputs = layer.inputs.flatMap((tensor) => known.get(tensor) ?? []);
    const shapes = { source, result: draft.shape(layer.output), ones };
    const next = throughLayer(layer, inputs, shapes);
    if (!next.ok) return next;
    known.set(layer.output, next.stencil);
  }
  let all: Stencil | null = null;
  for (const { tensor, sign } of sum.terms) {
    const term = known.get(tensor);
    if (term === undefined) throw new Error(`${draft.tensorName(tensor)} is no term of the sum`);
    const zero = { ...term, weight: term.weight.map(() => 0), bias: term.bias.map(() => 0) };
    const next: StencilResult =
      all === null && sign === 1 ? { ok: true, stencil: term } : summed(all ?? zero, term, sign);
    if (!next.ok) return next;
    all = next.stencil;
  }
  return all === null ? refused('there are no branches') : { ok: true, stencil: all };
}

/** The convolution that gives its name to the merged one: that with the largest kernel. */
function eponym(layers: readonly LinearLayer[]): DraftConv | null {
  const convs = layers.filter((layer) => layer.kind === 'conv');
  const area = ({ kernel }: DraftConv): number => kernel.y * kernel.x;
  return convs.reduce<DraftConv | null>(
    (best, conv) => (best === null || area(conv) > area(best) ? conv : best),
    null,
  );
}

function mixesDense(layers: readonly LinearLayer[]): boolean {
  const convs = layers.filter((layer) => layer.kind === 'conv');
  const dense = convs.filter((conv) => conv.dense).length;
  return dense !== 0 && dense !== convs.length;
}

/** Passes the image on, with a channel of ones beside it. */
function onesBeside(draft: Draft, { source, name }: LinearSum): DraftConv {
  const shape = draft.shape(source);
  const channels = shape.channels + 1;
  const output = draft.tensor(`${name}.ones`, { ...shape, channels });
  const square = identityConv(`${name}.ones`, channels, { input: source, output });
  const weight = new Float32Array(channels * shape.channels);
  for (let c = 0; c < shape.channels; c++) weight[c * shape.channels + c] = 1;
  const bias = new Float32Array(channels).fill(1, shape.channels);
  return { ...square, weight, bias, inChannels: shape.channels };
}

function convolutions(draft: Draft, sum: LinearSum, stencil: Stencil): readonly DraftConv[] {
  const { source, output } = sum;
  const from = draft.shape(source);
  const named = eponym(sum.layers);
  const name = named?.name ?? sum.name;
  const ahead = stencil.inChannels > from.channels ? [onesBeside(draft, sum)] : [];
  const input = ahead[0]?.output ?? source;
  const whole = convolutionOf(stencil, from, { name, input, output });
  const { dense, synthetic } = named ?? whole;
  return [...ahead, { ...whole, dense, synthetic }];
}

function short(count: number): string {
  return count.toLocaleString('en-US');
}

/** The convolution that the terms add up to, or why they do not, or ought not to. */
export function planMerge(draft: Draft, sum: LinearSum): PlanResult {
  const { layers } = sum;
  if (mixesDense(layers)) return refused('it adds dense layers to convolutions');
  const plain = stencilOf(draft, sum, false);
  const result = plain.ok || !plain.isBias ? plain : stencilOf(draft, sum, true);
  if (!result.ok) return plain.ok ? result : plain;
  const convs = convolutions(draft, sum, result.stencil);
  const conv = convs[convs.length - 1];
  if (conv.dense && conv.weight.length !== conv.inChannels * conv.outChannels) {
    return refused('it adds dense layers up to what is none');
  }
  const cost = (of: (layer: DraftLayer) => number): Change => ({
    before: total(layers, of),
    after: total(convs, of),
  });
  const work = cost((layer) => workOf(draft, layer));
  if (work.after > largestGrowth * work.before) {
    return refused(
      `one convolution would take ${short(work.after)} multiplications, and the branches take ${short(work.before)}`,
    );
  }
  const merged: Merged = {
    sum: sum.name,
    fork: draft.tensorName(sum.source),
    layers: layers.map((layer) => layer.name),
    into: conv.name,
    kernel: { rows: conv.kernel.y, columns: conv.kernel.x },
    groups: conv.groups,
    ones: convs.length > 1,
    parameters: cost(parametersOf),
    macs: cost((layer) => macsOf(draft, layer)),
  };
  return { ok: true, convs, merged };
}
