/** Whether the values a shortcut carries are where the branch's activations are the identity, and why. */
import type { Activation, Block, Node } from './graph.ts';
import type { Residual } from './residual.ts';

interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** What an activation makes; null where it may be anything. */
function rangeOf(activation: Activation): Range | null {
  switch (activation.kind) {
    case 'relu':
      return { lower: 0, upper: Infinity };
    case 'clip':
      return { lower: activation.lower, upper: activation.upper };
    case 'sigmoid':
    case 'hardSigmoid':
      return { lower: 0, upper: 1 };
    case 'tanh':
      return { lower: -1, upper: 1 };
    case 'prelu':
    case 'leakyRelu':
    case 'elu':
    case 'gelu':
    case 'silu':
    case 'hardSwish':
      return null;
  }
}

function rangeBehind({ operation }: Node): Range | null {
  return operation.kind === 'activation' ? rangeOf(operation.activation) : null;
}

function given({ input }: Block): Range | null {
  if (input === 'any') return null;
  return input === 'nonnegative' ? { lower: 0, upper: Infinity } : input;
}

/** Why the values are in range, in words; null where nothing says so. */
export function rangeFact(block: Block, { layers, fork, shortcut }: Residual): string | null {
  // Channels that hold the shortcut's value have any sign.
  if (shortcut === 'ahead') return null;
  const identities = layers.flatMap(({ bending }) => (bending === null ? [] : [bending.identity]));
  const fits = (range: Range | null): boolean =>
    range !== null &&
    identities.every(
      (identity) =>
        identity !== null && identity.lower <= range.lower && range.upper <= identity.upper,
    );
  if (fits(rangeBehind(fork))) return `met: ${fork.name} is in front of it`;
  if (fork.operation.kind !== 'input') return null;
  if (fits(given(block))) return 'met: it is what the block says of its input';
  const { output } = block;
  return fits(rangeBehind(output)) ? `met in a stack of such blocks, behind ${output.name}` : null;
}
