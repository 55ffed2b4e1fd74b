/**
 * The pre-activation block (arXiv 1603.05027): y = s(x) + W2 ∗ relu(B2(W1 ∗ relu(B1(x)))).
 *
 * Nothing stands between the addition and the next block, so x may have any sign. Where width or stride
 * change the shortcut is a 1×1 convolution of x itself: the variant without shared activation.
 */
import type { TensorId } from '../model/layer.ts';
import type { ResidualChoice } from './basic-block.ts';
import type { SeededNetwork } from './seeded-network.ts';

export function preActivationBlock(
  network: SeededNetwork,
  name: string,
  input: TensorId,
  choice: ResidualChoice,
): TensorId {
  const { channels, stride, gain } = choice;
  const relu1 = network.relu(`${name}.relu1`, network.batchNorm(`${name}.bn1`, input));
  const conv1 = network.conv(`${name}.conv1`, relu1, { channels, kernel: 3, stride });
  const relu2 = network.relu(`${name}.relu2`, network.batchNorm(`${name}.bn2`, conv1, gain));
  const conv2 = network.conv(`${name}.conv2`, relu2, { channels, kernel: 3 });
  const same = stride === 1 && network.shape(input).channels === channels;
  const passed = same
    ? input
    : network.conv(`${name}.downsample`, input, { channels, kernel: 1, stride });
  return network.add(`${name}.add`, conv2, passed);
}
