/**
 * The RepVGG block (arXiv 2101.03697): y = relu(B3(W3 ∗ x) + B1(W1 ∗ x) + Bi(x)), a 3×3, a 1×1 and, where
 * width and stride keep the shape, the input itself, a batch norm each. Names are those of its authors' code.
 *
 * With `reserve` = r (RM-RepVGG, arXiv 2111.00687) the first ⌊rC⌋ channels of a block that keeps the shape pass
 * as they are, and the three branches make the others from all C. r = 0 is RepVGG.
 */
import type { TensorId } from '../model/layer.ts';
import type { SeededNetwork } from './seeded-network.ts';

export interface RepVggChoice {
  readonly channels: number;
  readonly stride: number;
  /** Share of the channels that pass, from 0 to below 1. */
  readonly reserve: number;
}

export function repVggBlock(
  network: SeededNetwork,
  name: string,
  input: TensorId,
  choice: RepVggChoice,
): TensorId {
  const { channels, stride, reserve } = choice;
  const keepsShape = stride === 1 && network.shape(input).channels === channels;
  const passing = keepsShape ? Math.floor(reserve * channels) : 0;
  // He's weights double the mean square of a rectified input and the ReLU halves it again: so many branches
  // leave it as it was.
  const gain = 1 / Math.sqrt(keepsShape ? 2.5 : 2);
  const branch = (own: string, kernel: number): TensorId => {
    const size = { channels: channels - passing, kernel, stride };
    const mapped = network.conv(`${name}.${own}.conv`, input, size);
    return network.batchNorm(`${name}.${own}.bn`, mapped, gain);
  };
  let sum = network.add(`${name}.add`, branch('rbr_dense', 3), branch('rbr_1x1', 1));
  if (keepsShape) {
    const rest = passing === 0 ? input : network.select(`${name}.rest`, input, [passing, channels]);
    const identity = network.batchNorm(`${name}.rbr_identity`, rest, gain);
    sum = network.add(`${name}.add_identity`, sum, identity);
  }
  if (passing > 0) {
    const passed = network.select(`${name}.pass`, input, [0, passing]);
    sum = network.concat(`${name}.concat`, [passed, sum]);
  }
  return network.relu(`${name}.nonlinearity`, sum);
}
