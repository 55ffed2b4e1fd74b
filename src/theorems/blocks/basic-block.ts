/** The BasicBlock of ResNet: two convolutions, ReLU between them and behind the sum. */
import type { Entry } from '../entry.ts';
import { block } from './block.ts';
import type { ShortcutKind } from './shortcut.ts';
import { relu, strategies, type StrategyName } from './strategy.ts';

const names: readonly StrategyName[] = ['nonnegative', 'prelu', 'split', 'shift'];

function basicBlock(shortcut: ShortcutKind, strategy: StrategyName): Entry {
  const strided = shortcut === 'projection';
  return block({
    name: `basic-block-${shortcut}-${strategy}`,
    says: `A BasicBlock with a shortcut of ${shortcut} is two plain convolutions: ${strategy}.`,
    source: 'arXiv 2111.00687, figure 2; arXiv 1512.03385',
    layers: [
      { kind: 'dense', kernel: 'any', strided },
      { kind: 'dense', kernel: 'any', strided: false },
    ],
    shortcut,
    strategy: strategies[strategy],
    bend: relu,
    end: relu,
  });
}

export const basicBlocks: readonly Entry[] = [
  ...names.map((strategy) => basicBlock('identity', strategy)),
  ...names.map((strategy) => basicBlock('projection', strategy)),
];
