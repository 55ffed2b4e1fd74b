/**
 * Residual and multi-branch networks to plain ones: sums of linear branches become one convolution each, every
 * other shortcut is removed by Reserve and Merge (RM operation, arXiv 2111.00687) where it can be. It says what
 * became of which and, for the others, why not.
 *
 * The function computed stays the same over the reals up to one rounding of each coefficient; nothing
 * here is trusted to have achieved that, which is what equivalence/ is for. The input is not modified;
 * weights that stay are shared with it. Deterministic. Converting the result again changes nothing.
 */
import { failed, success, type Result } from '../model/failure.ts';
import type { TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { Draft } from './draft.ts';
import { foldBatchNorms } from './fold.ts';
import { fuseConvolutions } from './fuse.ts';
import { mergeBranches, type Declined } from './merge-branches.ts';
import type { Merged } from './merge-plan.ts';
import type { Range } from './channel-range.ts';
import { ranges, type InputRange } from './range.ts';
import { removeShortcut, type Kept, type RemovalOptions, type Removed } from './remove-shortcut.ts';
import { strategies, type Strategy } from './strategy.ts';

export interface ConvertOptions {
  readonly strategy: Strategy;
  /** Bounds of every value of every input, or null for any real number. */
  readonly inputRange: InputRange | null;
  /**
   * Fold every batch norm behind a convolution; otherwise only those that a merge needs folded: all on branches that
   * become one convolution, and that of a residual branch's last convolution.
   */
  readonly foldBatchNorm: boolean;
  /** Fuse neighbouring convolutions, as the project and expand layers of inverted residuals. */
  readonly fuse: boolean;
}

export interface Conversion {
  /** The converted model; the very model given where there was nothing to do. */
  readonly model: Model;
  readonly merged: readonly Merged[];
  readonly removed: readonly Removed[];
  readonly kept: readonly Kept[];
}

function checkOptions(options: ConvertOptions): Result<ConvertOptions> {
  const { strategy, inputRange } = options;
  if (!strategies.includes(strategy)) {
    return failed('bad-attribute', 'strategy', `no strategy is called ${String(strategy)}`);
  }
  if (inputRange !== null) {
    const { lower, upper } = inputRange;
    if (!Number.isFinite(lower) || !Number.isFinite(upper) || lower > upper) {
      return failed('bad-attribute', 'input range', `[${lower}, ${upper}] is no finite interval`);
    }
  }
  return success(options);
}

/** Ranges of the model's tensors, computed when first asked for; a tensor of the draft's own has none. */
function lazyRanges(model: Model, inputRange: InputRange | null): RemovalOptions['range'] {
  let known: readonly Range[] | null = null;
  return (tensor: TensorId) => {
    known ??= ranges(model, inputRange);
    if (tensor >= known.length) throw new Error('a block starts inside another');
    return known[tensor];
  };
}

interface Outcome {
  readonly merged: readonly Merged[];
  readonly removed: readonly Removed[];
  readonly kept: readonly Kept[];
}

/** Why an addition stays: why its branches are no convolution, where that is what they would have to be. */
function keptFor(add: string, reason: string, declined: Declined): Kept {
  return { add, reason: declined.get(add) ?? reason };
}

/** Merges and removes what can be; an addition that stays is tried again once others are gone. */
function removeAdditions(draft: Draft, options: RemovalOptions): Outcome {
  const merged: Merged[] = [];
  const removed: Removed[] = [];
  for (;;) {
    const linear = mergeBranches(draft);
    merged.push(...linear.merged);
    const before = removed.length;
    const kept: Kept[] = [];
    for (const layer of draft.layers()) {
      if (layer.kind === 'subtract' && linear.declined.has(layer.name)) {
        kept.push(keptFor(layer.name, '', linear.declined));
      }
      if (layer.kind !== 'add') continue;
      const outcome = removeShortcut(draft, layer, options);
      if (outcome.ok) removed.push(outcome.removed);
      else kept.push(keptFor(layer.name, outcome.reason, linear.declined));
    }
    if (kept.length === 0 || removed.length === before) return { merged, removed, kept };
  }
}

function convertOnce(model: Model, options: ConvertOptions): Result<Conversion> {
  const draft = new Draft(model);
  const outcome = removeAdditions(draft, {
    strategy: options.strategy,
    range: lazyRanges(model, options.inputRange),
    linearFollows: options.foldBatchNorm || options.fuse,
  });
  if (options.foldBatchNorm) foldBatchNorms(draft);
  if (options.fuse) fuseConvolutions(draft);
  if (!draft.changed) return success({ model, ...outcome });
  const finished = draft.finish();
  return finished.ok ? success({ model: finished.value, ...outcome }) : finished;
}

/**
 * Converts a model.
 * Errors: `bad-attribute` for options that make no sense, `bad-value` where a folded coefficient does
 * not fit float32. A shortcut that cannot be removed is no error; it is listed in `kept`.
 */
export function convert(model: Model, options: ConvertOptions): Result<Conversion> {
  const checked = checkOptions(options);
  if (!checked.ok) return checked;
  const merged: Merged[] = [];
  const removed: Removed[] = [];
  let current = model;
  for (;;) {
    const pass = convertOnce(current, options);
    if (!pass.ok) return pass;
    merged.push(...pass.value.merged);
    removed.push(...pass.value.removed);
    const { kept } = pass.value;
    // Fused layers have tighter ranges and other taps: what stayed may go now.
    if (kept.length === 0 || pass.value.model === current) {
      return success({ model: pass.value.model, merged, removed, kept });
    }
    current = pass.value.model;
  }
}
