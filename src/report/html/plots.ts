/**
 * Plots as SVG, drawn when the report is made: scales and ticks are d3's, the marks are few and ours.
 *
 * A plot carries its numbers in words for whoever does not see it, and tells series apart by shape.
 */
import { scaleLinear, scaleLog } from 'd3-scale';
import { markup, type Markup } from './markup.ts';

const size = { width: 460, height: 210 };
const margin = { top: 14, right: 12, bottom: 38, left: 52 };

interface Ticks {
  (value: number): number;
}

interface Axis {
  readonly at: Ticks;
  readonly values: readonly number[];
  readonly text: (value: number) => string;
}

interface Frame {
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly xTitle: string;
  readonly yTitle: string;
}

const bottom = size.height - margin.bottom;
const right = size.width - margin.right;

function frame({ label, x, y, xTitle, yTitle }: Frame, marks: readonly Markup[]): Markup {
  const xs = x.values.map(
    (value) =>
      markup`<text class="t" x="${x.at(value).toFixed(1)}" y="${bottom + 15}" text-anchor="middle">${x.text(value)}</text>`,
  );
  const ys = y.values.map(
    (value) =>
      markup`<line class="g" x1="${margin.left}" x2="${right}" y1="${y.at(value).toFixed(1)}" y2="${y.at(value).toFixed(1)}"/><text class="t" x="${margin.left - 6}" y="${(y.at(value) + 4).toFixed(1)}" text-anchor="end">${y.text(value)}</text>`,
  );
  return markup`<svg class="plot" role="img" aria-label="${label}" viewBox="0 0 ${size.width} ${size.height}">
    ${ys}<line class="a" x1="${margin.left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>${xs}${marks}
    <text class="t" x="${(margin.left + right) / 2}" y="${size.height - 4}" text-anchor="middle">${xTitle}</text>
    <text class="t" x="${margin.left}" y="9">${yTitle}</text></svg>`;
}

/** Bars between edges on an axis of powers of two. */
export function histogram(options: {
  readonly label: string;
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  readonly xTitle: string;
  readonly yTitle: string;
}): Markup {
  const { bins, label, xTitle, yTitle } = options;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const [first, last] = [bins[0].from, bins[bins.length - 1].to];
  const x = scaleLog([first, last], [margin.left, right]).base(2);
  const y = scaleLinear([0, most], [bottom, margin.top]).nice();
  const bars = bins.map(({ from, to, count }) => {
    const [left, width] = [x(from) + 0.5, Math.max(x(to) - x(from) - 1, 0.5)];
    return markup`<rect class="bar1" x="${left.toFixed(1)}" y="${y(count).toFixed(1)}" width="${width.toFixed(1)}" height="${(bottom - y(count)).toFixed(1)}"><title>${count} from ${from.toPrecision(3)} to ${to.toPrecision(3)}</title></rect>`;
  });
  const powers = x.ticks().filter((value) => Number.isInteger(Math.log2(value)));
  const power = (value: number): string => (value < 1 ? `1/${1 / value}` : String(value));
  return frame(
    {
      label,
      x: { at: x, values: powers, text: power },
      y: { at: y, values: y.ticks(4), text: (value) => value.toLocaleString('en-US') },
      xTitle,
      yTitle,
    },
    bars,
  );
}

interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** A shape for either series, centred on a point. */
function point(series: number, x: number, y: number): Markup {
  const [a, b] = [x.toFixed(1), y.toFixed(1)];
  return series === 0
    ? markup`<circle class="s0" cx="${a}" cy="${b}" r="2.4"/>`
    : markup`<path class="s1" d="M${a} ${b}m-3 2.4h6l-3-5.4z"/>`;
}

/** Two series of ratios by depth on a logarithmic axis; 1 is what is allowed. What is not finite has no point. */
export function ratios(options: {
  readonly label: string;
  readonly series: readonly Series[];
  readonly xTitle: string;
  readonly yTitle: string;
}): Markup {
  const { label, series, xTitle, yTitle } = options;
  const depth = Math.max(2, ...series.map(({ values }) => values.length));
  const all = series.flatMap(({ values }) => values.filter((v) => Number.isFinite(v) && v > 0));
  const least = Math.min(0.01, ...all);
  const most = Math.max(1.5, ...all);
  const x = scaleLinear([1, depth], [margin.left + 6, right - 4]);
  const y = scaleLog([Math.max(least, 1e-6), most], [bottom - 4, margin.top]).nice();
  const [floor] = y.domain();
  const marks = series.flatMap(({ values }, k) =>
    values.flatMap((value, at) =>
      Number.isFinite(value) ? [point(k, x(at + 1), y(Math.max(value, floor)))] : [],
    ),
  );
  const limit = markup`<line class="limit" x1="${margin.left}" x2="${right}" y1="${y(1).toFixed(1)}" y2="${y(1).toFixed(1)}"/><text class="t" x="${right}" y="${(y(1) - 4).toFixed(1)}" text-anchor="end">allowed</text>`;
  const decades = y.ticks(4).filter((value) => Number.isInteger(Math.log10(value)));
  const plot = frame(
    {
      label,
      x: { at: x, values: x.ticks(6).filter(Number.isInteger), text: String },
      y: {
        at: y,
        values: decades,
        text: (value) => (value < 0.001 ? value.toExponential() : String(value)),
      },
      xTitle,
      yTitle,
    },
    [limit, ...marks],
  );
  const keys = series.map(
    ({ name }, k) =>
      markup`<li><svg width="14" height="12" aria-hidden="true">${point(k, 7, 6)}</svg> ${name}</li>`,
  );
  return markup`${plot}<ul class="keys">${keys}</ul>`;
}

/** Two bars and the ratio between them. */
export function pair(options: {
  readonly title: string;
  readonly before: number;
  readonly after: number;
  readonly text: (value: number) => string;
}): Markup {
  const { title, before, after, text } = options;
  const x = scaleLinear([0, Math.max(before, after, 1)], [0, 190]);
  const ratio = before === 0 ? '' : `× ${(after / before).toFixed(2)}`;
  return markup`<div class="pair"><h3>${title} <span class="ratio">${ratio}</span></h3>
    <svg role="img" aria-label="${title}: ${text(before)} in the original, ${text(after)} in the converted model" viewBox="0 0 300 52">
      <rect class="b0" x="0" y="2" width="${x(before).toFixed(1)}" height="20"/><text class="t" x="${(x(before) + 6).toFixed(1)}" y="16">${text(before)}</text>
      <rect class="b1" x="0" y="28" width="${x(after).toFixed(1)}" height="20"/><text class="t" x="${(x(after) + 6).toFixed(1)}" y="42">${text(after)}</text></svg></div>`;
}

/** A ratio with its spread against 1. */
export function spread(options: {
  readonly title: string;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly note: string;
}): Markup {
  const { title, low, middle, high, note } = options;
  const x = scaleLinear([Math.min(low, 1) * 0.9, Math.max(high, 1) * 1.1], [6, 294]);
  const at = (value: number): string => x(value).toFixed(1);
  return markup`<div class="pair"><h3>${title} <span class="ratio">× ${middle.toFixed(2)}</span></h3>
    <svg role="img" aria-label="${title}: ${middle.toFixed(2)} times the original, half of the runs between ${low.toFixed(2)} and ${high.toFixed(2)}" viewBox="0 0 300 52">
      <line class="limit" x1="${at(1)}" x2="${at(1)}" y1="2" y2="34"/><text class="t" x="${at(1)}" y="48" text-anchor="middle">1</text>
      <line class="range" x1="${at(low)}" x2="${at(high)}" y1="18" y2="18"/><circle class="s0 big" cx="${at(middle)}" cy="18" r="5"/></svg><p class="dim">${note}</p></div>`;
}
