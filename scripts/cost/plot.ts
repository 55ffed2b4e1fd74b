/**
 * Costs at one depth as bars, each a multiple of the ResNet's, training and deployed side by side.
 *
 * A file of its own that a page embeds as a picture: it brings its style, in light and dark, and its numbers as text.
 */
import { scaleLinear } from 'd3-scale';
import { Markup, markup } from '../../src/report/html/markup.ts';
import { bytes, scaled } from '../../src/report/number.ts';
import { costAt, kernelsOf, latencyAt, type Place } from './place.ts';
import {
  forms,
  networkNames,
  type Cost,
  type CostRecord,
  type Depth,
  type Form,
} from './record.ts';

interface Bar {
  readonly network: string;
  readonly ratio: number;
  readonly text: string;
  /** Quartiles of what is measured. */
  readonly range: readonly [number, number] | null;
}

interface Group {
  readonly title: string;
  /** By form; empty where there is nothing of the kind. */
  readonly bars: Readonly<Record<Form, readonly Bar[]>>;
}

const layout = { left: 128, column: 290, gap: 40, top: 46, bar: 13, title: 20, after: 12 };
const width = layout.left + 2 * layout.column + layout.gap + 20;

const style = `text{font:12px system-ui,"Noto Sans","Liberation Sans",sans-serif;fill:#1b1f24}.h{font-weight:600}.d{fill:#59616b}.one{stroke:#59616b;stroke-dasharray:3 3}.range{stroke:#1b1f24;stroke-width:1.5}.n0{fill:#9aa3ad}.n1{fill:#b4470a}.n2{fill:#0b6fb8}.n3{fill:#7a5500}@media (prefers-color-scheme:dark){text{fill:#e6e8ea}.d{fill:#a3abb4}.one{stroke:#a3abb4}.range{stroke:#e6e8ea}.n0{fill:#7b858f}.n1{fill:#f0935a}.n2{fill:#58aef0}.n3{fill:#e8c268}}`;

function counted(
  record: CostRecord,
  depth: Depth,
  [title, of, text]: readonly [string, (cost: Cost) => number | null, (n: number) => string],
): Group {
  const bars = (form: Form): readonly Bar[] =>
    networkNames.flatMap((network): readonly Bar[] => {
      const own = of(costAt(record, { depth, network, form }));
      const base = of(costAt(record, { depth, network: 'ResNet', form }));
      if (own === null || base === null) return [];
      return [{ network, ratio: own / base, text: text(own), range: null }];
    });
  return { title, bars: { training: bars('training'), deployed: bars('deployed') } };
}

function measured(record: CostRecord, depth: Depth, kernel: string): Group {
  const bar = (place: Place): Bar => {
    const { network } = place;
    const latency = latencyAt(record, place, kernel);
    if (latency === null) return { network, ratio: 1, text: '1', range: null };
    const { median, lowerQuartile, upperQuartile } = latency;
    const range = [lowerQuartile, upperQuartile] as const;
    return { network, ratio: median, text: median.toFixed(2), range };
  };
  const bars = (form: Form): readonly Bar[] =>
    networkNames.map((network) => bar({ depth, network, form }));
  const title = `latency on ${kernel}`;
  return { title, bars: { training: bars('training'), deployed: bars('deployed') } };
}

function drawBar({ ratio, text, range }: Bar, k: number, x: (ratio: number) => number): Markup {
  const y = layout.title + k * (layout.bar + 2);
  // Past the dashed line, which would run through the text.
  const end = Math.max(ratio, range?.[1] ?? 0, 1);
  const spread =
    range === null
      ? null
      : markup`<line class="range" x1="${x(range[0]).toFixed(1)}" x2="${x(range[1]).toFixed(1)}" y1="${y + layout.bar / 2}" y2="${y + layout.bar / 2}"/>`;
  return markup`<rect class="n${k}" x="${x(0)}" y="${y}" width="${(x(ratio) - x(0)).toFixed(1)}" height="${layout.bar}"/>${spread}<text x="${(x(end) + 5).toFixed(1)}" y="${y + 11}">${text}</text>`;
}

function drawGroup({ title, bars }: Group, top: number, largest: number): Markup {
  const height = layout.title + networkNames.length * (layout.bar + 2);
  const names = networkNames.map(
    (network, k) =>
      markup`<text class="d" x="${layout.left - 8}" y="${layout.title + k * (layout.bar + 2) + 11}" text-anchor="end">${network}</text>`,
  );
  const columns = forms.map((form, column) => {
    const left = layout.left + column * (layout.column + layout.gap);
    const x = scaleLinear([0, largest], [left, left + layout.column - 60]);
    if (bars[form].length === 0) {
      return markup`<text class="d" x="${left}" y="${layout.title + 24}">nothing is kept</text>`;
    }
    const one = x(1).toFixed(1);
    return markup`${bars[form].map((bar, k) => drawBar(bar, k, x))}<line class="one" x1="${one}" x2="${one}" y1="${layout.title - 3}" y2="${height + 1}"/>`;
  });
  return markup`<g transform="translate(0 ${top})"><text class="h" x="${layout.left}" y="12">${title}</text>${names}${columns}</g>`;
}

export function costPlot(record: CostRecord, depth: Depth): string {
  const groups: readonly Group[] = [
    counted(record, depth, ['parameters', ({ parameters }) => parameters, scaled]),
    counted(record, depth, ['multiply-accumulates', ({ macs }) => macs, scaled]),
    counted(record, depth, [
      'activations kept for the backward pass',
      ({ keptActivationBytes }) => keptActivationBytes,
      bytes,
    ]),
    counted(record, depth, [
      'peak activations in the blocks',
      ({ blockActivationBytes }) => blockActivationBytes,
      bytes,
    ]),
    ...kernelsOf(record).map((kernel) => measured(record, depth, kernel)),
  ];
  const all = groups.flatMap(({ bars }) => [...bars.training, ...bars.deployed]);
  const largest = Math.max(...all.map(({ ratio, range }) => Math.max(ratio, range?.[1] ?? 0)));
  const step = layout.title + networkNames.length * (layout.bar + 2) + layout.after;
  const height = layout.top + groups.length * step;
  const heads = forms.map(
    (form, k) =>
      markup`<text class="h" x="${layout.left + k * (layout.column + layout.gap)}" y="18">${form}</text>`,
  );
  const label = `Costs at depth ${depth} as multiples of the ResNet's, training and deployed`;
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${Markup.asset(style)}</style>${heads}<text class="d" x="${layout.left}" y="36">bars are multiples of the ResNet’s (dashed: 1); the text is the amount; lines on bars are quartiles</text>${groups.map((group, k) => drawGroup(group, layout.top + k * step, largest))}</svg>`;
  return `${svg.toString()}\n`;
}
