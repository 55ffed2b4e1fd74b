/**
 * RepVGG (arXiv 2101.03697) and RM-RepVGG (arXiv 2111.00687) beside a ResNet of basic blocks: as many 3×3
 * layers in every stage, of the same width and stride, between the ResNet's own stem and classifier.
 *
 * So that only the blocks differ where the two are compared. It is none of the networks A0 to B3 of the paper,
 * which have a stem, depths and widths of their own.
 */
import type { Result } from '../model/failure.ts';
import type { Model } from '../model/model.ts';
import { repVggBlock } from './rep-vgg-block.ts';
import { resnetBlocks, resnetStem } from './resnet.ts';
import { SeededNetwork, type ImageSize } from './seeded-network.ts';

/** Those of ResNets whose blocks have two 3×3 layers each. */
export type RepVggDepth = 18 | 34;

export interface RepVggOptions {
  readonly seed: number;
  /** 224×224 unless told. */
  readonly image?: ImageSize;
  /** Share of the channels that pass a block as they are; 0, which is RepVGG, unless told. */
  readonly reserve?: number;
  readonly classes?: number;
}

/** Fails with `bad-attribute` for a share outside [0, 1). */
export function repVgg(depth: RepVggDepth, options: RepVggOptions): Result<Model> {
  const { seed, image = { height: 224, width: 224 }, reserve = 0, classes = 1000 } = options;
  const network = new SeededNetwork(seed);
  if (!(reserve >= 0 && reserve < 1)) {
    network.refuse(`rep-vgg-${depth}`, `a share of ${reserve} of the channels passes`);
    return network.finish(0);
  }
  let tensor = resnetStem(network, image);
  for (const [stage, count] of resnetBlocks[depth].entries()) {
    const channels = 64 * 2 ** stage;
    for (let layer = 0; layer < 2 * count; layer++) {
      const stride = stage > 0 && layer === 0 ? 2 : 1;
      const name = `stage${stage + 1}.${layer}`;
      tensor = repVggBlock(network, name, tensor, { channels, stride, reserve });
    }
  }
  return network.finish(network.classifier(['gap', 'linear'], tensor, classes));
}
