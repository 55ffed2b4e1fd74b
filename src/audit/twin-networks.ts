/**
 * A residual block and its plain twin as networks, with the letters of the theorem about them.
 *
 * The plain twin's weights are the values of the very terms that the theorem speaks of, so a test of the two networks
 * is a test of what was proved.
 */
import { int, type Term } from '../logic/term.ts';
import { ModelBuilder } from '../model/builder.ts';
import type { LayerSpec as ModelLayer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Pair as Axes } from '../model/shape.ts';
import type { Layer } from '../theorems/blocks/branch.ts';
import { twinOf } from '../theorems/blocks/block.ts';
import { rectified, type Strategy } from '../theorems/blocks/strategy.ts';
import { pointwise } from '../theorems/blocks/stacking.ts';
import { projection } from '../theorems/blocks/wide-shortcut.ts';
import type { Kernel } from '../theorems/tensors.ts';
import { activationLayer, sparingLayer } from './activation-layer.ts';
import type { Node } from './graph.ts';
import { numberOf, type Letters } from './letters.ts';
import type { BranchLayer, Residual } from './residual.ts';

export interface NetworkPair {
  readonly original: Model;
  readonly plain: Model;
}

type ConvSpec = Extract<ModelLayer, { readonly kind: 'conv' }>;

interface Widths {
  readonly from: number;
  readonly to: number;
}

/** The values of a kernel's terms, output by output. */
function weightsOf(
  kernel: Kernel,
  { to, perGroup, taps }: { readonly to: number; readonly perGroup: number; readonly taps: Axes },
  letters: Letters,
): Float32Array {
  const weight = new Float32Array(to * perGroup * taps.y * taps.x);
  let at = 0;
  for (let o = 0; o < to; o++) {
    for (let c = 0; c < perGroup; c++) {
      for (let i = 0; i < taps.y; i++) {
        for (let j = 0; j < taps.x; j++) {
          weight[at++] = numberOf(kernel(int(o), int(c), int(i), int(j)), letters);
        }
      }
    }
  }
  return weight;
}

const vectorOf = (count: number, value: (k: Term) => Term, letters: Letters): Float32Array =>
  Float32Array.from({ length: count }, (_, k) => numberOf(value(int(k)), letters));

function axes([y, x]: readonly [Term, Term], letters: Letters): Axes {
  return { y: numberOf(y, letters), x: numberOf(x, letters) };
}

/** One convolution around its centre tap; `weights` are the layer's own or the converted. */
function convLayer(
  layer: Layer,
  name: string,
  of: Widths & { readonly weights: Kernel; readonly bias: Float32Array | null },
  letters: Letters,
): ConvSpec {
  const { kind, window, groups } = layer;
  const { from, to, weights, bias } = of;
  const grouped = groups === null ? from : numberOf(groups.width, letters);
  const width = kind === 'depthwise' ? 1 : grouped;
  const [taps, strides, dilations] = [window.size, window.stride, window.dilation].map((pair) =>
    axes(pair, letters),
  );
  const before = axes(window.padding, letters);
  return {
    kind: 'conv',
    name,
    inputs: [0],
    weight: weightsOf(weights, { to, perGroup: width, taps }, letters),
    bias,
    outChannels: to,
    kernel: taps,
    groups: from / width,
    strides,
    dilations,
    pads: {
      top: before.y,
      left: before.x,
      bottom: (taps.y - 1) * dilations.y - before.y,
      right: (taps.x - 1) * dilations.x - before.x,
    },
  };
}

/** A scale and a shift as the batch norm that is just that. */
function normLayer(name: string, scale: Float32Array, offset: Float32Array): ModelLayer {
  const mean = new Float32Array(scale.length);
  const variance = new Float32Array(scale.length).fill(1);
  return { kind: 'batchNorm', name, inputs: [0], scale, offset, mean, variance, epsilon: 0 };
}

function slopesOf(level: string, count: number, letters: Letters): () => Float32Array {
  return () => Float32Array.from({ length: count }, (_, k) => letters.real(`slope${level}`, k));
}

/** What follows the sum. */
function tailLayers(tail: readonly Node[], width: number, letters: Letters): readonly ModelLayer[] {
  return tail.map(({ operation, name, id }) => {
    if (operation.kind === 'activation') {
      return activationLayer(name, operation.activation, slopesOf(`e${id}`, width, letters));
    }
    const all = (letter: string): Float32Array =>
      Float32Array.from({ length: width }, (_, k) => letters.real(`${letter}${id}`, k));
    return normLayer(name, all('es'), all('eb'));
  });
}

function bendLayers(
  { step }: BranchLayer,
  level: number,
  of: { readonly count: number; readonly own: number; readonly spares: boolean },
  letters: Letters,
): readonly ModelLayer[] {
  if (step.bend?.operation.kind !== 'activation') return [];
  const { name, operation } = step.bend;
  const { count, own, spares } = of;
  const slope = (k: number): number => letters.real(`slope${level}`, k);
  const sparing = spares ? sparingLayer(name, operation.activation, { count, own, slope }) : null;
  const slopes = (): Float32Array =>
    Float32Array.from({ length: count + own }, (_, k) => slope(k - count));
  return [sparing ?? activationLayer(name, operation.activation, slopes)];
}

function finished(build: (builder: ModelBuilder) => TensorId): Model {
  const builder = new ModelBuilder();
  builder.output('output', build(builder));
  const model = builder.finish();
  if (!model.ok) throw new Error(`${model.failure.node}: ${model.failure.reason}`);
  return model.value;
}

/** Both networks, from the fork to the end of the tail. */
export function twinNetworks(
  residual: Residual,
  strategy: Strategy,
  letters: Letters,
  outputs: number,
): NetworkPair {
  const { shortcut, layers: branch, addition } = residual;
  const specs = branch.map(({ spec }) => spec);
  const { layers, hiddens, merge, folded, bias } = twinOf({
    layers: specs,
    shortcut,
    strategy,
    bend: rectified,
  });
  const { sizes } = letters;
  const inputs = shortcut === 'ahead' ? sizes['N'] : sizes['C'];
  const shape = { channels: inputs, height: sizes['H'], width: sizes['W'] };
  const count = numberOf(strategy.count, letters);
  const widthOf = (level: number): number =>
    level === 0
      ? shape.channels
      : level === layers.length
        ? outputs
        : numberOf(layers[level - 1].width, letters);
  const norm = (layer: Layer, to: number): readonly ModelLayer[] =>
    layer.normed === false
      ? []
      : [
          normLayer(
            `norm${layer.level}`,
            vectorOf(to, layer.scale, letters),
            vectorOf(to, layer.shift, letters),
          ),
        ];
  const own = layers.flatMap((layer, k): readonly ModelLayer[] => {
    const widths = { from: widthOf(k), to: widthOf(k + 1) };
    const conv = convLayer(
      layer,
      `conv${layer.level}`,
      { ...widths, weights: layer.weights, bias: null },
      letters,
    );
    const bent = { count: 0, own: widths.to, spares: false };
    return [
      ...(layer.kind === 'identity' ? [] : [conv]),
      ...norm(layer, widths.to),
      ...bendLayers(branch[k], layer.level, bent, letters),
    ];
  });
  const converted = hiddens.flatMap(
    ({ layer, wide, kernel, gain, offset }, k): readonly ModelLayer[] => {
      const to = count + widthOf(k + 1);
      const from = k === 0 ? shape.channels : count + widthOf(k);
      const conv = convLayer(
        wide,
        `conv${layer.level}`,
        { from, to, weights: kernel, bias: null },
        letters,
      );
      const bent = { count, own: widthOf(k + 1), spares: strategy.name === 'prelu' };
      return [
        conv,
        normLayer(`norm${layer.level}`, vectorOf(to, gain, letters), vectorOf(to, offset, letters)),
        ...bendLayers(branch[k], layer.level, bent, letters),
      ];
    },
  );
  const merged = convLayer(
    merge,
    'merge',
    {
      from: count + widthOf(layers.length - 1),
      to: outputs,
      weights: folded,
      bias: vectorOf(outputs, bias, letters),
    },
    letters,
  );
  const tail = tailLayers(addition.tail, outputs, letters);
  const through = (
    builder: ModelBuilder,
    from: TensorId,
    through: readonly ModelLayer[],
  ): TensorId => through.reduce((read, layer) => builder.add({ ...layer, inputs: [read] }), from);
  return {
    original: finished((builder) => {
      const x = builder.input('x', shape);
      const side = shortcutLayers(residual, layers, letters, outputs);
      const inputs = [through(builder, x, side), through(builder, x, own)];
      return through(builder, builder.add({ kind: 'add', name: 'add', inputs }), tail);
    }),
    plain: finished((builder) =>
      through(builder, builder.input('x', shape), [...converted, merged, ...tail]),
    ),
  };
}

/** The projection as the theorem has it: of all strides at once, with a scale and a shift. */
function shortcutLayers(
  { shortcut }: Residual,
  layers: readonly Layer[],
  letters: Letters,
  outputs: number,
): readonly ModelLayer[] {
  if (shortcut === 'identity') return [];
  const strides = layers.reduce(
    ({ y, x }, { window }) => {
      const stride = axes(window.stride, letters);
      return { y: y * stride.y, x: x * stride.x };
    },
    { y: 1, x: 1 },
  );
  const [first] = layers;
  const own = projection(shortcut === 'wide' ? layers[layers.length - 1] : first);
  const window = shortcut === 'projection' ? pointwise() : own.window;
  const from = letters.sizes[shortcut === 'ahead' ? 'N' : 'C'];
  const widths = { from, to: outputs, weights: own.weights, bias: null };
  const conv = convLayer(
    { ...first, kind: 'dense', groups: null, window },
    'project',
    widths,
    letters,
  );
  const all = (letter: string): Float32Array =>
    Float32Array.from({ length: outputs }, (_, k) => letters.real(letter, k));
  return [{ ...conv, strides }, normLayer('projectNorm', all('sp'), all('bp'))];
}
