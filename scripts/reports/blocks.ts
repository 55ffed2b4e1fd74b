/** One small network for each block of the catalogue and each way to remove its shortcut. */
import path from 'node:path';
import { basicBlock } from '../../src/blocks/basic-block.ts';
import { bottleneck } from '../../src/blocks/bottleneck.ts';
import { invertedResidual } from '../../src/blocks/inverted-residual.ts';
import { preActivationBlock } from '../../src/blocks/pre-activation-block.ts';
import { SeededNetwork } from '../../src/blocks/seeded-network.ts';
import type { Strategy } from '../../src/convert/strategy.ts';
import type { TensorId } from '../../src/model/layer.ts';
import { save, type Case } from '../demo/case.ts';

type Draw = (network: SeededNetwork, input: TensorId) => TensorId;

const image = { height: 12, width: 10 };

/** A convolution, the block twice, so that there is something to carry on to, and a classifier. */
function original(name: string, draw: Draw): Case['original'] {
  return (folder) => {
    const network = new SeededNetwork(20211101);
    const first = network.conv('conv1', network.image(3, image), { channels: 8, kernel: 3 });
    const stem = network.relu('relu', network.batchNorm('bn1', first));
    const features = draw(network, stem);
    const output = network.classifier(['avgpool', 'fc'], features, 5);
    return save(path.join(folder, `${name}.onnx`), network.finish(output));
  };
}

interface Block {
  readonly name: string;
  readonly title: string;
  readonly draw: Draw;
  readonly strategies: readonly Strategy[];
}

const same = { channels: 8, stride: 1, gain: 0.5 };

const blocks: readonly Block[] = [
  {
    name: 'basic-block',
    title: 'Basic block',
    draw: (network, x) => basicBlock(network, 'block1', basicBlock(network, 'block0', x, same), same),
    strategies: ['nonnegative'],
  },
  {
    name: 'basic-block-projection',
    title: 'Basic block, stride 2',
    draw: (network, x) => {
      const narrow = basicBlock(network, 'block0', x, { ...same, stride: 2 });
      return basicBlock(network, 'block1', narrow, { ...same, channels: 12, stride: 2 });
    },
    strategies: ['nonnegative'],
  },
  {
    name: 'bottleneck',
    title: 'Bottleneck',
    draw: (network, x) => {
      const choice = { ...same, inner: 4 };
      return bottleneck(network, 'block1', bottleneck(network, 'block0', x, choice), choice);
    },
    strategies: ['nonnegative'],
  },
  {
    name: 'grouped-bottleneck',
    title: 'Bottleneck in groups',
    draw: (network, x) => bottleneck(network, 'block0', x, { ...same, inner: 8, groups: 2 }),
    strategies: ['nonnegative'],
  },
  {
    name: 'inverted-residual',
    title: 'Inverted residual',
    draw: (network, x) => {
      const choice = { channels: 8, stride: 1, expansion: 3 };
      const first = invertedResidual(network, 'block0', x, choice);
      return invertedResidual(network, 'block1', first, choice);
    },
    strategies: ['prelu', 'split', 'shift'],
  },
  {
    name: 'pre-activation-block',
    title: 'Pre-activation block',
    draw: (network, x) => {
      const first = preActivationBlock(network, 'block0', x, same);
      return preActivationBlock(network, 'block1', first, same);
    },
    strategies: ['prelu', 'split', 'shift'],
  },
];

export const blockCases: readonly Case[] = blocks.flatMap(({ name, title, draw, strategies }) =>
  strategies.map((strategy): Case => {
    const own = strategies.length === 1 ? name : `${name}-${strategy}`;
    return {
      title,
      name: `${own}-plain`,
      original: original(own, draw),
      options: {
        strategy,
        inputRange: strategy === 'shift' ? { lower: 0, upper: 1 } : null,
        foldBatchNorm: true,
        fuse: false,
      },
      expected: 'proved',
      // Both are in every installation, and add in the same order on every machine.
      kernels: ['wasm', 'cpu'],
    };
  }),
);
