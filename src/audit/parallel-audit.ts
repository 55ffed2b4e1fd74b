/** Branches that add up to one convolution: the theorem, and trials of it on networks with its letters. */
import { Random } from '../blocks/random.ts';
import { int } from '../logic/term.ts';
import type { LayerSpec } from '../model/layer.ts';
import { noPadding } from '../model/shape.ts';
import { mergedKernel } from '../theorems/blocks/parallel.ts';
import { passingKernel } from '../theorems/blocks/rm-rep-vgg.ts';
import { catalogue } from '../theorems/catalogue.ts';
import type { Entry } from '../theorems/entry.ts';
import { examine } from '../theorems/examine.ts';
import type { Asked } from '../theorems/proof.ts';
import { fresh, rewritten } from './attempt.ts';
import { draw } from './draw.ts';
import type { Block, Node } from './graph.ts';
import { drawnLetters, numberOf, type Letters } from './letters.ts';
import { smallNumbers } from './numbers.ts';
import type { Parallel } from './parallel.ts';
import { tapsOf, theoremOf, theoremSizes } from './parallel-theorem.ts';
import { isAffine } from './side.ts';
import { valueOf, type Numbers } from './size.ts';
import type { AuditTools } from './strategy-audit.ts';
import { tried, type Pair, type Trial } from './trial.ts';

export interface ParallelAudit {
  readonly status: 'proved' | 'refuted' | 'undecided';
  readonly reason: string;
  readonly entry: Entry;
  readonly asked: readonly Asked[];
  readonly trials: readonly Trial[];
}

interface Letterings {
  readonly found: Parallel;
  readonly numbers: Numbers;
  readonly letters: Letters;
  readonly perGroup: number;
}

function window(
  found: Parallel,
  numbers: Numbers,
  of: { readonly kernel: Parallel['kernel']; readonly dilation: number },
): Pick<Extract<LayerSpec, { kind: 'conv' }>, 'kernel' | 'strides' | 'dilations' | 'pads'> {
  const { kernel, dilation } = of;
  const [y, x] = kernel.map((size) => valueOf(size, numbers));
  const stride = valueOf(found.stride, numbers);
  const [top, left] = [y, x].map((taps) => Math.floor((taps - 1) / 2) * dilation);
  return {
    kernel: { y, x },
    strides: { y: stride, x: stride },
    dilations: { y: dilation, x: dilation },
    pads: { top, left, bottom: (y - 1) * dilation - top, right: (x - 1) * dilation - left },
  };
}

function filled(
  counts: readonly [number, number, number, number],
  value: (o: number, c: number, i: number, j: number) => number,
): Float32Array {
  const [outputs, channels, rows, columns] = counts;
  const weights = new Float32Array(outputs * channels * rows * columns);
  for (let k = 0; k < weights.length; k++) {
    const j = k % columns;
    const i = Math.floor(k / columns) % rows;
    const c = Math.floor(k / (columns * rows)) % channels;
    weights[k] = value(Math.floor(k / (columns * rows * channels)), c, i, j);
  }
  return weights;
}

/** The layers of the sum, with the theorem's letters for parameters; null for any other. */
function lettered(of: Letterings): (node: Node, copy: number) => LayerSpec | null {
  const { found, numbers, letters, perGroup } = of;
  const affine = new Set(affineNodes(found));
  return (node, copy) => {
    const channels = valueOf(node.channels, numbers);
    const wiring = { name: node.name, inputs: [] };
    const all = (value: (k: number) => number): Float32Array =>
      Float32Array.from({ length: channels }, (_, k) => value(k));
    const k = found.operands.findIndex(({ side }) => side.nodes.includes(node));
    const copies = k >= 0 && found.operands[k].repeat !== null;
    if (node.operation.kind === 'conv' && k >= 0) {
      const { kernel } = node.operation;
      const [rows, columns] = kernel.map((size) => valueOf(size, numbers));
      const isAhead = found.forms[k] !== 'single' && node === found.operands[k].side.nodes[0];
      const letter = isAhead ? `U${k}` : `V${k}`;
      const from = valueOf(node.inputs[0].channels, numbers);
      const read = found.forms[k] === 'single' ? perGroup : from;
      const weight = filled([channels, read, rows, columns], (...at) =>
        copies ? letters.real(letter, copy, ...at) : letters.real(letter, ...at),
      );
      const groups = from / read;
      const conv = { ...wiring, weight, bias: null, outChannels: channels, groups };
      const around = isAhead || node.operation.border === 'shift' ? { pads: noPadding } : {};
      const stride = isAhead ? { strides: { y: 1, x: 1 } } : {};
      return {
        kind: 'conv',
        ...conv,
        ...window(found, numbers, node.operation),
        ...stride,
        ...around,
      };
    }
    if (!affine.has(node)) return null;
    const scale = all((o) => {
      if (copies) return letters.real(`sm${k}`, copy, o);
      return node.operation.kind === 'shift' ? 1 : letters.real(`s${node.id}`, o);
    });
    const offset = all((o) => {
      if (copies) return letters.real(`bm${k}`, copy, o);
      return node.operation.kind === 'scale' ? 0 : letters.real(`b${node.id}`, o);
    });
    const mean = new Float32Array(channels);
    const variance = new Float32Array(channels).fill(1);
    return { kind: 'batchNorm', ...wiring, scale, offset, mean, variance, epsilon: 0 };
  };
}

/** What the one convolution stands for. */
function rootOf({ addition: { root, passing } }: Parallel): Node {
  return passing?.concat ?? root;
}

function affineNodes({ addition, operands }: Parallel): readonly Node[] {
  const around: Node[] = [];
  const visit = (sum: typeof addition.sum): void => {
    if (sum.kind === 'operand') return;
    if (sum.kind === 'affine') {
      around.push(sum.node);
      visit(sum.of);
    } else {
      visit(sum.left);
      visit(sum.right);
    }
  };
  visit(addition.sum);
  return [...around, ...operands.flatMap(({ side }) => side.nodes.filter(isAffine))];
}

/** The one convolution, its weights the values of the theorem's terms. */
function mergedLayer({ found, numbers, letters, perGroup }: Letterings): LayerSpec {
  const { branches, strided, bias, groups } = found;
  const channels = valueOf(rootOf(found).channels, numbers);
  const count = groups === 'depthwise' ? channels : valueOf(groups, numbers);
  const { passing } = found;
  const isPlain = found.forms.every((form) => form === 'single');
  const kernel =
    passing === null
      ? mergedKernel(branches, { strided, grouped: isPlain })
      : passingKernel(branches);
  const passed = passing === null ? 0 : valueOf(passing, numbers);
  const inGroup = channels / count;
  const [rows, columns] = found.kernel.map((size) => valueOf(size, numbers));
  const weight = filled([channels, perGroup, rows, columns], (o, c, i, j) => {
    const index = o - Math.floor(o / inGroup) * perGroup;
    const placed = { ...letters, sizes: { ...letters.sizes, index } };
    return numberOf(kernel(int(o), int(c), int(i), int(j)), placed);
  });
  const shift = Float32Array.from({ length: channels }, (_, o) =>
    o < passed ? 0 : numberOf(bias(int(o - passed)), letters),
  );
  return {
    kind: 'conv',
    name: 'merged',
    inputs: [],
    weight,
    bias: shift,
    outChannels: channels,
    groups: count,
    ...window(found, numbers, found),
  };
}

function pairOf(block: Block, of: Letterings, seed: number): Pair | null {
  const { found, numbers } = of;
  const root = rootOf(found);
  const merged: Node = { ...root, id: fresh, inputs: [found.fork] };
  const original = draw(block.output, { numbers, seed, given: lettered(of) });
  const plain = draw(rewritten(block.output, new Map([[root, merged]])), {
    numbers,
    seed,
    given: (node) => (node.id === fresh ? mergedLayer(of) : null),
  });
  return original.ok && plain.ok ? { original: original.value, plain: plain.value } : null;
}

/**
 * The letters that are not free: an average's share, and a border that holds the shift. What an average reads are
 * multiples of its taps, so that its share of them is exact.
 */
function ruled(letters: Letters, found: Parallel, numbers: Numbers): Letters {
  const taps = (k: number): number => {
    const [rows, columns] = tapsOf(found.operands[k], numbers);
    return rows * columns;
  };
  return {
    ...letters,
    real: (name, ...at) => {
      if (name.startsWith('share')) return 1 / taps(Number(name.slice('share'.length)));
      const k = Number(name.slice(1));
      if (name.startsWith('U') && found.forms[k] === 'average') {
        return letters.real(name, ...at) * taps(k);
      }
      if (!name.startsWith('pad')) return letters.real(name, ...at);
      const norm = found.operands[Number(name.slice('pad'.length))].side.nodes[1];
      return letters.real(`b${norm.id}`, ...at);
    },
  };
}

async function trials(
  block: Block,
  found: Parallel,
  { kernels }: AuditTools,
): Promise<readonly Trial[]> {
  const seen: Trial[] = [];
  for (let seed = 1; seed <= 3; seed++) {
    const numbers = smallNumbers(block, { H: 3 + seed, W: 6 - seed });
    if (numbers === null) return seen;
    const random = new Random(seed);
    const channels = valueOf(found.fork.channels, numbers);
    const perGroup = found.groups === 'depthwise' ? 1 : channels / valueOf(found.groups, numbers);
    const sizes = theoremSizes(found, numbers, perGroup);
    const letters = ruled(drawnLetters(sizes, random), found, numbers);
    const pair = pairOf(block, { found, numbers, letters, perGroup }, seed);
    if (pair === null) return seen;
    const { C, H, W } = numbers;
    const input = Float32Array.from(
      { length: C * H * W },
      () => Math.round(random.between(-4, 4) * 8) / 8,
    );
    seen.push(await tried(pair, input, kernels));
  }
  return seen;
}

export async function auditParallel(
  block: Block,
  found: Parallel,
  title: string,
  tools: AuditTools,
): Promise<ParallelAudit> {
  const entry = theoremOf(found, title);
  const { findings } = await examine([...catalogue, entry], [entry], tools.decider);
  const [{ judgement, asked }] = findings;
  if (judgement.kind === 'proved') {
    const seen = await trials(block, found, tools);
    return { status: 'proved', reason: '', entry, asked, trials: seen };
  }
  const status = judgement.kind === 'refuted' ? 'refuted' : 'undecided';
  const reason = judgement.kind === 'undecided' ? judgement.reason : '';
  return { status, reason, entry, asked, trials: [] };
}
