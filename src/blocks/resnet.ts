/**
 * The ImageNet ResNets of arXiv 1512.03385 (stride in the 3×3 of a bottleneck, as torchvision has it),
 * with seeded weights and layer names as torchvision's.
 */
import type { Result } from '../model/failure.ts';
import type { TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { basicBlock } from './basic-block.ts';
import { bottleneck } from './bottleneck.ts';
import { SeededNetwork, type ImageSize } from './seeded-network.ts';

export type ResnetDepth = 18 | 34 | 50 | 101 | 152;

export interface ResnetOptions {
  readonly seed: number;
  /** 224×224 unless told. */
  readonly image?: ImageSize;
  /** Only the first stages, 1 to 4; all of them unless told. The classifier reads what there is. */
  readonly stages?: number;
  readonly classes?: number;
}

/** Blocks a stage; the first of every stage but the first has stride 2. */
export const resnetBlocks: Readonly<Record<ResnetDepth, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
};

/** What stands ahead of the blocks: a 7×7 of stride 2, batch norm, ReLU and a max pool, 64 channels. */
export function resnetStem(network: SeededNetwork, image: ImageSize): TensorId {
  const input = network.image(3, image);
  const conv1 = network.conv('conv1', input, { channels: 64, kernel: 7, stride: 2 });
  const relu = network.relu('relu', network.batchNorm('bn1', conv1));
  return network.maxPool('maxpool', relu);
}

/** A ResNet; fails with `bad-attribute` for a number of stages outside 1 to 4. */
export function resnet(depth: ResnetDepth, options: ResnetOptions): Result<Model> {
  const { seed, image = { height: 224, width: 224 }, stages = 4, classes = 1000 } = options;
  const network = new SeededNetwork(seed);
  if (!Number.isInteger(stages) || stages < 1 || stages > 4) {
    network.refuse(`resnet${depth}`, `${stages} stages; there are 1 to 4`);
  }
  const counts = resnetBlocks[depth].slice(0, stages);
  const total = counts.reduce((sum, n) => sum + n, 0);
  // Contributions add up in squares: 1/√blocks each keeps the sum of all of them of order one.
  const gain = 1 / Math.sqrt(total);
  let tensor = resnetStem(network, image);
  for (const [stage, count] of counts.entries()) {
    const width = 64 * 2 ** stage;
    for (let block = 0; block < count; block++) {
      const name = `layer${stage + 1}.${block}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      tensor =
        depth < 50
          ? basicBlock(network, name, tensor, { channels: width, stride, gain })
          : bottleneck(network, name, tensor, { channels: 4 * width, inner: width, stride, gain });
    }
  }
  return network.finish(network.classifier(['avgpool', 'fc'], tensor, classes));
}
