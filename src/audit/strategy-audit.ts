/**
 * One strategy on one residual addition: whether it may apply, the theorem that it does, what each of its assumptions
 * is needed for, and trials of what was proved.
 */
import type { Decider } from '../logic/decision.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { block as blockTheorem } from '../theorems/blocks/block.ts';
import { rectified, strategies } from '../theorems/blocks/strategy.ts';
import { catalogue } from '../theorems/catalogue.ts';
import type { Entry } from '../theorems/entry.ts';
import { examine } from '../theorems/examine.ts';
import type { Judgement } from '../theorems/judgement.ts';
import type { Need } from '../theorems/library.ts';
import type { Asked } from '../theorems/proof.ts';
import type { Counterexample } from './counterexample.ts';
import { foundLetters } from './letters.ts';
import type { Residual } from './residual.ts';
import { bendings, trials, type StrategyName } from './residual-trial.ts';
import { agrees, tried, type Trial } from './trial.ts';
import { twinNetworks } from './twin-networks.ts';

export interface NeededAssumption {
  readonly label: string;
  readonly meaning: string;
  /** Null where the assumption was not shown to be needed. */
  readonly counterexample: Counterexample | null;
}

export interface StrategyAudit {
  readonly strategy: StrategyName;
  readonly status: 'proved' | 'refuted' | 'inapplicable' | 'undecided';
  /** Why not, or what it takes at run time; empty where there is nothing to add. */
  readonly reason: string;
  readonly entry: Entry | null;
  readonly asked: readonly Asked[];
  readonly needs: readonly NeededAssumption[];
  readonly trials: readonly Trial[];
}

export interface AuditTools {
  readonly decider: Decider;
  readonly kernels: readonly Kernel[];
}

/** Why a strategy cannot apply, before anything is asked of a solver; null where it may. */
function objection(residual: Residual, name: StrategyName): string | null {
  const all = bendings(residual);
  switch (name) {
    case 'nonnegative':
    case 'shift': {
      if (name === 'shift' && residual.shortcut === 'wide') {
        return 'the shortcut reads zeros around the image, of which a shift makes something else';
      }
      const bent = all.find(({ identity }) => identity === null);
      if (bent !== undefined) return `${bent.title} is the identity nowhere`;
      const lower = Math.max(...all.map(({ identity }) => identity?.lower ?? 0));
      const upper = Math.min(...all.map(({ identity }) => identity?.upper ?? 0));
      return lower < upper ? null : 'the activations are the identity on no common range';
    }
    case 'prelu': {
      const shared = all.find(({ isPerChannel }) => !isPerChannel);
      return shared === undefined ? null : `no kernel has ${shared.title} on some channels only`;
    }
    case 'split': {
      const whole = all.find(({ halves }) => !halves);
      const [first, ...others] = all;
      if (!first.halves) return `the halves of ${first.title} at x and −x do not differ by x`;
      const bends = others.some(({ identity }) => identity === null || identity.lower > 0);
      const isSmooth = first.identity === null || first.identity.lower > 0;
      if (others.length > 0 && (bends || isSmooth)) {
        return `the halves of ${first.title} do not pass a second activation unchanged`;
      }
      return whole === undefined || whole.identity !== null
        ? null
        : `the halves of ${whole.title} at x and −x do not differ by x`;
    }
  }
}

/** By what the reserved channels hold: the block's input, or the shortcut's value. */
const manners: Readonly<Record<StrategyName, (held: string) => string>> = {
  nonnegative: (held) => `reserved channels hold ${held}, where every activation is the identity`,
  prelu: (held) =>
    `reserved channels hold ${held}, spared by activations with parameters for each channel`,
  split: (held) =>
    `reserved channels hold ${held} and −${held}, and their halves are subtracted in the end`,
  shift: (held) =>
    `reserved channels hold a·${held} + b, where every activation is the identity, undone in the end`,
};

function theoremOf(residual: Residual, name: StrategyName, title: string): Entry {
  return blockTheorem({
    name: title,
    says: `The block is its branch alone, with reserved channels: ${manners[name](residual.shortcut === 'ahead' ? 'P∗x' : 'x')}.`,
    source: 'derived from the block',
    layers: residual.layers.map(({ spec }) => spec),
    shortcut: residual.shortcut,
    strategy: strategies[name],
    bend: rectified,
    end: residual.end,
  });
}

/** The networks and the input that a solver's model describes. */
async function replayed(
  residual: Residual,
  name: StrategyName,
  need: Need,
  kernels: readonly Kernel[],
): Promise<Counterexample | null> {
  const { decision, sizes } = need;
  if (decision.kind !== 'sat') return null;
  // Channels that are no whole groups are no network's.
  const widths = Object.entries(sizes).filter(([letter]) => /^w\d*$/.test(letter));
  if (widths.some(([, width]) => sizes['C'] % width !== 0)) return null;
  const found = foundLetters(sizes, decision.values);
  const isAhead = residual.shortcut === 'ahead';
  const outputs = isAhead || residual.shortcut === 'identity' ? sizes['C'] : 1;
  const shape = [sizes[isAhead ? 'N' : 'C'], sizes['H'], sizes['W']] as const;
  const input = new Float32Array(shape[0] * shape[1] * shape[2]);
  input.forEach((_, k) => {
    const at = k % (shape[1] * shape[2]);
    const channel = Math.floor(k / (shape[1] * shape[2]));
    input[k] = found.real('x', channel, Math.floor(at / shape[2]), at % shape[2]);
  });
  const pair = twinNetworks(residual, strategies[name], found, outputs);
  const trial = await tried(pair, input, kernels);
  if (agrees(trial.apart)) return null;
  const letters: Record<string, number> = {};
  for (const letter of decision.values.keys()) {
    const [stem, ...at] = letter.split('_');
    const value = found.real(stem, ...at.map(Number));
    if (stem !== 'x' && value !== 0) letters[letter] = value;
  }
  return { shape, input: [...input], trial, letters, seed: null };
}

const words: Readonly<Record<Judgement['kind'], StrategyAudit['status']>> = {
  proved: 'proved',
  refuted: 'refuted',
  careless: 'undecided',
  undecided: 'undecided',
};

export async function auditStrategy(
  residual: Residual,
  name: StrategyName,
  title: string,
  { decider, kernels }: AuditTools,
): Promise<StrategyAudit> {
  const refused = objection(residual, name);
  const nothing = { strategy: name, entry: null, asked: [], needs: [], trials: [] };
  if (refused !== null) return { ...nothing, status: 'inapplicable', reason: refused };
  const entry = theoremOf(residual, name, title);
  const { findings } = await examine([...catalogue, entry], [entry], decider);
  const [{ judgement, asked, needs }] = findings;
  const status = words[judgement.kind];
  const reason =
    judgement.kind === 'undecided'
      ? judgement.reason
      : judgement.kind === 'careless'
        ? `not shown to be needed, or not to be met: ${judgement.obligation}`
        : '';
  if (status !== 'proved') return { ...nothing, status, reason, entry, asked };
  const needed: NeededAssumption[] = [];
  for (const need of needs) {
    const { label, meaning } = need.assumption;
    needed.push({ label, meaning, counterexample: await replayed(residual, name, need, kernels) });
  }
  const seen = await trials(residual, name, { kernels, count: 4, seed: 1 });
  return { strategy: name, status, reason, entry, asked, needs: needed, trials: seen };
}
