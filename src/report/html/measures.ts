/** The sections that measure: rounding, kernels, and what both models cost. */
import { latencyRatio } from '../latency.ts';
import { bytes, count, scaled } from '../number.ts';
import type { KernelErrors, Latency, VerdictRecord } from '../record.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { histogram, pair, ratios, spread } from './plots.ts';
import type { Subject } from './subject.ts';

function roundingFigure({ account }: Subject): Markup {
  if (account === null) return nothing;
  const { edges, counts, exact } = account.roundings;
  const used = counts.flatMap((n, k) => (n > 0 && k > 0 ? [k] : []));
  const total = counts.reduce((sum, n) => sum + n, 0);
  const words = `${count(exact)} comparisons of channels hold exactly, ${count(total)} up to rounding`;
  const last = used.at(-1);
  if (last === undefined) return markup`<p>${words}.</p>`;
  // From the first bin that holds much: below are roundings of numbers that nearly are the same.
  const first = Math.min(used[0], last);
  const bins = edges.slice(first, last + 1).map((to, k) => {
    return { from: edges[first + k - 1], to, count: counts[first + k] };
  });
  const tiny = counts[0] === 0 ? '' : ` ${count(counts[0])} more are below ${edges[0]}.`;
  return markup`<figure>${histogram({
    label: `Histogram of coefficient rounding: ${words}`,
    bins,
    xTitle: 'largest rounding of a coefficient in the channel, in ulps',
    yTitle: 'channels',
  })}<figcaption>${words}.${tiny} Folding a batch norm in float32 costs half a unit at least; a bug costs thousands.</figcaption></figure>`;
}

/** A plot for each kernel: more than two series in one would be told apart by small shapes alone. */
function kernelFigure({ kernel, original, converted }: KernelErrors): Markup {
  const series = [
    { name: 'original', values: original.ratios ?? [] },
    { name: 'converted', values: converted.ratios ?? [] },
  ].filter(({ values }) => values.length > 0);
  if (series.length === 0) return nothing;
  const worst = Math.max(original.worstRatio, converted.worstRatio);
  const judgement =
    worst <= 1
      ? 'every layer is within what float32 rounding allows in any order of summation'
      : 'NOT every layer is within what float32 rounding allows';
  const plot = ratios({
    label: `Deviation of ${kernel} by depth: ${judgement}`,
    series,
    xTitle: 'layer',
    yTitle: `observed / allowed on ${kernel}`,
  });
  return markup`<figure>${plot}<figcaption>Each layer alone on ${kernel}, on its own activations: ${judgement}.</figcaption></figure>`;
}

function latencyFigure(kernel: string, latency: Latency): Markup {
  const { runs, ...ratio } = latencyRatio(latency);
  // A file may say that a run took no time.
  if (!Number.isFinite(ratio.high)) return nothing;
  const [low, high] = [ratio.low, ratio.high].map((x) => x.toFixed(2));
  const note = `median of ${runs} runs in turns; half of them between ${low} and ${high}`;
  return spread({ title: `latency on ${kernel}`, ...ratio, note });
}

function costs({ original, converted, kernels }: VerdictRecord): readonly Markup[] {
  const pairs = [
    { title: 'parameters', of: (m: typeof original) => m.parameters, text: scaled },
    { title: 'multiply-accumulates', of: (m: typeof original) => m.macs, text: scaled },
    {
      title: 'peak activation memory',
      of: (m: typeof original) => m.details?.peakActivationBytes ?? null,
      text: bytes,
    },
  ].flatMap(({ title, of, text }) => {
    const [before, after] = [of(original), of(converted)];
    return before === null || after === null ? [] : [pair({ title, before, after, text })];
  });
  const measured = kernels.flatMap(({ kernel, latency = null }) =>
    latency === null ? [] : [latencyFigure(kernel, latency)],
  );
  return [...pairs, ...measured];
}

export function measuresSections(subject: Subject): Markup {
  const figures = [roundingFigure(subject), ...subject.record.kernels.map(kernelFigure)];
  const both = markup`<section id="rounding" aria-labelledby="h-rounding"><h2 id="h-rounding">How exactly</h2><div class="figures">${figures}</div></section>`;
  return subject.account === null && subject.record.kernels.length === 0 ? nothing : both;
}

export function costSection(record: VerdictRecord): Markup {
  const all = costs(record);
  if (all.length === 0) return nothing;
  const key = markup`<ul class="keys"><li><svg width="14" height="12" aria-hidden="true"><rect class="b0" y="1" width="14" height="10"/></svg> original</li><li><svg width="14" height="12" aria-hidden="true"><rect class="b1" y="1" width="14" height="10"/></svg> converted</li></ul>`;
  const hasLatency = record.kernels.some(({ latency = null }) => latency !== null);
  const advice = hasLatency
    ? 'Latency is a ratio on one machine at one time, not a claim about others.'
    : 'Latency was not measured; “--kernels” does.';
  return markup`<section id="cost" aria-labelledby="h-cost"><h2 id="h-cost">What it costs</h2>${key}<div class="pairs">${all}</div><p class="dim">For one image: float32 activations alive at once, layers run one by one. ${advice}</p></section>`;
}
