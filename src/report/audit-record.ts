/**
 * An audit as plain data: what is written as JSON, and what the text and the page are made from.
 *
 * Nothing in it depends on the machine or the day but latencies, where they were asked for, so that reports can be
 * compared.
 */
import {
  slugOf,
  type AdditionAudit,
  type AuditedStrategy,
  type BlockAudit,
  type Obstacle,
} from '../audit/audit.ts';
import type { Cost } from '../audit/cost.ts';
import type { Counterexample } from '../audit/counterexample.ts';
import type { Deployment } from '../audit/deployment.ts';
import type { Node } from '../audit/graph.ts';
import type { Parallel } from '../audit/parallel.ts';
import type { Residual } from '../audit/residual.ts';
import { printed, textOf, valueOf, type Numbers, type Size } from '../audit/size.ts';
import type { StrategyAudit } from '../audit/strategy-audit.ts';
import type { Trial } from '../audit/trial.ts';
import { termText } from '../theorems/term-text.ts';
import { plainLayers } from './audit-layers.ts';

/** A size as mathjs reads it, as people do, and at the block's numbers. */
interface SizeRecord {
  readonly formula: string;
  readonly text: string;
  readonly value: number;
}

interface CostRecord {
  readonly weights: SizeRecord;
  readonly macs: SizeRecord;
}

export interface CounterexampleRecord {
  readonly shape: readonly number[];
  readonly input: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly seed: number | null;
  readonly original: number;
  readonly plain: number;
  readonly gap: number;
  readonly bound: number;
  readonly kernels: readonly { readonly kernel: string; readonly gap: number }[];
}

interface AssumptionRecord {
  readonly label: string;
  readonly meaning: string;
  /** Why it holds without being asked of anybody; null where nothing says so. */
  readonly met: string | null;
  readonly counterexample: CounterexampleRecord | null;
}

interface TrialsRecord {
  readonly count: number;
  readonly kernels: readonly string[];
  /** Between the two networks in float64, over what float64 may have rounded. */
  readonly withinBound: boolean;
  /** Largest error of a layer on a kernel, over what float32 allows it. */
  readonly worstRatio: number;
}

interface ProofRecord {
  readonly theorem: string;
  readonly hypotheses: readonly string[];
  readonly obligations: number;
}

export interface StrategyRecord {
  readonly strategy: string;
  readonly status: StrategyAudit['status'];
  readonly reason: string;
  readonly assumptions: readonly AssumptionRecord[];
  readonly proof: ProofRecord | null;
  readonly trials: TrialsRecord | null;
  readonly reserved: SizeRecord;
  readonly plain: CostRecord;
  /** The layers of the plain block, in words. */
  readonly layers: readonly string[];
}

export interface ObstacleRecord {
  readonly at: string;
  readonly line: number | null;
  readonly reason: string;
  readonly change: string;
  readonly counterexample: CounterexampleRecord | null;
}

export interface AdditionRecord {
  readonly name: string;
  readonly line: number | null;
  readonly verdict: BlockAudit['verdict'];
  readonly kind: AdditionAudit['kind'];
  /** In words: what is added to what. */
  readonly says: string;
  /** Sums on its sides that are removed before, and how. */
  readonly inner: readonly { readonly sum: string; readonly removal: string }[];
  readonly original: CostRecord | null;
  readonly strategies: readonly StrategyRecord[];
  readonly obstacle: ObstacleRecord | null;
  readonly unknown: string | null;
}

export interface AuditRecord {
  /** The name in kebab case. */
  readonly slug: string;
  readonly block: string;
  readonly source: string;
  readonly verdict: BlockAudit['verdict'];
  readonly numbers: Numbers;
  readonly additions: readonly AdditionRecord[];
  /** The block at these numbers beside what the converter makes of it, for each way of removing. */
  readonly deployments: readonly Deployment[];
}

function sizeRecord(size: Size, numbers: Numbers): SizeRecord {
  return { formula: textOf(size), text: printed(size), value: valueOf(size, numbers) };
}

function costRecord({ weights, macs }: Cost, numbers: Numbers): CostRecord {
  return { weights: sizeRecord(weights, numbers), macs: sizeRecord(macs, numbers) };
}

function counterexampleRecord(found: Counterexample | null): CounterexampleRecord | null {
  if (found === null) return null;
  const { shape, input, letters, seed, trial } = found;
  const { original, plain, gap, bound } = trial.apart;
  const kernels = trial.kernels.map(({ kernel, gap: seen }) => ({ kernel, gap: seen }));
  return { shape, input, parameters: letters, seed, original, plain, gap, bound, kernels };
}

function trialsRecord(trials: readonly Trial[]): TrialsRecord | null {
  if (trials.length === 0) return null;
  const kernels = trials[0].kernels.map(({ kernel }) => kernel);
  const ratios = trials.flatMap((trial) => trial.kernels.map(({ worstRatio }) => worstRatio));
  return {
    count: trials.length,
    kernels,
    withinBound: trials.every(({ apart: { gap, bound } }) => gap <= bound),
    worstRatio: Math.max(0, ...ratios),
  };
}

function proofRecord({ entry, asked }: Pick<StrategyAudit, 'entry' | 'asked'>): ProofRecord | null {
  if (entry === null || asked.length === 0) return null;
  const hypotheses = entry.statement.hypotheses.map((hypothesis) =>
    hypothesis.kind === 'typing'
      ? termText(hypothesis.term)
      : `${termText(hypothesis.term)}  (${hypothesis.meaning})`,
  );
  return { theorem: entry.name, hypotheses, obligations: asked.length };
}

function strategyRecord(
  { residual, fact }: { readonly residual: Residual; readonly fact: string | null },
  audited: AuditedStrategy,
  numbers: Numbers,
): StrategyRecord {
  const { strategy, status, reason, needs, trials, cost } = audited;
  return {
    strategy,
    status,
    reason,
    assumptions: needs.map(({ label, meaning, counterexample }) => {
      const met = label === 'non-negative' ? fact : null;
      return { label, meaning, met, counterexample: counterexampleRecord(counterexample) };
    }),
    proof: proofRecord(audited),
    trials: trialsRecord(trials),
    reserved: sizeRecord(cost.reserved, numbers),
    plain: costRecord(cost.plain, numbers),
    layers: status === 'inapplicable' ? [] : plainLayers(residual, audited),
  };
}

function names(nodes: readonly Node[]): string {
  return nodes.length === 0 ? 'nothing' : nodes.map(({ name }) => name).join(', ');
}

function residualWords({ fork, shortcut, shortcutSide, branchSide, addition }: Residual): string {
  const side = shortcut === 'identity' ? `${fork.name} itself` : names(shortcutSide.nodes);
  const behind = addition.tail.length === 0 ? '' : `; behind the sum: ${names(addition.tail)}`;
  return `the shortcut is ${side}; between it and the sum: ${names(branchSide.nodes)}${behind}`;
}

function parallelWords({ fork, operands, passing }: Parallel): string {
  const sides = operands.map(({ side, repeat }) => {
    if (repeat !== null) return `${repeat.name} of ${names(side.nodes)}`;
    return side.nodes.length === 0 ? fork.name : names(side.nodes);
  });
  const passed = passing === null ? '' : `; the first ${printed(passing)} channels pass`;
  return `every side is linear in ${fork.name}: ${sides.join(' + ')}${passed}`;
}

function obstacleRecord({ at, reason, change, counterexample }: Obstacle): ObstacleRecord {
  const line = at.place?.line ?? null;
  return {
    at: at.name,
    line,
    reason,
    change,
    counterexample: counterexampleRecord(counterexample),
  };
}

function additionRecord(audit: AdditionAudit, numbers: Numbers): AdditionRecord {
  const { root, kind, verdict } = audit;
  const inner = audit.inner.map((sum) => ({ sum: sum.root.name, removal: sum.removal }));
  const head = { name: root.name, line: root.place?.line ?? null, verdict, kind, inner };
  const none = { original: null, strategies: [], obstacle: null, unknown: null };
  switch (audit.kind) {
    case 'residual': {
      const { residual, strategies, obstacle } = audit;
      return {
        ...head,
        ...none,
        says: residualWords(residual),
        original: costRecord(strategies[0].cost.original, numbers),
        strategies: strategies.map((audited) => strategyRecord(audit, audited, numbers)),
        obstacle: obstacle === null ? null : obstacleRecord(obstacle),
      };
    }
    case 'parallel': {
      const { parallel, audit: found, cost } = audit;
      const [rows, columns] = parallel.kernel.map(printed);
      const merged: StrategyRecord = {
        strategy: 'one convolution',
        status: found.status,
        reason: found.reason,
        assumptions: [],
        proof: proofRecord(found),
        trials: trialsRecord(found.trials),
        reserved: sizeRecord([], numbers),
        plain: costRecord(cost.plain, numbers),
        layers: [`${rows}×${columns}, the sum of the branches' kernels and of their shifts`],
      };
      return {
        ...head,
        ...none,
        says: parallelWords(parallel),
        original: costRecord(cost.original, numbers),
        strategies: [merged],
      };
    }
    case 'obstacle': {
      const obstacle = obstacleRecord(audit.obstacle);
      return { ...head, ...none, says: `${obstacle.at} stands in the way`, obstacle };
    }
    case 'unknown':
      return {
        ...head,
        ...none,
        says: `${audit.at.name} is not understood`,
        unknown: audit.reason,
      };
  }
}

export function auditRecord(audit: BlockAudit): AuditRecord {
  const { block, verdict, numbers, additions, deployments } = audit;
  return {
    slug: slugOf(block.name),
    block: block.name,
    source: block.source,
    verdict,
    numbers,
    additions: additions.map((addition) => additionRecord(addition, numbers)),
    deployments,
  };
}
