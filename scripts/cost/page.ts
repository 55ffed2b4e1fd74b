/** reports/cost.md, from the record alone. */
import { bytes, scaled } from '../../src/report/number.ts';
import { reserve } from './networks.ts';
import { costAt, kernelsOf, latencyAt, type Place } from './place.ts';
import {
  depths,
  networkNames,
  type Cost,
  type CostRecord,
  type Depth,
  type Form,
  type Latency,
  type NetworkName,
} from './record.ts';

/** The amount, and what it is of the ResNet's. */
function beside(own: number, base: number, text: (n: number) => string): string {
  return own === base ? text(own) : `${text(own)} (× ${(own / base).toFixed(2)})`;
}

function latencyCell(latency: Latency | null): string {
  if (latency === null) return '1';
  const [low, middle, high] = [latency.lowerQuartile, latency.median, latency.upperQuartile].map(
    (ratio) => ratio.toFixed(2),
  );
  return `${middle} (${low} to ${high})`;
}

function row(record: CostRecord, place: Place): string {
  const own = costAt(record, place);
  const base = costAt(record, { ...place, network: 'ResNet' });
  const kept =
    own.keptActivationBytes === null || base.keptActivationBytes === null
      ? []
      : [beside(own.keptActivationBytes, base.keptActivationBytes, bytes)];
  const cells = [
    place.network,
    beside(own.parameters, base.parameters, scaled),
    beside(own.macs, base.macs, scaled),
    ...kept,
    bytes(own.peakActivationBytes),
    beside(own.blockActivationBytes, base.blockActivationBytes, bytes),
    ...kernelsOf(record).map((kernel) => latencyCell(latencyAt(record, place, kernel))),
    ...(own.proof === null ? [] : [own.proof]),
  ];
  return `| ${cells.join(' | ')} |`;
}

function table(record: CostRecord, depth: Depth, form: Form): string {
  const isTraining = form === 'training';
  const head = [
    'network',
    'parameters',
    'MACs',
    ...(isTraining ? ['kept for the backward pass'] : []),
    'peak activations',
    '… in the blocks',
    ...kernelsOf(record),
    ...(isTraining ? [] : ['proved equal to the trained']),
  ];
  const rule = head.map((_, k) => (k === 0 ? '---' : '--:'));
  const rows = networkNames.map((network) => row(record, { depth, network, form }));
  return [`| ${head.join(' | ')} |`, `|${rule.join('|')}|`, ...rows].join('\n');
}

function section(record: CostRecord, depth: Depth): string {
  return `## Depth ${depth}

![Costs at depth ${depth} as multiples of the ResNet's, training and deployed; the numbers are in the tables](cost-${depth}.svg)

Training:

${table(record, depth, 'training')}

Deployed:

${table(record, depth, 'deployed')}`;
}

/** "× 1.09 and × 1.10": one ratio a depth. */
function ratios(
  record: CostRecord,
  [network, form]: readonly [NetworkName, Form],
  of: (cost: Cost) => number | null,
): string {
  return depths
    .map((depth) => {
      const own = of(costAt(record, { depth, network, form }));
      const base = of(costAt(record, { depth, network: 'ResNet', form }));
      return `× ${((own ?? NaN) / (base ?? NaN)).toFixed(2)}`;
    })
    .join(' and ');
}

/** "0.93 to 1.20": the medians of all kernels and depths. */
function latencyRange(record: CostRecord, network: NetworkName, form: Form): string {
  const medians = record.latencies
    .filter((latency) => latency.network === network && latency.form === form)
    .map(({ median }) => median);
  return `${Math.min(...medians).toFixed(2)} to ${Math.max(...medians).toFixed(2)} of the ResNet's`;
}

function account(record: CostRecord): string {
  const of = (network: NetworkName, form: Form, count: (cost: Cost) => number | null): string =>
    ratios(record, [network, form], count);
  const macs = ({ macs: count }: Cost): number => count;
  const kept = ({ keptActivationBytes }: Cost): number | null => keptActivationBytes;
  const blocks = ({ blockActivationBytes }: Cost): number => blockActivationBytes;
  return `| what is said of them | what is found here, at depths ${depths.join(' and ')} |
|---|---|
| RepVGG costs more to train | MACs ${of('RepVGG', 'training', macs)}, activations kept ${of('RepVGG', 'training', kept)}; a forward pass takes ${latencyRange(record, 'RepVGG', 'training')} |
| RM costs what the ResNet costs to train | it is the ResNet while it trains: the same network |
| RepVGG runs faster once deployed | MACs ${of('RepVGG', 'deployed', macs)}; latency ${latencyRange(record, 'RepVGG', 'deployed')} |
| RM alone runs slower | MACs ${of('RM of the ResNet', 'deployed', macs)}; latency ${latencyRange(record, 'RM of the ResNet', 'deployed')}: the reserved channels are computed like any other, which is why it is followed by pruning |
| shortcuts hold a large part of the activation memory | without them, as in RepVGG, blocks peak at ${of('RepVGG', 'deployed', blocks)}. RM does not give that part back by itself, ${of('RM of the ResNet', 'deployed', blocks)}: what the shortcut held is in the reserved channels |
| RM-RepVGG runs as RepVGG does | the same layers of the same sizes; the share r = ${reserve} that passes makes training cheaper, MACs ${of('RM-RepVGG', 'training', macs)} |`;
}

export function costPage(record: CostRecord): string {
  return `# What ResNet, RepVGG and RM cost at equal depth

Networks of as many 3×3 layers of the same widths and strides, between the same stem and classifier, on one
image of 3×224×224: the ResNet of basic blocks (arXiv 1512.03385); RepVGG (arXiv 2101.03697), which trains with
three branches and runs as one convolution; the ResNet with its shortcuts removed by RM (arXiv 2111.00687), which
trains as the ResNet; and RM-RepVGG (same paper), of whose channels the share r = ${reserve} passes each block as it is.
Deployed, batch norms are folded and branches merged; the ResNet keeps its shortcuts.

- *Parameters* are the float32 values stored, four a channel for a batch norm; *MACs* those of convolutions and dense
  layers, padding included.
- *Kept for the backward pass*: what convolutions, dense layers, batch norms and max pools read, and what a ReLU wrote.
- *Peak activations*: the largest sum alive at once in a forward pass, every layer writing a tensor of its own. It is
  the stem's in every one of them; *in the blocks* leaves the stem out and has batch norms, ReLUs and sums write over
  what they read, as runtimes do.
- Kernels: latency of one forward pass as a multiple of the ResNet's of the same form, the median of ${Math.max(0, ...record.latencies.map(({ rounds }) => rounds))} rounds in which
  all networks of a depth took turns, with its quartiles. A ratio on one machine at one time, not a claim about
  others; in training form batch norms run with stored statistics, and nothing is propagated back. tfjs's plain
  JavaScript backend is left out: it takes a hundred times as long as the others.

${depths.map((depth) => section(record, depth)).join('\n\n')}

## Beside what the papers say

${account(record)}

Accuracy, which is what all of this is traded for, is not measured here: weights are random.

Made by \`npm run report:cost\`. All but the latencies is computed anew and compared by test/docs/cost.test.ts; those are
kept in [cost.json](cost.json).
`;
}
