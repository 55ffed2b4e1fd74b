/**
 * Which masked channels can be taken out of the network, and why the others cannot.
 *
 * A class of channels goes where every convolution that reads it finds constants there, and can have them in its
 * bias: the constant is zero, or every weight that reads it and is not zero meets it inside the image at all pixels.
 * A class that cannot go loses its masks: its channels stay as they were, for a constant costs as much as any
 * other channel. What stays reads more and may vary more, so it is asked again until nothing changes; each round
 * takes masks away, so there is an end. At least one channel of every tensor stays, and groups of a grouped
 * convolution stay equally wide.
 */
import type { Layer, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import type { ChannelClasses } from './channel-classes.ts';
import { isDepthwise } from './channel-classes.ts';
import { constantsOf, type Constants } from './constants.ts';
import { levelGroups } from './level-groups.ts';
import { maskedModel, type Masking, type Masks } from './mask.ts';
import type { Site } from './site.ts';
import { tapsInside } from './taps.ts';

/**
 * Why a channel that was to go stays, and the layer or port it is about.
 * `border`: padding cuts its constant off there; `varies`: what comes together there is not all masked;
 * `opaque`: the function there is not looked into; `ahead`: the layer reads it ahead of the mask as well;
 * `pinned`: a port, or a layer that needs all channels; `groups`: groups would not be equally wide;
 * `last`: no other channel of the layer's result would be left.
 */
export interface Obstacle {
  readonly kind: 'border' | 'varies' | 'opaque' | 'ahead' | 'pinned' | 'groups' | 'last';
  readonly layer: string;
}

export interface Removal {
  /** The model with only those channels masked that go. */
  readonly masked: Model;
  readonly masks: Masks;
  readonly constants: readonly Constants[];
  /** Whether a channel of a tensor goes. */
  readonly goes: (tensor: TensorId, channel: number) => boolean;
  /** By class of `classes`, for each class that was masked somewhere and stays. */
  readonly obstacles: ReadonlyMap<number, Obstacle>;
}

interface Question {
  readonly model: Model;
  readonly classes: ChannelClasses;
  /** The layer that makes each tensor; null for inputs. */
  readonly producers: readonly (Layer | null)[];
  readonly masking: Masking;
  /** What is worth more stays first where one of several has to; larger is more. */
  readonly worth: (site: Site, channel: number) => number;
}

/** One round: with these masks, which classes go. */
class Round {
  readonly masked: Model;
  readonly constants: readonly Constants[];
  readonly going = new Set<number>();
  readonly obstacles = new Map<number, Obstacle>();
  readonly #question: Question;
  readonly #worth = new Map<number, number>();

  constructor(question: Question, masks: Masks) {
    const { model, classes, masking, worth } = question;
    this.#question = question;
    this.masked = maskedModel(model, masks, masking);
    this.constants = constantsOf(this.masked);
    for (const [site, mask] of masks) {
      for (let c = 0; c < mask.length; c++) {
        if (mask[c] === 0) continue;
        const root = classes.of(site.end, c);
        this.going.add(root);
        this.#worth.set(root, Math.max(this.#worth.get(root) ?? -Infinity, worth(site, c)));
      }
    }
    this.#keepPinned();
    for (const layer of this.masked.layers) this.#keepRead(layer);
    for (const layer of this.masked.layers) this.#keepLevel(layer);
    for (const layer of this.masked.layers) this.#keepOne(layer);
  }

  #stays(root: number, obstacle: Obstacle): void {
    if (this.going.delete(root)) this.obstacles.set(root, obstacle);
  }

  #keepPinned(): void {
    for (const root of this.going) {
      const layer = this.#question.classes.pinned(root);
      if (layer !== null) this.#stays(root, { kind: 'pinned', layer });
    }
  }

  /** Classes that this convolution reads and cannot have in its bias. */
  #keepRead(layer: Layer): void {
    if (layer.kind !== 'conv' && layer.kind !== 'dense') return;
    const { model, classes } = this.#question;
    const [input] = layer.inputs;
    const [from, to] = [shapeOf(model, input), shapeOf(model, layer.output)];
    if (layer.kind === 'conv' && isDepthwise(layer, from.channels)) return;
    const inside = tapsInside(layer, from, to);
    const groups = layer.kind === 'conv' ? layer.groups : 1;
    const [inputs, rows] = [from.channels / groups, to.channels / groups];
    for (let i = 0; i < from.channels; i++) {
      const root = classes.of(input, i);
      const constant = this.constants[input][i];
      if (!this.going.has(root) || constant === 0) continue;
      const varies = Number.isNaN(constant);
      const group = Math.floor(i / inputs);
      for (let o = group * rows; o < (group + 1) * rows; o++) {
        if (this.going.has(classes.of(layer.output, o))) continue;
        const at = (o * inputs + (i % inputs)) * inside.length;
        // A varying channel must not be read at all, a constant one not where padding cuts it off.
        const isRead = inside.some(
          (within, t) => (varies || within === 0) && layer.weight[at + t] !== 0,
        );
        if (!isRead) continue;
        const border = { kind: varies ? 'ahead' : 'border', layer: layer.name } as const;
        this.#stays(root, (varies ? this.#whereLost(root) : null) ?? border);
        break;
      }
    }
  }

  /** The first layer that makes something that varies of a constant of the class. */
  #whereLost(root: number): Obstacle | null {
    const constant = new Set<TensorId>();
    for (const [tensor, channel] of this.#question.classes.members(root)) {
      const layer = this.#question.producers[tensor];
      if (!Number.isNaN(this.constants[tensor][channel])) constant.add(tensor);
      if (constant.has(tensor) || !layer?.inputs.some((input) => constant.has(input))) continue;
      const { name } = layer;
      switch (layer.kind) {
        case 'add':
        case 'subtract':
        case 'multiply':
          return { kind: 'varies', layer: name };
        case 'opaque':
          return { kind: 'opaque', layer: name };
        case 'conv':
        case 'averagePool':
        case 'pad':
          return { kind: 'border', layer: name };
        default:
      }
    }
    return null;
  }

  #keepLevel(layer: Layer): void {
    const { model, classes } = this.#question;
    const [input] = layer.inputs;
    const { channels } = shapeOf(model, input);
    if (layer.kind !== 'conv' || layer.groups === 1 || isDepthwise(layer, channels)) return;
    const stay = levelGroups({
      groups: layer.groups,
      inputs: Array.from({ length: channels }, (_, c) => classes.of(input, c)),
      outputs: Array.from({ length: layer.outChannels }, (_, c) => classes.of(layer.output, c)),
      going: this.going,
      worth: (root) => this.#worth.get(root) ?? 0,
    });
    for (const root of stay) this.#stays(root, { kind: 'groups', layer: layer.name });
  }

  #keepOne(layer: Layer): void {
    const { model, classes } = this.#question;
    const { channels } = shapeOf(model, layer.output);
    let best: number | null = null;
    for (let c = 0; c < channels; c++) {
      const root = classes.of(layer.output, c);
      if (!this.going.has(root)) return;
      const isBetter = best === null || this.#worthOf(root) > this.#worthOf(best);
      if (isBetter) best = root;
    }
    if (best !== null) this.#stays(best, { kind: 'last', layer: layer.name });
  }

  #worthOf(root: number): number {
    return this.#worth.get(root) ?? 0;
  }
}

/** What goes when these channels are masked, as many of them as can. */
export function decideRemoval(asked: Omit<Question, 'producers'>, wanted: Masks): Removal {
  const { classes, model } = asked;
  const producers = model.tensors.map((): Layer | null => null);
  for (const layer of model.layers) producers[layer.output] = layer;
  const question = { ...asked, producers };
  const obstacles = new Map<number, Obstacle>();
  let masks = wanted;
  for (;;) {
    const round = new Round(question, masks);
    const { masked, constants, going } = round;
    if (round.obstacles.size === 0) {
      const goes = (tensor: TensorId, channel: number): boolean =>
        going.has(classes.of(tensor, channel));
      return { masked, masks, constants, goes, obstacles };
    }
    for (const [root, obstacle] of round.obstacles) obstacles.set(root, obstacle);
    masks = new Map(
      Array.from(masks, ([site, mask]) => [
        site,
        mask.map((bit, c) => (round.obstacles.has(classes.of(site.end, c)) ? 0 : bit)),
      ]),
    );
  }
}
