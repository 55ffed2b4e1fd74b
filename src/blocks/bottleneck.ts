/**
 * The bottleneck block (arXiv 1512.03385): 1×1 down, 3×3, 1×1 up to four times the width, stride in the
 * 3×3. With `groups` the 3×3 is grouped, as in ResNeXt and in RMNeXt's blocks.
 */
import type { TensorId } from '../model/layer.ts';
import { shortcut, type ResidualChoice } from './basic-block.ts';
import type { SeededNetwork } from './seeded-network.ts';

export interface BottleneckChoice extends ResidualChoice {
  /** Width inside the block; `channels` is the width of its result. */
  readonly inner: number;
  readonly groups?: number;
}

export function bottleneck(
  network: SeededNetwork,
  name: string,
  input: TensorId,
  choice: BottleneckChoice,
): TensorId {
  const { channels, inner, stride, gain, groups = 1 } = choice;
  const conv1 = network.conv(`${name}.conv1`, input, { channels: inner, kernel: 1 });
  const relu1 = network.relu(`${name}.relu1`, network.batchNorm(`${name}.bn1`, conv1));
  const spatial = { channels: inner, kernel: 3, stride, groups };
  const conv2 = network.conv(`${name}.conv2`, relu1, spatial);
  const relu2 = network.relu(`${name}.relu2`, network.batchNorm(`${name}.bn2`, conv2));
  const conv3 = network.conv(`${name}.conv3`, relu2, { channels, kernel: 1 });
  const branch = network.batchNorm(`${name}.bn3`, conv3, gain);
  const sum = network.add(`${name}.add`, branch, shortcut(network, name, input, choice));
  return network.relu(`${name}.relu3`, sum);
}
