/** Random edits of a certificate: what a mistake, or somebody who wants a false one accepted, would change. */
import type { Random } from '../../src/blocks/random.ts';
import {
  rules,
  type Argument,
  type Run,
  type Step,
  type Term,
} from '../../src/certificate/certificate.ts';
import type { Model } from '../../src/model/model.ts';

function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[random.bits() % Math.max(1, list.length)];
}

function replaced<T>(list: readonly T[], at: number, entries: readonly T[]): readonly T[] {
  return [...list.slice(0, at), ...entries, ...list.slice(at + 1)];
}

function otherNumber(random: Random, x: number): number {
  const others = [0, 1, -x, x * 2, x * 1.001, x + 1, x / 2, x + 2 ** -10];
  return pick(random, others) ?? 0;
}

function otherCount(random: Random, x: number): number {
  return Math.max(0, pick(random, [x + 1, x - 1, 0, x + 2]) ?? 0);
}

function otherTerm(random: Random, term: Term, tensors: readonly string[]): Term {
  const edits: readonly (() => Term)[] = [
    () => ({ ...term, tensor: pick(random, tensors) ?? term.tensor }),
    () => ({ ...term, channel: otherCount(random, term.channel) }),
    () => ({ ...term, scale: otherNumber(random, term.scale) || 1 }),
    () => ({ ...term, half: !term.half }),
    () => ({ ...term, stride: [Math.max(1, otherCount(random, term.stride[0])), term.stride[1]] }),
  ];
  return pick(random, edits)?.() ?? term;
}

function otherRun(random: Random, run: Run, tensors: readonly string[]): readonly Run[] {
  const at = random.bits() % Math.max(1, run.terms.length);
  const term = run.terms.at(at);
  const rule = pick(random, rules) ?? run.rule;
  const edits: readonly (() => readonly Run[])[] = [
    () => [{ ...run, rule }],
    () => [{ ...run, constant: otherNumber(random, run.constant) }],
    () => [{ ...run, first: otherCount(random, run.first) }],
    () => [{ ...run, count: otherCount(random, run.count) }],
    () => [],
    () => [run, run],
    () =>
      term === undefined
        ? [run]
        : [{ ...run, terms: replaced(run.terms, at, [otherTerm(random, term, tensors)]) }],
    () => (term === undefined ? [run] : [{ ...run, terms: replaced(run.terms, at, []) }]),
    () => (term === undefined ? [run] : [{ ...run, terms: replaced(run.terms, at, [term, term]) }]),
  ];
  return pick(random, edits)?.() ?? [run];
}

function otherStep(random: Random, step: Step, tensors: readonly string[]): Step {
  const name = pick(random, tensors) ?? '';
  const at = random.bits() % Math.max(1, step.runs.length);
  const run = step.runs.at(at);
  const edits: readonly (() => Step)[] = [
    () => ({ ...step, open: [...step.open, name] }),
    () => ({ ...step, open: step.open.slice(1) }),
    () => ({ ...step, tensor: name }),
    ...Array.from({ length: 5 }, () => (): Step => {
      if (run === undefined) return step;
      return { ...step, runs: replaced(step.runs, at, otherRun(random, run, tensors)) };
    }),
  ];
  return pick(random, edits)?.() ?? step;
}

/** The certificate with one random edit. */
export function tampered(random: Random, argument: Argument, original: Model): Argument {
  const tensors = original.tensors.map(({ name }) => name);
  const at = random.bits() % Math.max(1, argument.steps.length);
  const step = argument.steps.at(at);
  const fact = argument.facts.at(0);
  const name = pick(random, tensors) ?? '';
  const edits: readonly (() => Argument)[] = [
    () => ({ ...argument, named: [...argument.named, name] }),
    () => ({ ...argument, named: argument.named.slice(1) }),
    () => ({
      ...argument,
      inputRange: pick(random, [null, [-1, 1], [0, 1], [0, 0]] as const) ?? null,
    }),
    () => ({ ...argument, maxUlps: otherNumber(random, argument.maxUlps) }),
    () => ({ ...argument, steps: replaced(argument.steps, at, []) }),
    () => ({ ...argument, steps: [...argument.steps].reverse() }),
    () => ({ ...argument, outputs: argument.outputs.map((open) => [...open, name]) }),
    () => {
      if (fact === undefined) return argument;
      const runs = fact.runs.map((run) => ({
        ...run,
        constant: otherNumber(random, run.constant),
      }));
      return { ...argument, facts: [{ ...fact, runs }, ...argument.facts.slice(1)] };
    },
    () => {
      const rule = pick(random, rules) ?? 'is';
      const constant = otherNumber(random, 0);
      const runs = [{ first: otherCount(random, 0), count: 1, rule, terms: [], constant }];
      return { ...argument, facts: [...argument.facts, { tensor: name, open: [], runs }] };
    },
    ...Array.from({ length: 12 }, () => (): Argument => {
      if (step === undefined) return argument;
      return {
        ...argument,
        steps: replaced(argument.steps, at, [otherStep(random, step, tensors)]),
      };
    }),
  ];
  return pick(random, edits)?.() ?? argument;
}
