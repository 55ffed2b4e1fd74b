/** reports/pruning.md, from the record alone. */
import { bytes, scaled } from '../../src/report/number.ts';
import { slimShare } from './count.ts';
import {
  at,
  kernelsOf,
  placesOf,
  shares,
  subjects,
  type Cost,
  type Place,
  type PruningRecord,
  type Slimming,
  type Subject,
  type Way,
} from './record.ts';

export const wayNames: Readonly<Record<Way, string>> = {
  alone: 'shortcuts, each layer for itself',
  alike: 'shortcuts, tied layers alike',
  plain: 'after RM',
  narrow: 'after RM, to the widths with shortcuts',
  fused: 'after RM and fusing',
};

export function costAt(record: PruningRecord, place: Place): Cost {
  const found = at(record.costs, place);
  if (found === null) throw new Error(`no costs of ${place.subject}, ${place.way}`);
  return found;
}

function whole(record: PruningRecord, subject: Subject): Cost {
  return costAt(record, { subject, way: 'alone', share: 1 });
}

function beside(own: number, base: number, text: (n: number) => string): string {
  return own === base ? text(own) : `${text(own)} (× ${(own / base).toFixed(2)})`;
}

function latencyCell(record: PruningRecord, place: Place, kernel: string): string {
  const own = record.latencies.filter((latency) => latency.kernel === kernel);
  const found = at(own, place);
  if (found === null) return '1';
  const [low, middle, high] = [found.lowerQuartile, found.median, found.upperQuartile].map((n) =>
    n.toFixed(2),
  );
  return `${middle} (${low} to ${high})`;
}

function nameOf({ way, share }: Place): string {
  if (share === 1) return way === 'alone' ? 'whole' : `whole, ${wayNames[way]}`;
  return wayNames[way];
}

function row(record: PruningRecord, place: Place): string {
  const own = costAt(record, place);
  const base = whole(record, place.subject);
  const stays = own.tied === 0 ? '' : `, of which ${own.tied} are tied and stay`;
  const cells = [
    place.share === 1 ? '' : String(place.share),
    nameOf(place),
    own.asked === 0 ? '' : `${own.asked}${stays}`,
    beside(own.parameters, base.parameters, scaled),
    beside(own.macs, base.macs, scaled),
    beside(own.peakActivationBytes, base.peakActivationBytes, bytes),
    ...kernelsOf(record).map((kernel) => latencyCell(record, place, kernel)),
    own.proof ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function section(record: PruningRecord, subject: Subject): string {
  const head = ['share', 'network', 'channels to go', 'parameters', 'MACs', 'peak activations'];
  const all = [...head, ...kernelsOf(record), 'proved equal to the masked'];
  const rule = all.map((_, k) => (k < 2 ? '---' : '--:'));
  const rows = placesOf(subject).map((place) => row(record, place));
  return `## ${subject}

![Latency over multiply-accumulates of ${subject}, pruned with and without shortcuts; the numbers are in the table](pruning-${slug(subject)}.svg)

${[`| ${all.join(' | ')} |`, `|${rule.join('|')}|`, ...rows].join('\n')}`;
}

export function slug(subject: Subject): string {
  return subject.toLowerCase();
}

function slimmingRow(slimming: Slimming): string {
  const { subject, shortcuts, masked, asked, atBorder, tied, proof } = slimming;
  const { parametersBefore: before, parametersAfter: after } = slimming;
  const cells = [
    `${subject}${shortcuts ? '' : ', after RM'}`,
    masked,
    String(asked),
    String(tied),
    String(atBorder),
    `${scaled(before)} → ${scaled(after)} (× ${(after / before).toFixed(2)})`,
    proof ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** "0.47 to 0.63 on …": medians over shares, one way over another. */
function medianRatios(record: PruningRecord, subject: Subject, [own, other]: [Way, Way]): string {
  const parts = kernelsOf(record).map((kernel) => {
    const of = (way: Way, share: (typeof shares)[number]): number => {
      const all = record.latencies.filter((latency) => latency.kernel === kernel);
      return at(all, { subject, way, share })?.median ?? NaN;
    };
    const ratios = shares
      .filter((share) => share < 1)
      .map((share) => of(own, share) / of(other, share));
    return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} on ${kernel}`;
  });
  return parts.join(', ');
}

/** One way's count over another's, one number a share. */
function countRatios(record: PruningRecord, subject: Subject, [own, other]: [Way, Way]): string {
  const ratios = shares
    .filter((share) => share < 1)
    .map((share) => {
      const of = (way: Way): number => costAt(record, { subject, way, share }).macs;
      return `× ${(of(own) / of(other)).toFixed(2)}`;
    });
  return ratios.join(', ');
}

function findings(record: PruningRecord): string {
  const [net, mobile] = subjects;
  return `| question | what is found here, at shares ${shares.filter((share) => share < 1).join(', ')} |
|---|---|
| Do shortcuts hold up pruning? | where each layer ranks for itself, ${shares
    .filter((share) => share < 1)
    .map((share) => {
      const { asked, tied } = costAt(record, { subject: net, way: 'alone', share });
      return `${tied} of ${asked}`;
    })
    .join(
      ', ',
    )} channels of ${net} that were to go stay, because an addition ties them to a layer that keeps its own; after RM, none |
| Is the plain network faster at the same widths? | ${net}: MACs ${countRatios(record, net, ['narrow', 'alike'])} of those with shortcuts that agree; latency ${medianRatios(record, net, ['narrow', 'alike'])} |
| And than one pruned layer by layer with shortcuts? | ${net}: MACs ${countRatios(record, net, ['narrow', 'alone'])}; latency ${medianRatios(record, net, ['narrow', 'alone'])} |
| ${mobile}, the same shares | after RM, MACs ${countRatios(record, mobile, ['plain', 'alike'])} of those with shortcuts that agree; latency ${medianRatios(record, mobile, ['plain', 'alike'])}: a ReLU6 with a slope for each channel runs as a PReLU and a bound, two layers where there was one |
| ${mobile}, fused to MobileNetV1 | MACs ${countRatios(record, mobile, ['fused', 'alike'])}; latency ${medianRatios(record, mobile, ['fused', 'alike'])}: a bottleneck that is multiplied out costs more than it did |`;
}

export function pruningPage(record: PruningRecord): string {
  const rounds = Math.max(0, ...record.latencies.map((latency) => latency.rounds));
  return `# Pruning with and without shortcuts

A shortcut ties the widths of all layers whose results it adds up: a channel can go only from all of them. RM
(arXiv 2111.00687) removes the shortcuts first, and then every layer may have any width. Here the same shares of each
layer's channels are pruned with shortcuts and without, from a ResNet-18 with seeded weights on 3×224×224 and the
pretrained MobileNetV2 of \`nsfwjs\` on 3×224×224, batch norms folded; negative values pass the ReLU6 of the latter by
slopes of their own, as PReLU. Every small network is proved to compute, for every
input, what the masked network of all widths does (\`plainproof prune\`, [docs/pruning.md](../docs/pruning.md)).

- *Share*: what stays of each layer's channels, those with the largest sums of |weight|.
- *${wayNames.alone}*: of tied channels go those that every layer has chosen by itself.
- *${wayNames.alike}*: tied layers add up their rankings and choose the same channels.
- *${wayNames.plain}*: the share of each layer of the plain network, reserved channels counted in.
- *${wayNames.narrow}*: as many channels of each layer as with shortcuts, the reserved ones competing.
- *${wayNames.fused}*: neighbouring 1×1 convolutions fused beforehand.
- Kernels: latency as a multiple of that of the whole network with shortcuts, the median of up to ${rounds} rounds in which
  all networks took turns, with its quartiles: the further these are apart, the more else the machine had to do. A
  ratio on one machine at one time, not a claim about others.

${subjects.map((subject) => section(record, subject)).join('\n\n')}

## What it says

${findings(record)}

The figures that go with RM have accuracy on one axis: at equal accuracy, a network pruned after RM runs faster than one
pruned with its shortcuts. Accuracy takes data and training, and is not measured here; what is, is the other half of the
claim: widths and latencies at equal shares.

## Slimming

\`--slim ${slimShare}\` ranks |γ| of all batch norms. Masked to *offset*, a channel holds the constant that its β leaves, which goes into
the biases behind it, except where padding would cut it off at the border; masked to *zero*, nothing is left to absorb. After
RM, layers that merge a shortcut have their batch norm folded in, and are not ranked.

| network | masked to | channels to go | stay, tied by an addition | stay, cut off by padding | parameters | proved equal to the masked |
|---|---|--:|--:|--:|--:|--:|
${record.slimmings.map(slimmingRow).join('\n')}

Made by \`npm run report:pruning\`. All but the latencies is computed anew and compared by test/docs/pruning.test.ts; those
are kept in [pruning.json](pruning.json).
`;
}
