/**
 * Audits a block: each addition with what stands between it and its shortcut, what removes it, under which
 * assumptions and at what cost; or the layer in the way.
 *
 * A block without an addition has nothing to remove. A block is removable where every addition is, by at least one strategy whose theorem z3 proved here and whose
 * trials agree; one that is not may still be by other means. Nothing of this is looked up: a block is never recognised by its name or shape.
 */
import type { Addition } from './addition.ts';
import { additionsOf } from './addition.ts';
import { activationCounterexample, structuralCounterexample } from './attempt.ts';
import { graphCost, residualCost, type Cost, type CostChange } from './cost.ts';
import type { Counterexample } from './counterexample.ts';
import type { Block, Node } from './graph.ts';
import { deploymentsOf, type Deployment, type Removal } from './deployment.ts';
import { costNumbers } from './numbers.ts';
import { plainChain, withChain } from './plain-chain.ts';
import { rangeFact } from './range-fact.ts';
import { parallelOf, type Parallel } from './parallel.ts';
import { auditParallel, type ParallelAudit } from './parallel-audit.ts';
import { residualOf, type Hindrance, type Recognised, type Residual } from './residual.ts';
import { letter, over, times, unit, type Numbers } from './size.ts';
import { strategyNames } from './residual-trial.ts';
import { auditStrategy, type AuditTools, type StrategyAudit } from './strategy-audit.ts';
import { agrees } from './trial.ts';

export type BlockVerdict = 'removable' | 'not-removable' | 'undecided';

export interface AuditedStrategy extends StrategyAudit {
  readonly cost: CostChange;
}

/** What stands in the way of an addition's shortcut, with an input that shows it. */
export interface Obstacle {
  readonly at: Node;
  readonly reason: string;
  /** The change to the block that would make it removable. */
  readonly change: string;
  readonly counterexample: Counterexample | null;
}

/** A sum inside a branch of another, which is audited with the layers in a row that the inner one becomes. */
export interface Inner {
  readonly root: Node;
  readonly removal: string;
}

export type AdditionAudit = AuditedAddition & {
  /** Sums that have to be removed before. */
  readonly inner: readonly Inner[];
};

type AuditedAddition = { readonly root: Node; readonly verdict: BlockVerdict } & (
  | {
      readonly kind: 'residual';
      readonly residual: Residual;
      readonly strategies: readonly AuditedStrategy[];
      /** Why `nonnegative` may be relied on; null where nothing says so. */
      readonly fact: string | null;
      readonly obstacle: Obstacle | null;
    }
  | {
      readonly kind: 'parallel';
      readonly parallel: Parallel;
      readonly audit: ParallelAudit;
      readonly cost: { readonly original: Cost; readonly plain: Cost };
    }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle }
  | { readonly kind: 'unknown'; readonly at: Node; readonly reason: string }
);

export interface BlockAudit {
  readonly block: Block;
  /** `plain` where nothing is added, so that there is nothing to remove. */
  readonly verdict: BlockVerdict | 'plain';
  readonly additions: readonly AdditionAudit[];
  /** Of the letters, for the costs in numbers. */
  readonly numbers: Numbers;
  /** The block at those numbers, beside what the converter makes of it. */
  readonly deployments: readonly Deployment[];
  readonly seconds: number;
}

export type { AuditTools };

/** Kebab-case, for names of theorems and files. */
export function slugOf(name: string): string {
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return slug.replaceAll(/^-|-$/g, '') || 'block';
}

function allLinear({ meeting }: Addition): boolean {
  if (meeting.kind === 'apart') return false;
  return meeting.operands.every(({ side }) => side.steps.every(({ bend }) => bend === null));
}

/** What would help where no strategy gets past the activations. */
function activationChange({ layers }: Residual): string {
  const bent = layers.flatMap(({ bending }) => bending ?? []);
  const isHalved = bent.every(({ halves }) => halves);
  return isHalved
    ? 'keep one of the activations only (its halves at x and −x then carry x), or take ReLU'
    : 'take an activation that is the identity somewhere, such as ReLU, or whose halves at x and −x differ by x, such as GELU';
}

async function activationObstacle(
  residual: Residual,
  audits: readonly StrategyAudit[],
  { kernels }: AuditTools,
): Promise<Obstacle> {
  const bent = residual.layers.find(({ bending }) => bending !== null && !bending.isPerChannel);
  const at = bent?.step.bend ?? residual.addition.root;
  return {
    at,
    reason: audits.map(({ strategy, reason }) => `${strategy}: ${reason}`).join('; '),
    change: activationChange(residual),
    counterexample: await activationCounterexample(residual, kernels),
  };
}

function isSound({ status, trials }: Pick<StrategyAudit, 'status' | 'trials'>): boolean {
  return status === 'proved' && trials.every(({ apart }) => agrees(apart));
}

async function auditResidual(
  block: Block,
  residual: Residual,
  title: string,
  tools: AuditTools,
): Promise<AuditedAddition> {
  const audits = await Promise.all(
    strategyNames.map((name) => auditStrategy(residual, name, `${title}-${name}`, tools)),
  );
  const strategies = audits.map((audit): AuditedStrategy => {
    return { ...audit, cost: residualCost(residual, audit.strategy) };
  });
  const { root } = residual.addition;
  const fact = rangeFact(block, residual);
  const of = { kind: 'residual', root, residual, strategies, fact } as const;
  if (strategies.some(isSound)) return { ...of, verdict: 'removable', obstacle: null };
  const open = audits.some(({ status }) => status === 'undecided' || status === 'proved');
  if (open) return { ...of, verdict: 'undecided', obstacle: null };
  const obstacle = await activationObstacle(residual, audits, tools);
  return { ...of, verdict: 'not-removable', obstacle };
}

async function hindered(
  block: Block,
  addition: Addition,
  hindrance: Hindrance,
  { kernels }: AuditTools,
): Promise<AuditedAddition> {
  const { root } = addition;
  const { at, reason } = hindrance;
  if (hindrance.kind === 'unknown') {
    return { kind: 'unknown', root, verdict: 'undecided', at, reason };
  }
  const counterexample = await structuralCounterexample(block, addition, at, kernels);
  const obstacle = { at, reason, change: hindrance.change, counterexample };
  return { kind: 'obstacle', root, verdict: 'not-removable', obstacle };
}

/** Of the convolution that the branches amount to. */
function mergedCost({ kernel, fork, addition, groups }: Parallel): Cost {
  const from = groups === 'depthwise' ? unit : (over(fork.channels, groups) ?? fork.channels);
  const weights = times((addition.passing?.concat ?? addition.root).channels, from, ...kernel);
  const { stride } = addition.root;
  if (stride === null) return { weights, macs: weights };
  const macs = times(weights, letter('H'), letter('W'));
  return { weights, macs: over(macs, times(stride, stride)) ?? macs };
}

async function auditAddition(
  block: Block,
  addition: Addition,
  title: string,
  tools: AuditTools,
): Promise<AuditedAddition> {
  if (allLinear(addition)) {
    const linear: Recognised<Parallel> = parallelOf(addition);
    if (linear.ok) {
      const parallel = linear.value;
      const audit = await auditParallel(block, parallel, title, tools);
      const verdict = isSound(audit)
        ? 'removable'
        : audit.status === 'refuted'
          ? 'not-removable'
          : 'undecided';
      const nodes = parallel.operands.flatMap(({ side, repeat }) => [
        ...side.nodes,
        ...(repeat === null ? [] : [repeat]),
      ]);
      const cost = { original: graphCost(nodes), plain: mergedCost(parallel) };
      return { kind: 'parallel', root: addition.root, verdict, parallel, audit, cost };
    }
    const asResidual = residualOf(addition);
    if (!asResidual.ok && asResidual.hindrance.kind === 'obstacle') {
      return hindered(block, addition, asResidual.hindrance, tools);
    }
    return hindered(block, addition, linear.hindrance, tools);
  }
  const residual = residualOf(addition);
  return residual.ok
    ? auditResidual(block, residual.value, title, tools)
    : hindered(block, addition, residual.hindrance, tools);
}

/** The ways that remove every addition of the block. */
function removalsOf(audits: readonly AdditionAudit[]): readonly Removal[] {
  const residuals = audits.flatMap((audit) => (audit.kind === 'residual' ? [audit] : []));
  if (residuals.length === 0) return audits.length === 0 ? [] : ['one convolution'];
  return strategyNames.filter((name) =>
    residuals.every(({ strategies }) =>
      strategies.some((audit) => audit.strategy === name && isSound(audit)),
    ),
  );
}

const severity: readonly BlockVerdict[] = ['not-removable', 'undecided', 'removable'];

/** The addition with layers in a row for each sum on its branches that has been found removable. */
function flattened(
  block: Block,
  addition: Addition,
  audits: readonly AdditionAudit[],
): { readonly block: Block; readonly addition: Addition; readonly inner: readonly Inner[] } {
  const inner: Inner[] = [];
  let [within, seen] = [block, addition];
  for (;;) {
    const { meeting } = seen;
    const at = meeting.kind === 'apart' ? meeting.at : null;
    const chains = audits.map(plainChain);
    const chain = at === null ? null : chains.find((found) => found?.root.id === at.id);
    if (at === null || chain === null || chain === undefined) {
      return { block: within, addition: seen, inner };
    }
    within = withChain(within, { ...chain, root: at });
    const next = additionsOf(within).find(({ root }) => root.id === addition.root.id);
    if (next === undefined) return { block, addition, inner: [] };
    seen = next;
    inner.push({ root: at, removal: chain.removal });
  }
}

export interface AuditOptions {
  /** Whether to measure how long the block and its plain twins take, on the first kernel. */
  readonly latency?: boolean;
}

/** The block must have no mistakes. */
export async function auditBlock(
  block: Block,
  tools: AuditTools,
  options: AuditOptions = {},
): Promise<BlockAudit> {
  const start = performance.now();
  const additions = additionsOf(block);
  // No theorem of the library is called so, and none is to be hidden by a block's.
  const slug = `block-${slugOf(block.name)}`;
  const audits: AdditionAudit[] = [];
  for (const [k, addition] of additions.entries()) {
    const title = additions.length === 1 ? slug : `${slug}-${k + 1}`;
    const { block: within, addition: seen, inner } = flattened(block, addition, audits);
    audits.push({ ...(await auditAddition(within, seen, title, tools)), inner });
  }
  const verdicts = audits.map(({ verdict }) => verdict);
  const verdict = severity.find((word) => verdicts.includes(word)) ?? 'plain';
  const numbers = costNumbers(block);
  const timedOn = options.latency === true ? tools.kernels[0] : null;
  const removals = verdict === 'removable' ? removalsOf(audits) : [];
  const deployments = await deploymentsOf(block, removals, { numbers, timedOn });
  const seconds = (performance.now() - start) / 1000;
  return { block, verdict, additions: audits, numbers, deployments, seconds };
}
