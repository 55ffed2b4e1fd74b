/** The converted model layer by layer: what its channels are, why, how exactly, and how kernels fare on it. */
import type { ChannelRun, LayerAccount } from '../../verdict/layers.ts';
import { deviationTitle, layerDeviation, type LayerDeviation } from '../deviation.ts';
import { count, significant, ulpsBriefly } from '../number.ts';
import { printShape } from '../../model/shape.ts';
import { bar, countsText, kindWords } from './kinds.ts';
import { markup, nothing, type Markup } from './markup.ts';
import type { Subject } from './subject.ts';

/** The theorems that tell most about a kind of step come first; the others are behind a fold. */
const telling = [
  'dirac-convolution',
  'unit-batch-norm',
  'relu-nonnegative',
  'clip-inside',
  'prelu-as-relu',
  'fold-batch-norm',
  'convolution-after-pointwise',
  'parallel-convolutions-add',
  'rescaled-channels',
  'naming',
];

function ranked(theorems: readonly string[]): readonly string[] {
  const rank = (name: string): number => {
    const place = telling.indexOf(name);
    return place < 0 ? telling.length : place;
  };
  return [...theorems].sort((a, b) => rank(a) - rank(b));
}

function range(first: number, n: number): string {
  return n === 1 ? `${first}` : `${first}–${first + n - 1}`;
}

function runText({ kind, first, count: n, layer, channel, scale, shifted }: ChannelRun): Markup {
  const own = `${range(first, n)} ${kindWords[kind]}`;
  if (layer === null || channel === null) return markup`<li>${own}</li>`;
  const factor = Math.abs(scale - 1) < 2 ** -20 ? '' : `${significant(scale)} · `;
  const offset = shifted ? ' + constant' : '';
  return markup`<li>${own} = ${factor}<code>${layer}</code> ${range(channel, n)}${offset}</li>`;
}

function equals({ standsFor, counterpart, whole, runs, complete }: LayerAccount): Markup {
  const names = standsFor.length > 0 ? standsFor : counterpart === null ? [] : [counterpart];
  const chain =
    names.length === 0
      ? markup`<span class="dim">nothing in the original by itself</span>`
      : markup`${names.map((name, i) => markup`${i === 0 ? '' : ' → '}<code>${name}</code>`)}`;
  const all = whole ? markup` <span class="dim">(all of it)</span>` : nothing;
  const more = complete ? nothing : markup`<li class="dim">… and more</li>`;
  const list =
    runs.length < 2
      ? nothing
      : markup`<details class="runs"><summary>channels</summary><ul>${runs.map(runText)}${more}</ul></details>`;
  return markup`${chain}${all}${list}`;
}

/** Layers of one kind cite the same theorems: each such set is listed once, below the table. */
class TheoremSets {
  readonly #sets = new Map<string, readonly string[]>();

  cell(theorems: readonly string[]): Markup {
    const all = ranked(theorems);
    if (all.length <= 3) return links(all);
    const key = all.join(' ');
    if (!this.#sets.has(key)) this.#sets.set(key, all);
    const number = [...this.#sets.keys()].indexOf(key) + 1;
    return markup`${links(all.slice(0, 2))}, <a href="#set-${number}">${all.length - 2} more</a>`;
  }

  list(): Markup {
    if (this.#sets.size === 0) return nothing;
    const items = [...this.#sets.values()].map(
      (theorems, k) => markup`<li id="set-${k + 1}">${links(theorems)}</li>`,
    );
    return markup`<details class="sets"><summary>Theorems cited together</summary><ol>${items}</ol></details>`;
  }
}

function links(theorems: readonly string[]): Markup {
  return markup`${theorems.map((name, i) => markup`${i === 0 ? '' : ', '}<a href="#t-${name}">${name}</a>`)}`;
}

interface Column {
  readonly title: string;
  readonly isNumber: boolean;
}

/**
 * The largest ratio first says most, so it is what sorts; what was not measured sorts last. What is more than
 * allowed says so in words, for those who do not see its colour and for the filter.
 */
function deviationCell(deviation: LayerDeviation | null): Markup {
  if (deviation === null) return markup`<td class="num" data-v="-1"></td>`;
  const { ratio, isAllowed, numbers, judgement } = deviation;
  const bad = isAllowed ? '' : ' bad';
  const text =
    numbers === null ? judgement : markup`${numbers} <span class="sub${bad}">${judgement}</span>`;
  const value = Number.isFinite(ratio) ? ratio : 1e300;
  return markup`<td class="num${bad}" data-v="${value}">${text}</td>`;
}

function row(
  subject: Subject,
  position: number,
  { inputs, sets }: { readonly inputs: number; readonly sets: TheoremSets },
): Markup {
  const node = subject.converted.nodes[position];
  const account = subject.accounts[position];
  const [channels, height, width] = node.shape;
  const kernels = subject.record.kernels.map(({ converted }) =>
    deviationCell(layerDeviation(converted, position - inputs)),
  );
  const kinds =
    account === null
      ? ''
      : Object.entries(account.counts)
          .filter(([, n]) => n > 0)
          .map(([kind]) => kind)
          .join(' ');
  const bars =
    account === null
      ? nothing
      : markup`<svg class="bar" width="120" height="10" aria-hidden="true">${bar(account.counts, { x: 0, y: 0, width: 120, height: 10 })}</svg><span class="counts">${countsText(account.counts)}</span>`;
  const rounding = account === null ? 0 : account.ulps;
  return markup`<tr id="l${position}" data-k="${kinds}"><td class="num" data-v="${position}">${position - inputs + 1}</td><th scope="row"><a href="#c${position}" data-show="c${position}"><code>${node.name}</code></a><span class="sub">${node.text} · ${printShape({ channels, height, width })}</span></th><td data-v="${account?.counts.reserved ?? 0}">${bars}</td><td>${account === null ? nothing : equals(account)}</td><td>${account === null ? nothing : sets.cell(account.theorems)}</td><td class="num" data-v="${rounding}">${account === null ? '' : ulpsBriefly(rounding)}</td>${kernels}</tr>`;
}

export function tableSection(subject: Subject): Markup {
  const { nodes } = subject.converted;
  const inputs = nodes.filter(({ kind }) => kind === 'input').length;
  const kernels = subject.record.kernels.map(({ kernel }): Column => {
    return { title: deviationTitle(kernel), isNumber: true };
  });
  const columns: readonly Column[] = [
    { title: '#', isNumber: true },
    { title: 'converted layer', isNumber: false },
    { title: 'its channels', isNumber: true },
    { title: 'equal in the original', isNumber: false },
    { title: 'by the theorems', isNumber: false },
    { title: 'rounding in ulps', isNumber: true },
    ...kernels,
  ];
  const heads = columns.map(
    ({ title, isNumber }) =>
      markup`<th scope="col" class="${isNumber ? 'num' : ''}"><button type="button" data-sort="${isNumber ? 'number' : 'text'}">${title}</button></th>`,
  );
  const measured =
    kernels.length === 0
      ? nothing
      : markup` On each kernel, run alone on its own activations: the difference from what the layer means and what float32 rounding allows in any order of summation, both at the value of its result where their ratio is largest; the ratio is what sorts. A layer that rounds nothing may still flush a subnormal number to zero, which is at most 1.2e-38.`;
  const sets = new TheoremSets();
  const rows = nodes.flatMap((node, position) =>
    node.kind === 'input' ? [] : [row(subject, position, { inputs, sets })],
  );
  const kinds = (['reserved', 'merged', 'fused', 'own', 'constant', 'other'] as const)
    .filter((kind) => subject.accounts.some((account) => (account?.counts[kind] ?? 0) > 0))
    .map((kind) => markup`<option value="${kind}">with ${kindWords[kind]} channels</option>`);
  return markup`<section id="layers" aria-labelledby="h-layers"><h2 id="h-layers">Layer by layer</h2><p>What the channels of each converted layer equal in the original, the theorems the steps of the proof are instances of, and the largest rounding of a coefficient that was forgiven there, in float32 units in the last place.${measured}</p><p class="tools" hidden><label>Filter <input type="search" id="filter" autocomplete="off" spellcheck="false" placeholder="name, kind, theorem"></label> <label>Show <select id="kinds"><option value="">all layers</option>${kinds}</select></label> <span id="shown" role="status">${count(rows.length)} layers</span></p><div class="scroll" role="group" aria-label="table of layers" tabindex="0"><table id="table"><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>${sets.list()}</section>`;
}
