/**
 * Layers whose widths an addition or a product ties together: their channels go together or not at all.
 *
 * In a plain network there are none, which is what makes one easy to prune.
 */
import type { Model } from '../model/model.ts';
import type { ChannelClasses } from './channel-classes.ts';
import type { Removal } from './removal.ts';
import type { Site } from './site.ts';

export interface Tie {
  /** Convolutions and dense layers whose results meet. */
  readonly layers: readonly string[];
  /** The additions and products where they do. */
  readonly at: readonly string[];
  readonly channels: number;
  /** Channels that went, in all of them. */
  readonly pruned: number;
}

interface Meeting {
  readonly layers: string[];
  readonly at: string[];
  readonly roots: Set<number>;
}

/** Every tie of the model, in its order. */
export function findTies(
  model: Model,
  sites: readonly Site[],
  context: { readonly classes: ChannelClasses; readonly removal: Removal },
): readonly Tie[] {
  const { classes, removal } = context;
  const meetings = new Map<number, Meeting>();
  const gone = new Set<number>();
  for (const layer of model.layers) {
    if (layer.kind !== 'add' && layer.kind !== 'subtract' && layer.kind !== 'multiply') continue;
    const { channels } = model.tensors[layer.output].shape;
    const roots = Array.from({ length: channels }, (_, c) => classes.of(layer.output, c));
    const known = roots.map((root) => meetings.get(root)).find((each) => each !== undefined);
    const meeting = known ?? { layers: [], at: [], roots: new Set() };
    meeting.at.push(layer.name);
    for (const [c, root] of roots.entries()) {
      meetings.set(root, meeting);
      meeting.roots.add(root);
      if (removal.goes(layer.output, c)) gone.add(root);
    }
  }
  for (const { layer } of sites) {
    const met = new Set<Meeting>();
    for (let c = 0; c < layer.outChannels; c++) {
      const meeting = meetings.get(classes.of(layer.output, c));
      if (meeting !== undefined) met.add(meeting);
    }
    for (const meeting of met) meeting.layers.push(layer.name);
  }
  return Array.from(new Set(meetings.values())).flatMap(({ layers, at, roots }) => {
    if (layers.length < 2) return [];
    const pruned = Array.from(roots).filter((root) => gone.has(root)).length;
    return [{ layers, at, channels: roots.size, pruned }];
  });
}
