/** The kinds of channels: what they are called, and the pattern that tells them apart without colour. */
import { channelKinds, type ChannelKind } from '../../verdict/layers.ts';
import { markup, type Markup } from './markup.ts';

export const kindWords: Readonly<Record<ChannelKind, string>> = {
  own: 'own',
  fused: 'fused',
  merged: 'merged',
  reserved: 'reserved',
  constant: 'constant',
  other: 'unmatched',
};

const meanings: Readonly<Record<ChannelKind, string>> = {
  own: 'the channel of one layer of the original',
  fused: 'a channel of several layers of the original, one after the other',
  merged: 'a channel of several layers, the addition at the end of a shortcut among them',
  reserved: 'a channel of the block’s input, carried through unchanged but for scale and offset',
  constant: 'the same number everywhere: a dead channel',
  other: 'no channel of the original equals it by itself',
};

/** In the order of a legend. */
const legendOrder: readonly ChannelKind[] = [
  'own',
  'fused',
  'merged',
  'reserved',
  'constant',
  'other',
];

/** Patterns once a page; what is filled refers to them by class. */
export const patterns = markup`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="p-reserved" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="f-reserved"/><rect width="2.4" height="6" class="f-gap"/></pattern><pattern id="p-merged" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="f-merged"/><rect x="0" y="2" width="6" height="2" class="f-gap"/><rect x="2" y="0" width="2" height="6" class="f-gap"/></pattern><pattern id="p-fused" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" class="f-fused"/><circle cx="2.5" cy="2.5" r="1.1" class="f-gap"/></pattern><pattern id="p-constant" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="f-gap"/><rect y="2.5" width="6" height="1" class="f-constant"/></pattern><pattern id="p-other" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" class="f-gap"/><rect width="3" height="6" class="f-other"/></pattern></defs></svg>`;

export type Counts = Readonly<Record<ChannelKind, number>>;

/** A bar as wide as told, divided by how many channels are of each kind. */
export function bar(
  counts: Counts,
  { x, y, width, height }: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>,
): Markup {
  const total = channelKinds.reduce((sum, kind) => sum + counts[kind], 0);
  let from = 0;
  const pieces = legendOrder.flatMap((kind) => {
    if (counts[kind] === 0) return [];
    const [start, end] = [from, from + counts[kind]].map((n) => x + (width * n) / total);
    from += counts[kind];
    return [
      markup`<rect class="k-${kind}" x="${start.toFixed(1)}" y="${y}" width="${(end - start).toFixed(1)}" height="${height}"/>`,
    ];
  });
  return markup`${pieces}`;
}

/** "64 own, 64 reserved". */
export function countsText(counts: Counts): string {
  return legendOrder
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kindWords[kind]}`)
    .join(', ');
}

export function legend(shown: readonly ChannelKind[]): Markup {
  const entries = legendOrder
    .filter((kind) => shown.includes(kind))
    .map(
      (kind) =>
        markup`<li><svg class="swatch" width="22" height="12" aria-hidden="true"><rect class="k-${kind}" x="0.5" y="0.5" width="21" height="11"/></svg><b>${kindWords[kind]}</b> ${meanings[kind]} </li>`,
    );
  return markup`<ul class="legend"> ${entries} </ul>`;
}
