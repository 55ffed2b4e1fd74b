/** An audit as a person reads it: on a terminal, and as a page of Markdown. */
import Table from 'cli-table3';
import type {
  AdditionRecord,
  AuditRecord,
  CounterexampleRecord,
  ObstacleRecord,
  StrategyRecord,
} from './audit-record.ts';
import { bytes, scaled, significant } from './number.ts';

const verdicts = {
  removable: 'removable',
  'not-removable': 'not removable by the strategies here',
  undecided: 'undecided',
  plain: 'nothing to remove',
} as const;

/** A choice of words for text and for Markdown. */
interface Style {
  readonly heading: (text: string) => string;
  readonly subheading: (text: string) => string;
  readonly code: (text: string) => string;
  readonly table: (head: readonly string[], rows: readonly (readonly string[])[]) => string;
  readonly item: (text: string) => string;
}

const plain: Style = {
  heading: (text) => text,
  subheading: (text) => `  ${text}`,
  code: (text) => text,
  table: (head, rows) => {
    const table = new Table({ head: [...head], style: { head: [], border: [] } });
    for (const row of rows) table.push([...row]);
    return table.toString();
  },
  item: (text) => `  ${text}`,
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const markdown: Style = {
  heading: (text) => `## ${text}`,
  subheading: (text) => `### ${text}\n`,
  code: (text) => `\`${text}\``,
  table: (head, rows) =>
    [
      `| ${head.join(' | ')} |`,
      `|${head.map(() => '---').join('|')}|`,
      ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
    ].join('\n'),
  item: (text) => `- ${text}`,
};

function inputText({ shape, input }: CounterexampleRecord): string {
  const shown = input.slice(0, 8).map(significant).join(', ');
  const more = input.length > 8 ? `, … ${input.length} values` : '';
  return `${shape.join('×')} input [${shown}${more}]`;
}

function counterexampleText(found: CounterexampleRecord): string {
  const given = Object.entries(found.parameters).map(
    ([name, value]) => `${name} = ${significant(value)}`,
  );
  const drawn = found.seed === null ? '' : `, parameters of seed ${found.seed}`;
  const where = given.length === 0 ? drawn : ` with ${given.join(', ')} and all else 0`;
  const replays = found.kernels.map(({ kernel, gap }) => `${significant(gap)} on ${kernel}`);
  const seen = replays.length === 0 ? '' : `; apart by ${replays.join(', ')}`;
  return (
    `on the ${inputText(found)}${where} the block is ${significant(found.original)} and ` +
    `the plain one ${significant(found.plain)}${seen}`
  );
}

function verdictText({ status, trials }: StrategyRecord): string {
  if (status !== 'proved' || trials === null) return status;
  const agreed = trials.withinBound ? '' : ', but trials DISAGREE';
  return `proved${agreed}`;
}

function row(record: StrategyRecord, original: AdditionRecord['original']): readonly string[] {
  const { strategy, reason, assumptions, reserved, plain: cost, status } = record;
  const needs = assumptions.map(({ label }) => label).join(', ');
  if (status === 'inapplicable') return [strategy, status, reason, '', '', ''];
  if (status === 'undecided') return [strategy, status, `open: ${reason}`, '', '', ''];
  if (status === 'refuted') return [strategy, status, 'it fails at small sizes', '', '', ''];
  const change = (of: 'weights' | 'macs'): string =>
    `${scaled(original?.[of].value ?? 0)} → ${scaled(cost[of].value)}`;
  const assuming = needs === '' ? (reason === '' ? 'nothing' : reason) : needs;
  const channels = reserved.text === '0' ? 'none' : `${reserved.text} a layer`;
  return [strategy, verdictText(record), assuming, channels, change('weights'), change('macs')];
}

function obstacleLines(obstacle: ObstacleRecord, { item }: Style): readonly string[] {
  const line = obstacle.line === null ? '' : ` (line ${obstacle.line})`;
  const { counterexample } = obstacle;
  return [
    item(`in the way: ${obstacle.at}${line}: ${obstacle.reason}`),
    counterexample === null
      ? item('the nearest attempt was not told apart from the block on the inputs tried')
      : item(`the nearest attempt fails: ${counterexampleText(counterexample)}`),
    item(`what would help: ${obstacle.change}`),
  ];
}

function strategyLines(record: StrategyRecord, style: Style): readonly string[] {
  if (record.status !== 'proved') return [];
  const { proof, trials, plain: cost, layers, strategy, assumptions } = record;
  const { code } = style;
  const lines = [
    ...(proof === null
      ? []
      : [
          `theorem ${code(proof.theorem)}, for all weights and sizes: ${proof.obligations} obligations met by z3`,
        ]),
    ...assumptions.flatMap(({ label, meaning, met, counterexample }) => [
      `assumes (${label}) ${meaning}${met === null ? '' : `; ${met}`}`,
      ...(counterexample === null
        ? []
        : [`without (${label}) it fails: ${counterexampleText(counterexample)}`]),
    ]),
    ...(trials === null
      ? []
      : [
          `tried: ${trials.count} random networks of the theorem within float64's bound; on ${trials.kernels.join(', ')} ` +
            (trials.worstRatio <= 1 ? "every layer within float32's" : "a layer BEYOND float32's"),
        ]),
    `weights: ${code(cost.weights.text)}; MACs: ${code(cost.macs.text)}`,
    ...layers.map((layer, k) => `layer ${k + 1}: ${layer}`),
  ];
  const indent = style === plain ? '  ' : '';
  return [style.subheading(strategy), ...lines.map((line) => indent + style.item(line)), ''];
}

function additionLines(record: AdditionRecord, style: Style): readonly string[] {
  const { name, line, verdict, says, inner, original, strategies, obstacle, unknown } = record;
  const where = line === null ? '' : ` (line ${line})`;
  const head = ['strategy', 'verdict', 'assuming', 'reserved', 'weights', 'MACs'];
  return [
    style.heading(`${name}${where}: ${verdicts[verdict]}`),
    '',
    ...inner.map(({ sum, removal }) =>
      style.item(`with ${sum} on its way removed before (${removal}), and what that assumes`),
    ),
    style.item(says),
    ...(original === null
      ? []
      : [
          style.item(
            `as it is, weights: ${style.code(original.weights.text)}; MACs: ${style.code(original.macs.text)}`,
          ),
        ]),
    ...(strategies.length === 0
      ? []
      : [
          '',
          style.table(
            head,
            strategies.map((strategy) => row(strategy, original)),
          ),
          '',
        ]),
    ...strategies.flatMap((strategy) => strategyLines(strategy, style)),
    ...(obstacle === null ? [] : obstacleLines(obstacle, style)),
    ...(unknown === null ? [] : [style.item(`undecided: ${unknown}`)]),
    '',
  ];
}

function numbersText({ numbers }: AuditRecord): string {
  const values = Object.entries(numbers).map(([letter, value]) => `${letter} = ${value}`);
  return `numbers are for ${values.join(', ')}`;
}

/** What the block needs at its numbers, and the plain ones beside it. */
function deploymentLines({ deployments }: AuditRecord, style: Style): readonly string[] {
  if (deployments.length === 0) return [];
  const rows = deployments.map(({ removal, peak, latency }) => [
    removal,
    `${bytes(peak.original)} → ${bytes(peak.plain)}`,
    ...(latency === null ? [] : [`× ${latency.ratio.toFixed(2)} on ${latency.kernel}`]),
  ]);
  const isTimed = deployments.some(({ latency }) => latency !== null);
  const head = ['the whole block by', 'peak of activations', ...(isTimed ? ['latency'] : [])];
  return [style.table(head, rows), ''];
}

function body(record: AuditRecord, style: Style): string {
  const { additions } = record;
  if (additions.length === 0) {
    return `${style.item('there is no addition, and so no shortcut and no branch to remove')}\n`;
  }
  return [
    ...additions.flatMap((addition) => additionLines(addition, style)),
    ...deploymentLines(record, style),
    style.item(numbersText(record)),
    '',
  ].join('\n');
}

export function auditText(record: AuditRecord): string {
  const { block, source, verdict } = record;
  const from = source === '' ? '' : `from: ${source}\n`;
  return `${block}: ${verdicts[verdict]}\n${from}\n${body(record, plain)}`;
}

export function auditMarkdown(record: AuditRecord): string {
  const { block, source, verdict } = record;
  const from = source === '' ? '' : `\n\nFrom: ${source}.`;
  return `# ${block}: ${verdicts[verdict]}${from}\n\n${body(record, markdown)}`;
}
