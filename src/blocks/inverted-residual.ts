/**
 * The inverted residual (arXiv 1801.04381): 1×1 expand, depthwise 3×3, 1×1 project, ReLU6 behind the
 * first two and nothing behind the last, so that the block's input may have any sign. The shortcut is
 * there where stride and width allow the identity. Names are torchvision's.
 */
import type { TensorId } from '../model/layer.ts';
import type { SeededNetwork } from './seeded-network.ts';

export interface InvertedResidualChoice {
  readonly channels: number;
  readonly stride: number;
  readonly expansion: number;
  /** Size of the activations ahead of each ReLU6: 1 clips rarely, 2 often. */
  readonly gain?: number;
}

export function invertedResidual(
  network: SeededNetwork,
  name: string,
  input: TensorId,
  choice: InvertedResidualChoice,
): TensorId {
  const { channels, stride, expansion, gain = 1.4 } = choice;
  const hidden = network.shape(input).channels * expansion;
  let branch = input;
  let part = 0;
  if (expansion !== 1) {
    branch = network.conv(`${name}.conv.0.0`, branch, { channels: hidden, kernel: 1 });
    branch = network.batchNorm(`${name}.conv.0.1`, branch, gain);
    branch = network.relu6(`${name}.conv.0.2`, branch);
    part = 1;
  }
  const depthwise = { channels: hidden, kernel: 3, stride, groups: hidden };
  branch = network.conv(`${name}.conv.${part}.0`, branch, depthwise);
  branch = network.batchNorm(`${name}.conv.${part}.1`, branch, gain);
  branch = network.relu6(`${name}.conv.${part}.2`, branch);
  branch = network.conv(`${name}.conv.${part + 1}`, branch, { channels, kernel: 1 });
  branch = network.batchNorm(`${name}.conv.${part + 2}`, branch, 0.4);
  const residual = stride === 1 && network.shape(input).channels === channels;
  return residual ? network.add(`${name}.add`, branch, input) : branch;
}
