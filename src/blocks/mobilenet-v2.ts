/**
 * MobileNetV2 (arXiv 1801.04381, table 2), with seeded weights and layer names as torchvision's. Widths
 * are rounded to multiples of eight, never down by more than a tenth, as every implementation does.
 */
import type { Result } from '../model/failure.ts';
import type { TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { invertedResidual } from './inverted-residual.ts';
import { SeededNetwork, type ImageSize } from './seeded-network.ts';

export interface MobilenetV2Options {
  readonly seed: number;
  /** Width multiplier; 1 unless told. */
  readonly width?: number;
  /** 224×224 unless told. */
  readonly image?: ImageSize;
  readonly classes?: number;
}

/** Rows of the paper's table: expansion, channels, repeats, stride of the first. */
const stages = [
  { expansion: 1, channels: 16, repeats: 1, stride: 1 },
  { expansion: 6, channels: 24, repeats: 2, stride: 2 },
  { expansion: 6, channels: 32, repeats: 3, stride: 2 },
  { expansion: 6, channels: 64, repeats: 4, stride: 2 },
  { expansion: 6, channels: 96, repeats: 3, stride: 1 },
  { expansion: 6, channels: 160, repeats: 3, stride: 2 },
  { expansion: 6, channels: 320, repeats: 1, stride: 1 },
] as const;

function roundedWidth(width: number): number {
  const rounded = Math.max(8, Math.floor((width + 4) / 8) * 8);
  return rounded < 0.9 * width ? rounded + 8 : rounded;
}

/** MobileNetV2; fails with `bad-attribute` for a width that is not a positive number. */
export function mobilenetV2(options: MobilenetV2Options): Result<Model> {
  const { seed, width = 1, image = { height: 224, width: 224 }, classes = 1000 } = options;
  const network = new SeededNetwork(seed);
  if (!(width > 0) || !Number.isFinite(width)) network.refuse('mobilenet-v2', `width ${width}`);
  const stem = { channels: roundedWidth(32 * width), kernel: 3, stride: 2 };
  let tensor: TensorId = network.conv('features.0.0', network.image(3, image), stem);
  tensor = network.batchNorm('features.0.1', tensor, 1.4);
  tensor = network.relu6('features.0.2', tensor);
  let block = 1;
  for (const { expansion, channels, repeats, stride } of stages) {
    for (let n = 0; n < repeats; n++, block++) {
      tensor = invertedResidual(network, `features.${block}`, tensor, {
        channels: roundedWidth(channels * width),
        stride: n === 0 ? stride : 1,
        expansion,
      });
    }
  }
  const head = { channels: roundedWidth(1280 * Math.max(1, width)), kernel: 1 };
  tensor = network.conv(`features.${block}.0`, tensor, head);
  tensor = network.batchNorm(`features.${block}.1`, tensor);
  tensor = network.relu6(`features.${block}.2`, tensor);
  return network.finish(network.classifier(['avgpool', 'classifier.1'], tensor, classes));
}
