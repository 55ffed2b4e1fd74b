/**
 * A verdict as a person reads it on a terminal: what was found first, then how well, under which
 * assumptions, and for a difference where it is, what causes it and an input that shows it.
 *
 * Plain text without colour, so that a log and a terminal show the same. Bounds are rounded up.
 */
import type { Counterexample, Difference, Proved, Verdict } from '../verdict/verdict.ts';
import { count, scaled, seconds, significant, ulps } from './number.ts';
import type { KernelErrors, ModelSummary, VerdictRecord } from './record.ts';

type Row = readonly [label: string, text: string];

const labelWidth = 20;

function line([label, text]: Row): string {
  return `  ${label.padEnd(labelWidth)}${text}`;
}

function headline(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'proved':
      return verdict.grade === 'exact'
        ? 'Proved: for every input the two models compute the same function.'
        : 'Proved, up to rounded weights: for every input the converted model computes the function ' +
            `of the original with no coefficient off by more than ${ulps(verdict.maxUlps)} units in the last place.`;
    case 'refuted':
      return 'Refuted: there is an input on which the two models differ.';
    case 'undecided':
      return `Undecided: ${verdict.reason}`;
  }
}

/** How many facts the solver added, and the first of them. */
function factRows({ facts = [] }: Proved): readonly Row[] {
  if (facts.length === 0) return [];
  const more = facts.length === 1 ? '' : `, and ${count(facts.length - 1)} more like it (--json)`;
  return [['using', `${facts[0]}${more}`]];
}

function certifiedRows({ certified }: Proved): readonly Row[] {
  if (certified === undefined) return [];
  const bound = `${ulps(certified.maxUlps)} units in the last place`;
  return [['checked', `by a second program that knows nothing of the prover: within ${bound}`]];
}

/** How many theorems the proof rests on, the first of them, and where the others are. */
function theoremRows({ theorems }: Proved): readonly Row[] {
  if (theorems.length === 0) return [];
  const [shown, more] = [theorems.slice(0, 2), theorems.slice(2)];
  const rest = more.length === 0 ? '' : `, and ${count(more.length)} more (--json)`;
  return [['by theorems', `${shown.join(', ')}${rest}; \`plainproof prove <name>\` shows one`]];
}

function gradeRows(verdict: Proved): readonly Row[] {
  if (verdict.grade === 'exact')
    return [['grade', 'exact: every coefficient is the same real number']];
  const place = verdict.largestRounding;
  const where = place === null ? '' : `, at ${place.layer}, channel ${place.channel}`;
  return [
    ['grade', 'rounded'],
    ['largest rounding', `${ulps(verdict.maxUlps)} float32 units in the last place${where}`],
  ];
}

function differenceRows(difference: Difference): readonly Row[] {
  const rows: Row[] = [['layer', `${difference.layer}, channel ${difference.channel}`]];
  if (difference.originalLayer !== null) {
    const channel =
      difference.originalChannel === null ? '' : `, channel ${difference.originalChannel}`;
    rows.push(['closest original', `${difference.originalLayer}${channel}`]);
  }
  rows.push(['cause', difference.cause]);
  if (difference.term !== null) rows.push(['coefficient of', difference.term]);
  const { originalCoefficient, convertedCoefficient } = difference;
  if (originalCoefficient !== null || convertedCoefficient !== null) {
    const show = (c: number | null): string => (c === null ? 'none' : String(c));
    rows.push([
      'coefficients',
      `${show(originalCoefficient)} in the original, ${show(convertedCoefficient)} in the converted model`,
    ]);
  }
  return rows;
}

function inputText(values: Float32Array): string {
  const shown = Array.from(values.subarray(0, 4), significant).join(', ');
  return values.length > 4 ? `[${shown}, … ${count(values.length)} values]` : `[${shown}]`;
}

function counterexampleRows(counterexample: Counterexample): readonly Row[] {
  const { index, gap, bound, boundKind, roundingNoise, output } = counterexample;
  const original = counterexample.originalOutput[index];
  const converted = counterexample.convertedOutput[index];
  const rows: Row[] = counterexample.inputs.map((values) => ['input', inputText(values)]);
  rows.push(
    [
      'output',
      `${output}[${index}]: ${original} in the original, ${converted} in the converted model`,
    ],
    ['gap', `${significant(gap)}, where ${significant(bound)} could be noise (${boundKind})`],
    ['rounded parameters', `explain ${significant(roundingNoise)} of it (measured)`],
  );
  const { channel = null } = counterexample;
  if (channel !== null) {
    rows.push([
      'at that channel',
      `gap ${significant(channel.gap)}, where ${significant(channel.bound)} could be noise ` +
        `(${channel.boundKind}) and rounded parameters explain ${significant(channel.roundingNoise)}; ` +
        'with the original’s channel in its place the models are proved equal',
    ]);
  }
  for (const replay of counterexample.replays) {
    const atLayer =
      replay.layerGap === null
        ? ''
        : `, ${significant(replay.layerGap)} at the first differing layer`;
    rows.push([`on ${replay.kernel}`, `gap ${significant(replay.gap)} end to end${atLayer}`]);
  }
  return rows;
}

function rows(verdict: Verdict): readonly Row[] {
  switch (verdict.verdict) {
    case 'proved':
      return [
        ...gradeRows(verdict),
        ...certifiedRows(verdict),
        ...factRows(verdict),
        ...theoremRows(verdict),
      ];
    case 'refuted':
      return [
        ...(verdict.firstDifference === null ? [] : differenceRows(verdict.firstDifference)),
        ...counterexampleRows(verdict.counterexample),
      ];
    case 'undecided':
      return verdict.firstDifference === null ? [] : differenceRows(verdict.firstDifference);
  }
}

function modelText(model: ModelSummary): string {
  if (model.parameters === null || model.macs === null) return model.path;
  return `${model.path} (${count(model.parameters)} parameters, ${scaled(model.macs)} MACs)`;
}

/** How the layers of both models fared on a kernel, in words. */
function kernelRow({ kernel, original, converted }: KernelErrors): Row {
  const worst = original.worstRatio > converted.worstRatio ? original : converted;
  const layers = original.layers + converted.layers;
  const judgement =
    worst.worstRatio <= 1
      ? `all ${count(layers)} layers of both models within float32 rounding`
      : 'NOT every layer is within float32 rounding';
  const ratio = `largest error ${ulps(worst.worstRatio)} of the bound, at ${worst.layer}`;
  return [`kernel ${kernel}`, `${judgement}; ${ratio}`];
}

/** Several lines, ending in a line break. */
export function verdictText(record: VerdictRecord): string {
  const { verdict, timings } = record;
  const assumptions = verdict.assumptions.map((text, i): Row => [
    i === 0 ? 'assuming' : '',
    `- ${text}`,
  ]);
  const all: readonly Row[] = [
    ...rows(verdict),
    ...assumptions,
    ...record.kernels.map(kernelRow),
    ['original', modelText(record.original)],
    ['converted', modelText(record.converted)],
    ['time', `${seconds(timings.total)}, of which reading ${seconds(timings.read)}`],
  ];
  return `${headline(verdict)}\n${all.map(line).join('\n')}\n`;
}
