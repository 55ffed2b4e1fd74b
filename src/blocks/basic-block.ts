/**
 * The basic residual block (arXiv 1512.03385): y = relu(s(x) + B2(W2 ∗ relu(B1(W1 ∗ x)))), both 3×3.
 *
 * The shortcut s is the identity where shapes allow it and a 1×1 convolution with batch norm elsewhere,
 * so a stride-2 block of equal width has a projection too. Names are torchvision's.
 */
import type { TensorId } from '../model/layer.ts';
import type { SeededNetwork } from './seeded-network.ts';

export interface ResidualChoice {
  readonly channels: number;
  readonly stride: number;
  /** Size of the branch's contribution relative to its input. */
  readonly gain: number;
}

/** The identity, or `<name>.downsample` where width or stride change. */
export function shortcut(
  network: SeededNetwork,
  name: string,
  input: TensorId,
  choice: { readonly channels: number; readonly stride: number },
): TensorId {
  const { channels, stride } = choice;
  if (stride === 1 && network.shape(input).channels === channels) return input;
  const projected = network.conv(`${name}.downsample.0`, input, { channels, kernel: 1, stride });
  // A projection is a linear map without a ReLU behind it: variance 1/fan-in keeps the size.
  return network.batchNorm(`${name}.downsample.1`, projected, Math.SQRT1_2);
}

export function basicBlock(
  network: SeededNetwork,
  name: string,
  input: TensorId,
  choice: ResidualChoice,
): TensorId {
  const { channels, stride, gain } = choice;
  const conv1 = network.conv(`${name}.conv1`, input, { channels, kernel: 3, stride });
  const relu1 = network.relu(`${name}.relu1`, network.batchNorm(`${name}.bn1`, conv1));
  const conv2 = network.conv(`${name}.conv2`, relu1, { channels, kernel: 3 });
  const branch = network.batchNorm(`${name}.bn2`, conv2, gain);
  const sum = network.add(`${name}.add`, branch, shortcut(network, name, input, choice));
  return network.relu(`${name}.relu2`, sum);
}
