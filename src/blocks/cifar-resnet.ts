/**
 * The CIFAR ResNets of arXiv 1512.03385 §4.2: 6n+2 layers, three stages of n basic blocks on 32×32
 * images, 1,202 layers at n = 200. Where the width or the stride changes the shortcut is a 1×1
 * projection; `widths` of equal numbers give stride-2 blocks of equal width.
 */
import { failed, type Result } from '../model/failure.ts';
import type { TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { basicBlock } from './basic-block.ts';
import { preActivationBlock } from './pre-activation-block.ts';
import { SeededNetwork, type ImageSize } from './seeded-network.ts';

export interface CifarResnetOptions {
  /** 6n+2 with n ≥ 1. */
  readonly depth: number;
  readonly seed: number;
  readonly image?: ImageSize;
  readonly widths?: readonly [number, number, number];
  readonly classes?: number;
}

/** Blocks a stage, or null where depth is not 6n+2. */
function blocksPerStage(depth: number): number | null {
  const blocks = (depth - 2) / 6;
  return Number.isInteger(blocks) && blocks >= 1 ? blocks : null;
}

/** A CIFAR ResNet; fails with `bad-attribute` for a depth that is not 6n+2. */
export function cifarResnet(options: CifarResnetOptions): Result<Model> {
  return build(options, false);
}

/** Its pre-activation sibling (arXiv 1603.05027): the last sum goes through one more batch norm and ReLU. */
export function preActivationResnet(options: CifarResnetOptions): Result<Model> {
  return build(options, true);
}

function build(options: CifarResnetOptions, preActivation: boolean): Result<Model> {
  const { depth, seed, image = { height: 32, width: 32 }, classes = 10 } = options;
  const blocks = blocksPerStage(depth);
  if (blocks === null) {
    return failed('bad-attribute', 'cifar-resnet', `depth ${depth} is not 6n+2`);
  }
  const network = new SeededNetwork(seed);
  const widths = options.widths ?? [16, 32, 64];
  // Contributions add up in squares: 1/√blocks each keeps the sum of all of them of order one.
  const gain = 1 / Math.sqrt(3 * blocks);
  let tensor: TensorId = network.conv('conv1', network.image(3, image), {
    channels: widths[0],
    kernel: 3,
  });
  if (!preActivation) tensor = network.relu('relu', network.batchNorm('bn1', tensor));
  const block = preActivation ? preActivationBlock : basicBlock;
  for (const [stage, channels] of widths.entries()) {
    for (let n = 0; n < blocks; n++) {
      const stride = stage > 0 && n === 0 ? 2 : 1;
      tensor = block(network, `layer${stage + 1}.${n}`, tensor, { channels, stride, gain });
    }
  }
  if (preActivation) tensor = network.relu('relu', network.batchNorm('bn1', tensor));
  return network.finish(network.classifier(['avgpool', 'fc'], tensor, classes));
}
