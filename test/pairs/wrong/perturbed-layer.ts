/**
 * Slips that leave every layer in its place: a weight, a bias, an order, an attribute. Each is made in a
 * correct, folded conversion of two residual blocks; the smallest ones in a conversion that is exact, so
 * that no rounding can be blamed, and once in one that rounds but is shallow enough to tell.
 */
import {
  around,
  channels,
  drawBasicNetwork,
  plainBlock,
  residualBlock,
} from '../correct/basic-block.ts';
import { drawTwoLayers, twoLayers } from '../correct/channel-split.ts';
import { edit, editConv, largest, replaced } from '../edit.ts';
import type { Conv } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import { fold } from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';

const straight = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

/** The weights with two input channels exchanged in every output. */
function exchangeInputs(layer: Conv, a: number, b: number): Conv {
  const area = layer.kernel.y * layer.kernel.x;
  const inputs = layer.weight.length / layer.outChannels / area;
  const order = straight(inputs).map((i) => (i === a ? b : i === b ? a : i));
  const weight = layer.weight.map((_, at) => {
    const t = at % area;
    const i = Math.floor(at / area) % inputs;
    const o = Math.floor(at / area / inputs);
    return layer.weight[(o * inputs + order[i]) * area + t];
  });
  return { ...layer, weight };
}

function transposed(layer: Conv): Conv {
  const { y: height, x: width } = layer.kernel;
  const area = height * width;
  const weight = layer.weight.map((_, at) => {
    const tap = at % area;
    const [y, x] = [Math.floor(tap / width), tap % width];
    return layer.weight[at - tap + x * width + y];
  });
  return { ...layer, weight };
}

/** The reserved row of one channel reads the pixel beside the centre. */
function shiftedDirac(layer: Conv, output: number): Conv {
  const size = layer.weight.length / layer.outChannels;
  const from = output * size;
  const at = layer.weight.subarray(from, from + size).indexOf(1);
  const weight = layer.weight.slice();
  weight[from + at] = 0;
  weight[from + at + 1] = 1;
  return { ...layer, weight };
}

const thousandth = (layer: Conv, from = 0): Conv => ({
  ...layer,
  weight: replaced(layer.weight, from + largest(layer.weight.subarray(from)), (w) => w * 1.001),
});

function smallest(): Pair[] {
  const network = drawBasicNetwork(new Random(2002, 'coarse'), true);
  const good = around(network, plainBlock(straight, null));
  const shallow = drawTwoLayers(new Random(2003));
  const pair = (name: string, converted: Model, note: string): Pair => ({
    name: `wrong-${name}`,
    original: around(network, residualBlock),
    converted,
    inputRange: null,
    expected: 'different',
    note,
  });
  return [
    pair(
      'weight-off-by-a-thousandth',
      editConv(good, 'block2.conv2', thousandth),
      'the largest weight of block2.conv2 times 1.001',
    ),
    pair(
      'own-weight-off-by-a-thousandth',
      editConv(good, 'block1.conv1', (l) =>
        thousandth(l, channels * (l.weight.length / l.outChannels)),
      ),
      'the largest weight of an own channel of block1.conv1 times 1.001',
    ),
    pair(
      'spurious-weight',
      editConv(good, 'block1.conv1', (l) => ({
        ...l,
        weight: replaced(l.weight, l.weight.indexOf(0), () => 1e-6),
      })),
      'a Dirac row has 10⁻⁶ where it must have zero',
    ),
    pair(
      'weight-off-by-a-hundred-thousandth',
      editConv(good, 'block2.conv2', (l) => ({
        ...l,
        weight: replaced(l.weight, largest(l.weight), (w) => w * (1 + 1e-5)),
      })),
      'the largest weight of block2.conv2 times 1.00001: some 100 units in the last place',
    ),
    sketchedPair({
      name: 'wrong-weight-off-by-a-thousandth-fine',
      expected: 'different',
      note: 'the same in a folded, rounded convolution',
      original: twoLayers(shallow),
      converted: (s) => {
        const first = fold(shallow.first, shallow.norm);
        const x = s.relu('relu1', s.conv('conv1', s.input(3, 5, 7), first));
        const y = s.relu('relu2', s.conv('conv2', x, shallow.second));
        return editConv(s.head(y, shallow.head), 'conv1', thousandth);
      },
    }),
  ];
}

export function perturbedLayerPairs(): Pair[] {
  return [...smallest(), ...folded()];
}

function folded(): Pair[] {
  const network = drawBasicNetwork(new Random(2000), true);
  const original = around(network, residualBlock);
  const good = around(network, plainBlock(straight, null));
  const pair = (name: string, converted: Model, note: string): Pair => ({
    name: `wrong-${name}`,
    original,
    converted,
    inputRange: null,
    expected: 'different',
    note,
  });
  const conv = (layer: string, change: (layer: Conv) => Conv): Model =>
    editConv(good, layer, change);
  const bias = (layer: Conv, change: (value: number) => number): Conv => {
    if (layer.bias === null) throw new Error(`${layer.name} has no bias`);
    return { ...layer, bias: replaced(layer.bias, largest(layer.bias), change) };
  };
  const fresh = new Random(2001);
  return [
    pair(
      'channels-swapped',
      conv('block1.conv2', (l) => exchangeInputs(l, channels, channels + 1)),
      'block1.conv2 reads two channels in each other’s place',
    ),
    pair(
      'reserved-channels-swapped',
      conv('block2.conv2', (l) => exchangeInputs(l, 0, 1)),
      'block2.conv2 merges two reserved channels crosswise',
    ),
    pair('kernel-transposed', conv('block1.conv2', transposed), 'rows and columns exchanged'),
    pair(
      'padding-on-the-wrong-side',
      conv('block2.conv1', (l) => ({ ...l, pads: { top: 2, left: 1, bottom: 0, right: 1 } })),
      'two rows above and none below instead of one each',
    ),
    pair(
      'dilated',
      conv('block2.conv1', (l) => ({
        ...l,
        dilations: { y: 2, x: 2 },
        pads: { top: 2, left: 2, bottom: 2, right: 2 },
      })),
      'dilation 2 where the original has 1',
    ),
    pair(
      'dirac-off-by-one',
      conv('block1.conv1', (l) => shiftedDirac(l, 2)),
      'reserved channel 2 is moved by one pixel',
    ),
    pair(
      'bias-sign',
      conv('block1.conv2', (l) => bias(l, (b) => -b)),
      'one bias with its sign flipped',
    ),
    pair(
      'last-bias-off',
      edit(good, 'head', (l) => {
        if (l.kind !== 'dense' || l.bias === null) throw new Error('the head has a bias');
        return { ...l, bias: replaced(l.bias, 1, (b) => b + 1e-4) };
      }),
      'a bias of the last layer off by 10⁻⁴',
    ),
    pair(
      'layer-not-loaded',
      conv('block2.conv1', (l) => ({ ...l, weight: l.weight.map(() => fresh.weight()) })),
      'block2.conv1 keeps the weights it was initialised with',
    ),
    pair(
      'relu-missing',
      edit(good, 'block2.relu2', (l) => ({
        kind: 'clip',
        name: l.name,
        inputs: l.inputs,
        lower: Float32Array.of(-Infinity),
        upper: Float32Array.of(Infinity),
      })),
      'nothing where the last ReLU was',
    ),
    pair(
      'reserved-rows-with-bias',
      conv('block1.conv1', (l) => {
        if (l.bias === null) throw new Error('folded');
        return { ...l, bias: replaced(l.bias, 0, () => 0.5) };
      }),
      'the first reserved channel carries a bias',
    ),
    pair(
      'leaky',
      edit(good, 'block2.relu1', (l) => ({
        kind: 'leakyRelu',
        name: l.name,
        inputs: l.inputs,
        slope: Math.fround(0.01),
      })),
      'leaky ReLU with slope 0.01 for ReLU',
    ),
  ];
}
