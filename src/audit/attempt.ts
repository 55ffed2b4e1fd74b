/**
 * What a conversion that ignores an obstacle would make of a block: the shortcut carried through the layer that
 * stands in the way. It computes something else, and an input shows it.
 */
import { Random } from '../blocks/random.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { strategies } from '../theorems/blocks/strategy.ts';
import type { Addition } from './addition.ts';
import type { Counterexample } from './counterexample.ts';
import { draw } from './draw.ts';
import type { Block, Node } from './graph.ts';
import { drawnLetters } from './letters.ts';
import { smallNumbers } from './numbers.ts';
import type { Residual } from './residual.ts';
import { unit, type Numbers } from './size.ts';
import { apartOn, agrees, tried, type Pair } from './trial.ts';
import { twinNetworks } from './twin-networks.ts';

/** Numbers of nodes that no block has. */
export const fresh = 1_000_000;

/** The graph with some nodes replaced; numbers, and with them parameters, stay. */
export function rewritten(output: Node, by: ReadonlyMap<Node, Node>): Node {
  const done = new Map<Node, Node>();
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const other = by.get(node);
    const inputs = node.inputs.map(visit);
    const same = inputs.every((input, k) => input === node.inputs[k]);
    const result = other ?? (same ? node : { ...node, inputs });
    done.set(node, result);
    return result;
  };
  return visit(output);
}

/** The first multiplication from the node back, along one-input layers. */
function gateOf(node: Node): Node | null {
  for (let at = node; ; [at] = at.inputs) {
    if (at.operation.kind === 'multiply') return at;
    if (at.inputs.length !== 1) return null;
  }
}

/** The shortcut merged ahead of the gate: (x + f)·g in the place of x + f·g. */
function aheadOfGate({ root }: Addition): ReadonlyMap<Node, Node> | null {
  if (root.operation.kind !== 'add') return null;
  const [a, b] = root.inputs;
  const [gate, shortcut] = gateOf(b) === null ? [gateOf(a), b] : [gateOf(b), a];
  if (gate === null) return null;
  const [first, second] = gate.inputs;
  const [own, factor] = first.stride === null ? [second, first] : [first, second];
  const merged: Node = { ...root, id: fresh, inputs: [shortcut, own] };
  const gated: Node = { ...gate, inputs: [merged, factor] };
  const branch = gateOf(b) === null ? a : b;
  return new Map([[root, rewritten(branch, new Map([[gate, gated]]))]]);
}

/** The layer on the branch, done to the shortcut too. */
function alsoOnShortcut({ root, meeting }: Addition, at: Node): ReadonlyMap<Node, Node> | null {
  if (meeting.kind === 'apart') return null;
  const shortcut = meeting.operands.find(({ side }) => !side.nodes.includes(at));
  if (shortcut === undefined) return null;
  const treated: Node = { ...at, id: fresh, inputs: [shortcut.node] };
  const inputs = root.inputs.map((input) => (input === shortcut.node ? treated : input));
  return new Map([[root, { ...root, inputs }]]);
}

/** The one pixel that a reserved channel holds, in the place of several. */
function sampled(at: Node): ReadonlyMap<Node, Node> | null {
  const { operation } = at;
  if (operation.kind !== 'maxPool' && operation.kind !== 'averagePool') return null;
  const sample: Node = { ...at, operation: { ...operation, kind: 'maxPool', kernel: unit } };
  return new Map([[at, sample]]);
}

function passedBy(at: Node): ReadonlyMap<Node, Node> {
  return new Map([[at, at.inputs[0]]]);
}

function replacement(addition: Addition, at: Node): ReadonlyMap<Node, Node> | null {
  const { meeting } = addition;
  if (meeting.kind === 'apart') return aheadOfGate(addition);
  if (at.operation.kind === 'activation') return passedBy(at);
  const isOnBranch = meeting.operands.some(
    ({ side }) => side.nodes.includes(at) && side.steps.some(({ bend }) => bend !== null),
  );
  return isOnBranch ? alsoOnShortcut(addition, at) : sampled(at);
}

function inputOf({ C, H, W }: Numbers, random: Random): Float32Array {
  return Float32Array.from({ length: C * H * W }, () => Math.round(random.between(-4, 4) * 8) / 8);
}

async function shown(
  pair: Pair,
  numbers: Numbers,
  kernels: readonly Kernel[],
  seed: number,
): Promise<Counterexample | null> {
  const input = inputOf(numbers, new Random(seed));
  if (agrees(apartOn(pair, input))) return null;
  const trial = await tried(pair, input, kernels);
  return {
    shape: [numbers['C'], numbers['H'], numbers['W']],
    input: [...input],
    trial,
    letters: {},
    seed,
  };
}

/** An input on which the block and the attempt differ, on as small an image as shows it. */
export async function structuralCounterexample(
  block: Block,
  addition: Addition,
  at: Node,
  kernels: readonly Kernel[],
): Promise<Counterexample | null> {
  const by = replacement(addition, at);
  if (by === null) return null;
  const attempt = rewritten(block.output, by);
  for (const side of [1, 2, 4]) {
    const numbers = smallNumbers(block, { H: side, W: side }, true);
    if (numbers === null) return null;
    for (let seed = 1; seed <= 4; seed++) {
      const [original, plain] = [block.output, attempt].map((output) =>
        draw(output, { numbers, seed }),
      );
      if (!original.ok || !plain.ok) break;
      const pair = { original: original.value, plain: plain.value };
      const found = await shown(pair, numbers, kernels, seed);
      if (found !== null) return found;
    }
  }
  return null;
}

/** One where no strategy gets past an activation: the nearest strategy all the same, at one channel and pixel. */
export async function activationCounterexample(
  residual: Residual,
  kernels: readonly Kernel[],
): Promise<Counterexample | null> {
  const isHalved = residual.layers.every(({ bending }) => bending === null || bending.halves);
  const strategy = strategies[isHalved ? 'split' : 'nonnegative'];
  const numbers: Record<string, number> = {
    ...{ C: 1, N: 1, H: 1, W: 1, w: 1 },
    ...{ ph: 1, pw: 1, kh: 1, kw: 1, dy: 1, dx: 1, pi: 0, pj: 0, ci: 0, cj: 0 },
  };
  residual.layers.forEach((_, k) => {
    const level = k + 1;
    for (const name of ['M', 'w', 'kh', 'kw', 'dy', 'dx', 'sy', 'sx'])
      numbers[`${name}${level}`] = 1;
    for (const name of ['ci', 'cj']) numbers[`${name}${level}`] = 0;
  });
  for (let seed = 1; seed <= 8; seed++) {
    const letters = drawnLetters(numbers, new Random(seed));
    const pair = twinNetworks(residual, strategy, letters, 1);
    const found = await shown(pair, numbers, kernels, seed);
    if (found !== null) return found;
  }
  return null;
}
