/**
 * Two networks cut into parts that correspond: block beside block, and the blocks of one resolution in a stage.
 *
 * A cut is where one tensor alone goes on in both models and the account says that it is the same tensor. A
 * stretch without such places, as behind a difference, is cut by itself on either side, and its parts are
 * paired by their order: that says nothing of what they compute.
 */
import type { Account } from '../../verdict/layers.ts';
import type { Network } from '../network.ts';

/** Positions in both networks; either may be empty. */
export interface Part {
  readonly original: readonly number[];
  readonly converted: readonly number[];
  /** Additions in the original that the converted part does without. */
  readonly removed: number;
}

export interface Stage {
  /** Channels, rows and columns of what it gives out. */
  readonly shape: readonly [number, number, number];
  readonly parts: readonly Part[];
}

/** A part of more layers than this is cut wherever it can be. */
const largestPart = 36;

/** Parts without an addition are taken together up to this many layers. */
const smallPart = 6;

/** For every position whether nothing before it is read after it. */
function bottlenecks({ nodes, outputs }: Network): readonly boolean[] {
  const last = nodes.map((_, position) => position);
  for (const [position, { inputs }] of nodes.entries()) {
    for (const input of inputs) last[input] = position;
  }
  for (const output of outputs) last[output] = nodes.length;
  let reach = -1;
  return nodes.map((_, position) => {
    const isOne = reach <= position;
    reach = Math.max(reach, last[position]);
    return isOne;
  });
}

function run(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, k) => from + k);
}

function additions({ nodes }: Network, positions: readonly number[]): number {
  return positions.filter((position) => nodes[position].kind === 'add').length;
}

/** A stretch cut at its own bottlenecks into runs of limited length. */
function pieces(positions: readonly number[], isCut: readonly boolean[]): readonly number[][] {
  const found: number[][] = [];
  let piece: number[] = [];
  for (const position of positions) {
    piece.push(position);
    if (isCut[position] && piece.length >= largestPart / 2) {
      found.push(piece);
      piece = [];
    }
  }
  if (piece.length > 0) found.push(piece);
  return found;
}

/** Positions behind which both models are cut: pairs, ascending. */
function cuts(original: Network, converted: Network, account: Account | null): [number, number][] {
  const names = new Map(original.nodes.map(({ name }, position) => [name, position]));
  const accounts = new Map(account?.layers.map((layer) => [layer.layer, layer]));
  const [left, right] = [bottlenecks(original), bottlenecks(converted)];
  const found: [number, number][] = [];
  let before = -1;
  for (const [position, { name, kind }] of converted.nodes.entries()) {
    if (!right[position]) continue;
    const own = accounts.get(name);
    const known = own?.whole === true ? names.get(own.counterpart ?? '') : undefined;
    // Both models read the same inputs, in the same order.
    const partner = kind === 'input' ? position : known;
    if (partner === undefined || partner <= before || !left[partner]) continue;
    found.push([partner, position]);
    before = partner;
  }
  return found;
}

function isPlain(part: Part): boolean {
  return part.removed === 0 && part.original.length <= smallPart;
}

function joined(a: Part, b: Part): Part {
  return {
    original: [...a.original, ...b.original],
    converted: [...a.converted, ...b.converted],
    removed: a.removed + b.removed,
  };
}

export function stagesOf(
  original: Network,
  converted: Network,
  account: Account | null,
): readonly Stage[] {
  const ends: readonly [number, number][] = [
    ...cuts(original, converted, account),
    [original.nodes.length - 1, converted.nodes.length - 1],
  ];
  const [left, right] = [bottlenecks(original), bottlenecks(converted)];
  const parts: Part[] = [];
  let [before, after] = [0, 0];
  const push = (part: Part): void => {
    const last = parts.at(-1);
    const area = (position: number): number => {
      const [, height, width] = original.nodes[position].shape;
      return height * width;
    };
    // An activation belongs to what it follows; what has no shortcut is shown together.
    const isTail = part.original.length === 1 && part.converted.length <= 1;
    const [own, previous] = [part.original.at(-1), last?.original.at(-1)];
    const isSame = own !== undefined && previous !== undefined && area(own) === area(previous);
    if (last !== undefined && isPlain(part)) {
      const isActivation = isTail && own !== undefined && isActivationAt(original, own);
      if ((isActivation && isSame) || (isPlain(joined(last, part)) && isSame)) {
        parts[parts.length - 1] = joined(last, part);
        return;
      }
    }
    parts.push(part);
  };
  for (const [o, c] of ends) {
    const stretch = [run(before, o + 1), run(after, c + 1)] as const;
    [before, after] = [o + 1, c + 1];
    if (stretch[0].length === 0 && stretch[1].length === 0) continue;
    const isLong = Math.max(...stretch.map((side) => side.length)) > largestPart;
    const [a, b] = isLong
      ? [pieces(stretch[0], left), pieces(stretch[1], right)]
      : [[stretch[0]], [stretch[1]]];
    for (let k = 0; k < Math.max(a.length, b.length); k++) {
      const [one, other] = [a.at(k) ?? [], b.at(k) ?? []];
      const removed = Math.max(additions(original, one) - additions(converted, other), 0);
      push({ original: one, converted: other, removed });
    }
  }
  return stages(original, converted, parts);
}

function isActivationAt({ nodes }: Network, position: number): boolean {
  return ['relu', 'clip', 'prelu', 'leakyRelu', 'batchNorm'].includes(nodes[position].kind);
}

function stages(original: Network, converted: Network, parts: readonly Part[]): readonly Stage[] {
  const found: { shape: Stage['shape']; parts: Part[] }[] = [];
  for (const part of parts) {
    const end = part.original.at(-1);
    const other = part.converted.at(-1);
    const node = end !== undefined ? original.nodes[end] : converted.nodes[other ?? 0];
    const last = found.at(-1);
    const [, height, width] = node.shape;
    if (last?.shape[1] === height && last.shape[2] === width) {
      last.parts.push(part);
      last.shape = node.shape;
    } else found.push({ shape: node.shape, parts: [part] });
  }
  return found;
}
