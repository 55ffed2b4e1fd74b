/**
 * A verdict as Markdown, for an issue, a pull request or a release: what the page says first, and its table.
 *
 * Names are of files and may hold anything: they stand in code spans that nothing in them can end, and all other
 * text has every character that means something to Markdown or HTML escaped.
 */
import type { Difference, Proved, Verdict } from '../verdict/verdict.ts';
import type { LayerAccount } from '../verdict/layers.ts';
import { deviationTitle, layerDeviation } from './deviation.ts';
import { latencyRatio } from './latency.ts';
import { bytes, count, scaled, seconds, significant, ulps, ulpsBriefly } from './number.ts';
import type { KernelErrors, Latency, ModelSummary, VerdictRecord } from './record.ts';

/** Rows of the table of layers, at most; a page holds them all. */
const mostRows = 200;

function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~@]/g, (c) => `\\${c}`);
}

function code(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '\u{fffd}').replaceAll('|', '\\|');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function headline({ verdict, original, converted }: VerdictRecord): string {
  const [a, b] = [original, converted].map(({ path }) => code(fileName(path)));
  switch (verdict.verdict) {
    case 'proved':
      return verdict.grade === 'exact'
        ? `**Proved**: ${b} computes exactly the function of ${a}, every coefficient being the same real number, for every input.`
        : `**Proved**: ${b} computes exactly the function of ${a} with every coefficient within **${ulps(verdict.maxUlps)} units in the last place**, for every input.`;
    case 'refuted':
      return `**Refuted**: ${b} does not compute the function of ${a}: there is an input on which they differ.`;
    case 'undecided':
      return `**Undecided**: whether ${b} computes the function of ${a}: ${plain(verdict.reason)}`;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function modelRow(
  role: string,
  { path, sha256, parameters, macs, details = null }: ModelSummary,
): readonly string[] {
  const show = (n: number | null, as: (n: number) => string): string => (n === null ? '' : as(n));
  const size = details === null ? '' : bytes(details.bytes);
  const peak = details === null ? '' : bytes(details.peakActivationBytes);
  const digest = sha256 === null ? '' : code(sha256);
  return [role, code(path), size, show(parameters, count), show(macs, scaled), peak, digest];
}

function differenceLines(difference: Difference): readonly string[] {
  const { layer, channel, originalLayer, originalChannel, cause, term } = difference;
  const { originalCoefficient: before, convertedCoefficient: after } = difference;
  const lines = [`- first layer that differs: ${code(layer)}, channel ${channel}`];
  if (originalLayer !== null) {
    const at = originalChannel === null ? '' : `, channel ${originalChannel}`;
    lines.push(`- closest in the original: ${code(originalLayer)}${at}`);
  }
  lines.push(`- cause: ${plain(cause)}`);
  if (term !== null) lines.push(`- coefficient of ${plain(term)}`);
  if (before !== null || after !== null) {
    lines.push(
      `- coefficients: ${before ?? 'none'} in the original, ${after ?? 'none'} in the converted model`,
    );
  }
  return lines;
}

function certifiedLines({ certified }: Proved): readonly string[] {
  if (certified === undefined) return [];
  const bound = `${ulps(certified.maxUlps)} units in the last place`;
  return [`- checked by a second program that knows nothing of the prover: within ${bound}`];
}

function findings(verdict: Verdict): readonly string[] {
  switch (verdict.verdict) {
    case 'proved': {
      const place = verdict.largestRounding;
      const where =
        place === null ? '' : `, most at ${code(place.layer)}, channel ${place.channel}`;
      const grade = verdict.grade === 'exact' ? 'exact' : `rounded${where}`;
      return [
        `- grade: ${grade}`,
        ...certifiedLines(verdict),
        ...(verdict.facts ?? []).map((fact) => `- using: ${plain(fact)}`),
        `- by ${verdict.theorems.length} theorems: ${verdict.theorems.map(code).join(', ')}`,
      ];
    }
    case 'refuted': {
      const { firstDifference, counterexample } = verdict;
      const { output, index, gap, bound, boundKind, replays } = counterexample;
      const [a, b] = [counterexample.originalOutput[index], counterexample.convertedOutput[index]];
      return [
        ...(firstDifference === null ? [] : differenceLines(firstDifference)),
        `- output ${code(output)} at ${index}: ${a} in the original, ${b} in the converted model`,
        `- difference: ${significant(gap)}, where ${significant(bound)} could be noise (${boundKind})`,
        ...replays.map((r) => `- on ${r.kernel}: ${significant(r.gap)} end to end`),
      ];
    }
    case 'undecided':
      return verdict.firstDifference === null ? [] : differenceLines(verdict.firstDifference);
  }
}

/** For each kernel that compared layers one by one, the cell of a layer, which is told by its name. */
function deviationColumns({ kernels, converted }: VerdictRecord): readonly {
  readonly title: string;
  readonly cell: (layer: string) => string;
}[] {
  const nodes = converted.details?.network.nodes ?? [];
  const layers = nodes.filter(({ kind }) => kind !== 'input');
  const positions = new Map(layers.map(({ name }, position) => [name, position]));
  return kernels
    .filter((kernel) => (kernel.converted.ratios ?? []).length > 0)
    .map((kernel) => {
      const cell = (layer: string): string => {
        const position = positions.get(layer);
        if (position === undefined) return '';
        const deviation = layerDeviation(kernel.converted, position);
        if (deviation === null) return '';
        const { numbers, judgement, isAllowed } = deviation;
        const text = numbers === null ? judgement : `${numbers} (${judgement})`;
        return isAllowed ? text : `**${text}**`;
      };
      return { title: deviationTitle(plain(kernel.kernel)), cell };
    });
}

function layerRow(layer: LayerAccount): readonly string[] {
  const counts = Object.entries(layer.counts)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${n} ${kind === 'other' ? 'unmatched' : kind}`);
  return [
    code(layer.layer),
    counts.join(', '),
    layer.standsFor.map(code).join(' → '),
    ulpsBriefly(layer.ulps),
  ];
}

function layerTable(record: VerdictRecord): readonly string[] {
  const layers = record.verdict.account?.layers ?? [];
  if (layers.length === 0) return [];
  const columns = deviationColumns(record);
  const rows = layers
    .slice(0, mostRows)
    .map((layer) => [...layerRow(layer), ...columns.map(({ cell }) => cell(layer.layer))]);
  const own = ['converted layer', 'its channels', 'does the work of', 'rounding in ulps'];
  const head = [...own, ...columns.map(({ title }) => title)];
  const rest = layers.length - rows.length;
  const more = rest === 0 ? [] : [`… and ${count(rest)} more layers.`];
  const body = [table(head, rows), ...more].join('\n\n');
  return [`<details><summary>${count(layers.length)} layers</summary>\n\n${body}\n\n</details>`];
}

function latencyText(latency: Latency): string {
  const { low, middle, high, runs } = latencyRatio(latency);
  const [a, b, c] = [low, middle, high].map((ratio) => ratio.toFixed(2));
  return `; latency × ${b}, half of ${runs} runs in turns between ${a} and ${c}`;
}

function kernelLine({ kernel, original, converted, latency = null }: KernelErrors): string {
  const worst = original.worstRatio > converted.worstRatio ? original : converted;
  return `- on ${kernel}: largest deviation of a layer ${ulps(worst.worstRatio)} of what float32 rounding allows, at ${code(worst.layer)}${latency === null ? '' : latencyText(latency)}`;
}

/** Sections with blank lines between them, ending in a line break. */
export function reportMarkdown(record: VerdictRecord): string {
  const { verdict, run = null, timings } = record;
  const assumed = verdict.assumptions.map((text) => `- assuming: ${plain(text)}`);
  const made =
    run === null
      ? [`In ${seconds(timings.total)}.`]
      : [
          `In ${seconds(timings.total)} on ${run.date.slice(0, 10)} by plainproof ${plain(run.plainproof)} with ${plain(run.solver)}; again with ${code(run.command)}`,
        ];
  const models = table(
    ['', 'file', 'bytes', 'parameters', 'MACs', 'peak activations', 'SHA-256'],
    [modelRow('original', record.original), modelRow('converted', record.converted)],
  );
  const lines = [...findings(verdict), ...assumed, ...record.kernels.map(kernelLine)];
  const sections = [headline(record), lines.join('\n'), models, ...layerTable(record), ...made];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
