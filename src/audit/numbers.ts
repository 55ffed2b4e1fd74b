/** Values for a block's letters: the ones costs are given for, and small ones to draw networks of. */
import type { Block, Node, Operation } from './graph.ts';
import { lettersOf, valueOf, type Numbers, type Size } from './size.ts';

/** Kernels and strides among an operation's sizes, and its other sizes. */
function sizesOf(operation: Operation): {
  readonly kernels: readonly Size[];
  readonly strides: readonly Size[];
  readonly counts: readonly Size[];
} {
  switch (operation.kind) {
    case 'conv': {
      const { groups, kernel, stride } = operation;
      return { kernels: kernel, strides: [stride], counts: groups === 'depthwise' ? [] : [groups] };
    }
    case 'maxPool':
    case 'averagePool':
      return { kernels: [operation.kernel], strides: [operation.stride], counts: [] };
    case 'repeat':
      return { kernels: [], strides: [], counts: [operation.count] };
    case 'part':
      return { kernels: [], strides: [], counts: [operation.from] };
    default:
      return { kernels: [], strides: [], counts: [] };
  }
}

interface Kinds {
  readonly kernels: ReadonlySet<string>;
  readonly strides: ReadonlySet<string>;
  readonly all: readonly string[];
}

function letterKinds({ nodes }: Block): Kinds {
  const sizes = nodes.map(({ operation }) => sizesOf(operation));
  const among = (lists: readonly (readonly Size[])[]): ReadonlySet<string> =>
    new Set(lists.flat().flatMap(lettersOf));
  const kernels = among(sizes.map((of) => of.kernels));
  const strides = among(sizes.map((of) => of.strides));
  const counts = among([...sizes.map((of) => of.counts), nodes.map((node) => node.channels)]);
  return { kernels, strides, all: [...new Set(['C', ...counts, ...kernels, ...strides])] };
}

/** The block's own sizes, and usual ones for the letters it says nothing of. */
export function costNumbers(block: Block): Numbers {
  const { kernels, strides, all } = letterKinds(block);
  const numbers: Record<string, number> = { C: 64, H: 56, W: 56 };
  for (const name of all) {
    numbers[name] = kernels.has(name) ? 3 : strides.has(name) ? 2 : (numbers[name] ?? 64);
  }
  return { ...numbers, ...block.sizes };
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function fits(node: Node, numbers: Numbers): boolean {
  if (!isWhole(valueOf(node.channels, numbers))) return false;
  const { operation, inputs } = node;
  if (operation.kind !== 'conv' || operation.groups === 'depthwise') return true;
  const groups = valueOf(operation.groups, numbers);
  const widths = [node.channels, inputs[0].channels].map((size) => valueOf(size, numbers));
  return isWhole(groups) && widths.every((width) => width % groups === 0);
}

const upward = [2, 3, 4, 6, 8, 12, 16, 24, 32];

/**
 * Small numbers at which every layer of the block has whole channels and groups; null where none are found. Sizes
 * of 1, which hide what happens between channels, come last unless told.
 */
export function smallNumbers(
  block: Block,
  image: { readonly H: number; readonly W: number },
  isOneFirst = false,
): Numbers | null {
  const { kernels, strides, all } = letterKinds(block);
  const chosen: Record<string, number> = { ...image };
  const free = all.filter((name) => {
    if (kernels.has(name)) chosen[name] = 3;
    else if (strides.has(name)) chosen[name] = 2;
    return !Object.hasOwn(chosen, name);
  });
  const candidates = isOneFirst ? [1, ...upward] : [...upward, 1];
  let tries = 20_000;
  const search = (k: number): boolean => {
    if (k === free.length) return block.nodes.every((node) => fits(node, chosen));
    for (const value of candidates) {
      if (tries-- <= 0) return false;
      chosen[free[k]] = value;
      if (search(k + 1)) return true;
    }
    return false;
  };
  return search(0) ? chosen : null;
}
