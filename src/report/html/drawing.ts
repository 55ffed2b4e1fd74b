/**
 * Both networks side by side, stage by stage: the original with its shortcuts left, the converted one right.
 *
 * Every stage is a fold of its own, so that a thousand layers stay usable. A layer is a link to its row of the
 * table; what corresponds to it lights up by the page's script, and without script the link still works.
 */
import { channelKinds } from '../../verdict/layers.ts';
import { count } from '../number.ts';
import type { Network, NetworkNode } from '../network.ts';
import { bar, countsText, legend } from './kinds.ts';
import { boxSize, curve, drawingOf } from './layout.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { stagesOf, type Part, type Stage } from './stages.ts';
import type { Subject } from './subject.ts';

type Side = 'o' | 'c';

/** Stages with more layers than this start folded, but for the first that has a shortcut. */
const mostOpen = 40;

/** A stage of more parts than this has folds of `groupSize` parts inside. */
const mostParts = 24;
const groupSize = 10;

const longestName = 25;

/** The end of a long name, for that is where names differ. */
function shortened(name: string): string {
  return name.length <= longestName ? name : `…${name.slice(1 - longestName)}`;
}

/** What the names of a part begin with, up to a separator. */
function commonStem(names: readonly string[]): string {
  if (names.length < 2) return '';
  let stem = names[0];
  for (const name of names) while (!name.startsWith(stem)) stem = stem.slice(0, -1);
  return stem.slice(0, Math.max(stem.lastIndexOf('.'), stem.lastIndexOf('/')) + 1);
}

function shapeText([channels, height, width]: NetworkNode['shape']): string {
  return `${channels} × ${height} × ${width}`;
}

/** The words a listener hears, and what hovering shows. */
function description(subject: Subject, side: Side, position: number): string {
  const node = (side === 'o' ? subject.original : subject.converted).nodes[position];
  const own = `${node.name}: ${node.text}, ${shapeText(node.shape)}`;
  if (side === 'o') {
    const names = subject.matesBack[position].map((mate) => subject.converted.nodes[mate].name);
    return names.length === 0 ? own : `${own}; now in ${names.join(', ')}`;
  }
  const account = subject.accounts[position];
  if (account === null) return own;
  const standsFor = account.standsFor.length === 0 ? '' : `; does ${account.standsFor.join(', ')}`;
  return `${own}; ${countsText(account.counts)}${standsFor}`;
}

function node(
  subject: Subject,
  side: Side,
  stem: string,
  box: ReturnType<typeof drawingOf>['boxes'][number],
): Markup {
  const { position, x, y, width, height } = box;
  const network = side === 'o' ? subject.original : subject.converted;
  const own = network.nodes[position];
  const label = description(subject, side, position);
  const target = side === 'c' ? position : subject.matesBack[position].at(0);
  const account = side === 'c' ? subject.accounts[position] : null;
  const isDifferent = account !== null && account.counts.other > 0;
  const isSum = own.kind === 'add';
  const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
  const shape = isSum
    ? markup`<circle cx="${Math.round(x)}" cy="${Math.round(y)}" r="${width / 2 - 1}"/><text class="sum" x="${Math.round(x)}" y="${Math.round(y) + 7}">+</text>`
    : markup`<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="5"/><text x="${left + 9}" y="${top + 17}">${shortened(own.name.slice(stem.length))}</text><text class="d" x="${left + 9}" y="${top + 33}">${own.text} · ${own.shape[0]}</text>`;
  const strip =
    account === null || isSum
      ? nothing
      : bar(account.counts, { x: left + 1, y: top + height - 8, width: width - 2, height: 7 });
  const inside = markup`<title>${label}</title>${shape}${strip}`;
  const className = `n${isSum ? ' s' : ''}${isDifferent ? ' x' : ''}`;
  const mates = (side === 'c' ? subject.mates : subject.matesBack)[position]
    .map((mate) => `${side === 'c' ? 'o' : 'c'}${mate}`)
    .join(' ');
  if (target === undefined || network.nodes[position].kind === 'input') {
    return markup`<g id="${side}${position}" class="${className}" data-m="${mates}" tabindex="0" role="img">${inside}</g>`;
  }
  return markup`<a id="${side}${position}" class="${className}" data-m="${mates}" href="#l${target}">${inside}</a>`;
}

function stemOf({ nodes }: Network, positions: readonly number[]): string {
  return commonStem(positions.map((position) => nodes[position].name));
}

/** `isCaptioned`: whether what the names begin with is said here. */
function side(
  subject: Subject,
  which: Side,
  positions: readonly number[],
  isCaptioned: boolean,
): Markup {
  if (positions.length === 0) return markup`<p class="none">no layer here</p>`;
  const network: Network = which === 'o' ? subject.original : subject.converted;
  const { width, height, boxes, lines } = drawingOf(network, positions);
  const stem = stemOf(network, positions);
  const label = `${which === 'o' ? 'Original' : 'Converted'}: ${stem === '' ? network.nodes[positions[0]].name : stem}`;
  const paths = lines.map(
    ({ points, isShortcut }) =>
      markup`<path class="${isShortcut ? 'e skip' : 'e'}" d="${curve(points)}"/>`,
  );
  const nodes = boxes.map((box) => node(subject, which, stem, box));
  const caption =
    stem === '' || !isCaptioned ? nothing : markup`<p class="stem">${stem.slice(0, -1)}</p>`;
  return markup`${caption}<svg class="net" role="group" aria-label="${label}" viewBox="0 0 ${Math.max(width, boxSize.width)} ${height}" width="${Math.max(width, boxSize.width)}" height="${height}"> ${paths}${nodes} </svg>`;
}

function part(subject: Subject, { original, converted, removed }: Part): Markup {
  const reserved = Math.max(
    0,
    ...converted.map((at) => subject.accounts[at]?.counts.reserved ?? 0),
  );
  const stems = [stemOf(subject.original, original), stemOf(subject.converted, converted)] as const;
  const isCommon = stems[0] === stems[1] && stems[0] !== '';
  const name = isCommon ? markup`<code>${stems[0].slice(0, -1)}</code> ` : nothing;
  const width = reserved === 0 ? '' : `, ${reserved} channels reserved`;
  const gone = removed === 1 ? 'shortcut' : `${removed} shortcuts`;
  const note = removed === 0 ? nothing : markup`<b>${gone} removed</b>${width}`;
  const className = removed === 0 ? 'part' : 'part block';
  const head = removed === 0 && !isCommon ? nothing : markup`<p class="note">${name}${note}</p>`;
  return markup`<div class="${className}">${head}
    <div class="side">${side(subject, 'o', original, !isCommon)}</div>
    <div class="side">${side(subject, 'c', converted, !isCommon)}</div></div>`;
}

/** Runs of parts, each a fold with the names of what it begins and ends with. */
function groups(
  { original, converted }: Subject,
  parts: readonly Part[],
  drawn: readonly Markup[],
): readonly Markup[] {
  const nameOf = (own: Part): string => {
    const [network, positions] =
      own.original.length > 0 ? [original, own.original] : [converted, own.converted];
    const stem = stemOf(network, positions).slice(0, -1);
    return stem === '' ? network.nodes[positions[0]].name : stem;
  };
  return Array.from({ length: Math.ceil(parts.length / groupSize) }, (_, k) => {
    const own = parts.slice(k * groupSize, (k + 1) * groupSize);
    const [first, last] = [own[0], own[own.length - 1]].map(nameOf);
    return markup`<details class="group"><summary><code>${first}</code> to <code>${last}</code></summary>
      ${drawn.slice(k * groupSize, (k + 1) * groupSize)}</details>`;
  });
}

function stage(subject: Subject, { shape, parts }: Stage, number: number, isOpen: boolean): Markup {
  const layers = (pick: (part: Part) => readonly number[]): number =>
    parts.reduce((sum, own) => sum + pick(own).length, 0);
  const [before, after] = [layers((p) => p.original), layers((p) => p.converted)];
  const removed = parts.reduce((sum, own) => sum + own.removed, 0);
  const shortcuts =
    removed === 0 ? '' : ` · ${count(removed)} shortcut${removed === 1 ? '' : 's'} removed`;
  const title = number === 0 ? 'Input' : `Stage ${number}`;
  const heading = markup`<summary><b>${title}</b> <span>${shapeText(shape)}</span><span class="dim">${before} layer${before === 1 ? '' : 's'} → ${after}${shortcuts}</span></summary>`;
  const drawn = parts.map((own) => part(subject, own));
  const body = parts.length <= mostParts ? drawn : groups(subject, parts, drawn);
  return isOpen
    ? markup`<details class="stage" open>${heading}${body}</details>`
    : markup`<details class="stage">${heading}${body}</details>`;
}

export function drawingSection(subject: Subject): Markup {
  const stages = stagesOf(subject.original, subject.converted, subject.account);
  const layers = subject.original.nodes.length + subject.converted.nodes.length;
  const first = stages.findIndex(({ parts }) => parts.some(({ removed }) => removed > 0));
  // What is read is a stage of its own, before the first.
  const isInput = stages[0].parts.every(({ original }) =>
    original.every((position) => subject.original.nodes[position].kind === 'input'),
  );
  const inputs = isInput ? 1 : 0;
  const folds = stages.map((own, k) =>
    stage(
      subject,
      own,
      k + 1 - inputs,
      layers <= 2 * mostOpen || (k === first && own.parts.length <= 6),
    ),
  );
  const shown = channelKinds.filter((kind) =>
    subject.accounts.some((account) => account !== null && account.counts[kind] > 0),
  );
  return markup`<section id="networks" aria-labelledby="h-networks"><h2 id="h-networks">The two networks</h2><p> The original left, the converted model right, cut where one tensor alone goes on and is the same in both. Hover or focus a layer to light up its counterpart; follow it to its row in the table. The bar of a converted layer says what its channels are:</p> ${legend(shown)} <p class="tools" hidden><button type="button" data-fold="open">unfold all stages</button><button type="button" data-fold="close">fold all</button></p><div class="heads" aria-hidden="true"><span>original</span><span>converted</span></div> ${folds} </section>`;
}
