/** The first screen: the verdict in one sentence, what it rests on, both files, and how to make it again. */
import type { Verdict } from '../../verdict/verdict.ts';
import { bytes, count, scaled, seconds, ulps } from '../number.ts';
import type { ModelSummary, VerdictRecord } from '../record.ts';
import { markup, nothing, type Markup } from './markup.ts';

/** The last part of a path, whichever way its separators lean. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

interface Sentence {
  readonly word: string;
  /** A shape besides the colour. */
  readonly mark: string;
  readonly text: Markup;
}

export function sentence({ verdict, original, converted }: VerdictRecord): Sentence {
  const [a, b] = [original, converted].map(({ path }) => markup`<code>${fileName(path)}</code>`);
  switch (verdict.verdict) {
    case 'proved': {
      const price =
        verdict.grade === 'exact'
          ? markup`, every coefficient being the same real number`
          : markup` with every coefficient within <b>${ulps(verdict.maxUlps)} units in the last place</b>`;
      return {
        word: 'Proved',
        mark: '✓',
        text: markup`${b} computes exactly the function of ${a}${price}, for every input.`,
      };
    }
    case 'refuted': {
      const where = verdict.firstDifference;
      const first =
        where === null ? nothing : markup`; they part first at <code>${where.layer}</code>`;
      return {
        word: 'Refuted',
        mark: '✗',
        text: markup`${b} does not compute the function of ${a}: there is an input on which they differ${first}.`,
      };
    }
    case 'undecided':
      return {
        word: 'Undecided',
        mark: '?',
        text: markup`Whether ${b} computes the function of ${a} is neither proved nor refuted: ${verdict.reason}`,
      };
  }
}

function grade(verdict: Verdict): Markup {
  if (verdict.verdict !== 'proved') return nothing;
  if (verdict.grade === 'exact') return markup`<dt>grade</dt><dd>exact</dd>`;
  const place = verdict.largestRounding;
  const where =
    place === null
      ? nothing
      : markup`, most at <code>${place.layer}</code>, channel ${place.channel}`;
  return markup`<dt>grade</dt><dd>rounded: ${ulps(verdict.maxUlps)} float32 ulps at most${where}</dd>`;
}

function file(
  role: string,
  { path, sha256, parameters, macs, details = null }: ModelSummary,
): Markup {
  const size = details === null ? '' : `${details.format}, ${bytes(details.bytes)}`;
  const digest =
    sha256 === null
      ? markup`<dd class="dim">not read</dd>`
      : markup`<dd><code class="digest">${sha256}</code></dd>`;
  const cost =
    parameters === null || macs === null
      ? nothing
      : markup`<dt>size</dt><dd>${count(parameters)} parameters, ${scaled(macs)} MACs</dd>`;
  return markup`<div class="card"><h2>${role}</h2><p class="path"><code>${path}</code> <span class="dim">${size}</span></p><dl><dt>SHA-256</dt>${digest}${cost}</dl></div>`;
}

function made({ run = null, timings, verdict }: VerdictRecord): Markup {
  const versions =
    run === null
      ? nothing
      : markup`<dt>with</dt><dd>plainproof ${run.plainproof}, ${run.solver}</dd><dt>date</dt><dd><time datetime="${run.date}">${run.date.slice(0, 16).replace('T', ' ')} UTC</time></dd>`;
  const command =
    run === null
      ? nothing
      : markup`<dt>repeat</dt><dd><code class="command">${run.command}</code></dd>`;
  const kernels = timings.kernels < 0.005 ? '' : `, kernels ${seconds(timings.kernels)}`;
  return markup`<div class="card"><h2>How it was made</h2><dl>${grade(verdict)}<dt>time</dt><dd>${seconds(timings.total)}: reading ${seconds(timings.read)}, deciding ${seconds(timings.verify)}${kernels}</dd>${versions}${command}</dl></div>`;
}

function assumptions(verdict: Verdict): Markup {
  if (verdict.assumptions.length === 0) return nothing;
  const items = verdict.assumptions.map((text) => markup`<li>${text}</li>`);
  return markup`<div class="card"><h2>It rests on</h2><ul>${items}</ul><p class="dim">and on what is <a href="#trust">the same for every verdict</a></p></div>`;
}

export function header(record: VerdictRecord): Markup {
  const { word, mark, text } = sentence(record);
  return markup`<header class="${record.verdict.verdict}">
    <p class="badge"><span class="mark" aria-hidden="true">${mark}</span> ${word}</p>
    <h1>${text}</h1></header>`;
}

export function cards(record: VerdictRecord): Markup {
  return markup`<div class="cards two">${file('original', record.original)}${file('converted', record.converted)}${assumptions(record.verdict)}${made(record)}</div>`;
}
