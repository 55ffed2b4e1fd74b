/** The families with a shortcut around a branch that bends: what Reserve and Merge is for. */
import { residualBlock, type Part, type Residual } from './residual.ts';
import type { Block } from './block.ts';
import type { Choice } from './choice.ts';
import type { TexturedRandom } from './texture.ts';
import type { Bend } from './unit.ts';

export interface Place {
  readonly inChannels: number;
  readonly choice: Choice;
  readonly random: TexturedRandom;
}

export function strideOf({ change }: Choice): number {
  return change === 'strided' || change === 'strided-widened' ? 2 : 1;
}

export function widthOf({ inChannels, choice }: Place): number {
  const { change, width } = choice;
  return change === 'widened' || change === 'strided-widened' ? width : inChannels;
}

/** Inside a branch something bends. */
function inside({ activation }: Choice): Bend {
  return activation === 'none' ? 'relu' : activation;
}

function part(
  { random, choice }: Place,
  from: number,
  to: number,
  rest: { kernel?: number; stride?: number; bend?: Bend; groups?: number },
): Part {
  const { kernel = 1, stride = 1, bend = 'none', groups = 1 } = rest;
  const filter = random.filter(from, to, kernel, { groups, bias: choice.biased });
  return { filter, stride, norm: random.norm(to), bend };
}

/** The identity where size and width stay, else a strided 1×1 projection. */
function shortcut(place: Place): Residual['shortcut'] {
  const [stride, to] = [strideOf(place.choice), widthOf(place)];
  if (stride === 1 && to === place.inChannels) return 'identity';
  return part(place, place.inChannels, to, { stride });
}

function block(place: Place, rest: Pick<Residual, 'branch' | 'shortcut' | 'after'>): Block {
  const { inChannels, random } = place;
  const branchFirst = random.integer(2) === 0;
  return residualBlock({ inChannels, outChannels: widthOf(place), branchFirst, ...rest });
}

/** arXiv 1512.03385: two convolutions; stride 2 in the first, with a projection whatever the widths. */
export function basicBlock(place: Place): Block {
  const { inChannels: from, choice } = place;
  const { inner, kernel } = choice;
  const [stride, bend] = [strideOf(choice), inside(choice)];
  const branch = [
    part(place, from, inner, { kernel, stride, bend }),
    part(place, inner, widthOf(place), { kernel }),
  ];
  return block(place, { branch, shortcut: shortcut(place), after: bend });
}

/** arXiv 1512.03385: narrow, filter, widen; stride 2 in the middle. */
export function bottleneck(place: Place): Block {
  const { inChannels: from, choice } = place;
  const { inner } = choice;
  const [stride, bend] = [strideOf(choice), inside(choice)];
  const branch = [
    part(place, from, inner, { bend }),
    part(place, inner, inner, { kernel: 3, stride, bend }),
    part(place, inner, widthOf(place), {}),
  ];
  return block(place, { branch, shortcut: shortcut(place), after: bend });
}

/** RMNeXt: the middle convolution is grouped; its channels in a group divide the input's where possible. */
export function groupedBlock(place: Place): Block {
  const { inChannels: from, choice } = place;
  const inGroup = from % 2 === 0 && choice.inner > 2 ? 2 : 1;
  const groups = choice.groups + 1;
  const inner = groups * inGroup;
  const [stride, bend] = [strideOf(choice), inside(choice)];
  const branch = [
    part(place, from, inner, { bend }),
    part(place, inner, inner, { kernel: 3, stride, bend, groups }),
    part(place, inner, widthOf(place), {}),
  ];
  return block(place, { branch, shortcut: shortcut(place), after: bend });
}

/** arXiv 1801.04381: expand, depthwise, project, nothing behind; no shortcut where shapes change. */
export function invertedResidual(place: Place): Block {
  const { inChannels: from, choice } = place;
  const hidden = choice.groups === 1 ? from : choice.inner + 1;
  const [stride, bend] = [strideOf(choice), inside(choice)];
  const kernel = choice.kernel === 1 ? 3 : choice.kernel;
  const depthwise = part(place, hidden, hidden, { kernel, stride, bend, groups: hidden });
  const project = part(place, hidden, widthOf(place), {});
  const expand = choice.groups === 1 ? [] : [part(place, from, hidden, { bend })];
  const identity = stride === 1 && widthOf(place) === from;
  return block(place, {
    branch: [...expand, depthwise, project],
    shortcut: identity ? 'identity' : 'none',
    after: 'none',
  });
}

/** arXiv 1603.05027: batch norm and ReLU stand before each convolution, the sum is bare. */
export function preActivationBlock(place: Place): Block {
  const { inChannels: from, choice, random } = place;
  const { inner } = choice;
  const [stride, bend] = [strideOf(choice), inside(choice)];
  const first: Part = { filter: null, stride: 1, norm: random.norm(from), bend };
  const last = part(place, inner, widthOf(place), { kernel: 3 });
  const branch = [
    first,
    part(place, from, inner, { kernel: choice.kernel, stride, bend }),
    { ...last, norm: null },
  ];
  return block(place, { branch, shortcut: shortcut(place), after: 'none' });
}
