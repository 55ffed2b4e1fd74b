/**
 * Latency over multiply-accumulates, a panel for each kernel, a line for each way of pruning.
 *
 * A file of its own that a page embeds as a picture: it brings its style, in light and dark, and its numbers as titles.
 */
import { scaleLinear } from 'd3-scale';
import { Markup, markup } from '../../src/report/html/markup.ts';
import { costAt, wayNames } from './page.ts';
import {
  at,
  kernelsOf,
  placesOf,
  ways,
  type Place,
  type PruningRecord,
  type Subject,
  type Way,
} from './record.ts';

const panel = { width: 300, height: 230, gap: 26, left: 44, top: 30, bottom: 40 };

const style = `text{font:12px system-ui,"Noto Sans","Liberation Sans",sans-serif;fill:#1b1f24}.h{font-weight:600}.d{fill:#59616b}.g{stroke:#dcdfe3}path{fill:none;stroke-width:1.5}.w0{stroke:#59616b;stroke-dasharray:5 3}.w1{stroke:#59616b}.w2{stroke:#b4470a}.w3{stroke:#0b6fb8}.w4{stroke:#7a5500;stroke-dasharray:5 3}.m{stroke-width:1}@media (prefers-color-scheme:dark){text{fill:#e6e8ea}.d{fill:#a3abb4}.g{stroke:#343a41}.w0,.w1{stroke:#a3abb4}.w2{stroke:#f0935a}.w3{stroke:#58aef0}.w4{stroke:#e8c268}}`;

interface Point {
  readonly x: number;
  readonly y: number;
  readonly place: Place;
}

function pointsOf(record: PruningRecord, subject: Subject, kernel: string): readonly Point[] {
  const base = costAt(record, { subject, way: 'alone', share: 1 }).macs;
  const own = record.latencies.filter((latency) => latency.kernel === kernel);
  return placesOf(subject).map((place) => ({
    x: costAt(record, place).macs / base,
    // The whole network is what the others are multiples of.
    y: at(own, place)?.median ?? 1,
    place,
  }));
}

/** A shape for each way, so that lines are told apart without colour. */
function mark(way: Way, x: number, y: number): Markup {
  const [a, b] = [x.toFixed(1), y.toFixed(1)];
  switch (way) {
    case 'alone':
      return markup`<path class="m w0" d="M${a} ${b}m-3-3l6 6m0-6l-6 6"/>`;
    case 'alike':
      return markup`<path class="m w1" d="M${a} ${b}m-3-3h6v6h-6z"/>`;
    case 'plain':
      return markup`<path class="m w2" d="M${a} ${b}m-3.5 2.5h7l-3.5-6z"/>`;
    case 'narrow':
      return markup`<path class="m w3" d="M${a} ${b}m-3.5 0l3.5 3.5l3.5-3.5l-3.5-3.5z"/>`;
    case 'fused':
      return markup`<path class="m w4" d="M${a} ${b}m-3.5 0h7m-3.5-3.5v7"/>`;
  }
}

function drawPanel(
  record: PruningRecord,
  subject: Subject,
  place: { readonly kernel: string; readonly index: number; readonly largest: readonly number[] },
): Markup {
  const { kernel, index, largest } = place;
  const left = panel.left + index * (panel.width + panel.gap);
  const bottom = panel.top + panel.height;
  const x = scaleLinear([0, largest[0]], [left, left + panel.width - panel.gap]).nice(4);
  const y = scaleLinear([0, largest[1]], [bottom, panel.top]).nice(4);
  const grid = y
    .ticks(4)
    .map(
      (value) =>
        markup`<line class="g" x1="${left}" x2="${left + panel.width - panel.gap}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/><text class="d" x="${left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
    );
  const ticks = x
    .ticks(4)
    .map(
      (value) =>
        markup`<text class="d" x="${x(value).toFixed(1)}" y="${bottom + 16}" text-anchor="middle">${value}</text>`,
    );
  const points = pointsOf(record, subject, kernel);
  const series = ways.map((way, k) => {
    const own = points.filter((point) => point.place.way === way);
    if (own.length === 0) return markup``;
    const line = own.map(
      (p, n) => `${n === 0 ? 'M' : 'L'}${x(p.x).toFixed(1)} ${y(p.y).toFixed(1)}`,
    );
    const marks = own.map(
      (p) =>
        markup`<g><title>${wayNames[way]}, share ${p.place.share}: MACs × ${p.x.toFixed(2)}, latency × ${p.y.toFixed(2)}</title>${mark(way, x(p.x), y(p.y))}</g>`,
    );
    return markup`<path class="w${k}" d="${line.join('')}"/>${marks}`;
  });
  return markup`<text class="h" x="${left}" y="18">${kernel}</text>${grid}${ticks}${series}`;
}

export function pruningPlot(record: PruningRecord, subject: Subject): string {
  const kernels = kernelsOf(record);
  const all = kernels.flatMap((kernel) => pointsOf(record, subject, kernel));
  const largest = [Math.max(...all.map(({ x }) => x)), Math.max(...all.map(({ y }) => y))];
  const listed = ways.filter((way) => placesOf(subject).some((place) => place.way === way));
  const legend = panel.top + panel.height + panel.bottom;
  const width = panel.left + kernels.length * (panel.width + panel.gap);
  const height = legend + 14 + 18 * listed.length;
  const keys = listed.map((way, k) => {
    const y = legend + 18 * k + 10;
    return markup`<path class="w${ways.indexOf(way)}" d="M${panel.left} ${y}h28"/>${mark(way, panel.left + 14, y)}<text x="${panel.left + 36}" y="${y + 4}">${wayNames[way]}</text>`;
  });
  const panels = kernels.map((kernel, index) =>
    drawPanel(record, subject, { kernel, index, largest }),
  );
  const label = `Latency over multiply-accumulates of ${subject}, pruned with and without shortcuts`;
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${Markup.asset(style)}</style>${panels}<text class="d" x="${panel.left}" y="${panel.top + panel.height + 32}">multiply-accumulates (across) and latency (up), as multiples of the whole network’s with shortcuts</text>${keys}</svg>`;
  return `${svg.toString()}\n`;
}
