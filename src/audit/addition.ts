/**
 * Where a block's paths meet: each addition with the tensor all its operands come from and the path of each.
 *
 * Additions of additions, and channel-wise affine layers between them, are one: `x + s·(f − g)` has three
 * operands. But for a sum that starts from another tensor than the one around it, or that is linear beside something
 * that is not: it is an addition of its own. Found by walking the graph; no block is known by its shape.
 */
import { readersOf, type Block, type Node } from './graph.ts';
import { isAffine, sideOf, type Side } from './side.ts';
import { sameSize, type Size } from './size.ts';

export interface Operand {
  /** What is added; its path is `side`. */
  readonly node: Node;
  /** How many copies of it are added, each with its own parameters; null for itself alone. */
  readonly repeat: Node | null;
  readonly side: Side;
  /** Whether it is subtracted, or goes through further affine layers within the sum. */
  readonly isAltered: boolean;
}

/** How the operands make up the sum; the number of an operand is its place among them. */
export type Sum =
  | { readonly kind: 'operand'; readonly operand: number }
  | { readonly kind: 'affine'; readonly node: Node; readonly of: Sum }
  | { readonly kind: 'add' | 'subtract'; readonly left: Sum; readonly right: Sum };

/** The first channels of the fork, concatenated in front of the sum; the sum reads the others as its identity. */
export interface Passing {
  readonly count: Size;
  readonly concat: Node;
}

export interface Addition {
  /** Its last node: what the operands add up to. */
  readonly root: Node;
  /** Channel-wise layers behind it, up to the next that has several readers or is something else. */
  readonly tail: readonly Node[];
  readonly sum: Sum;
  readonly meeting: Meeting;
  readonly passing: Passing | null;
}

export type Meeting =
  | { readonly kind: 'common'; readonly fork: Node; readonly operands: readonly Operand[] }
  /** Some operand is made of more than one tensor on the way. */
  | { readonly kind: 'apart'; readonly at: Node };

function isSum({ operation: { kind } }: Node): boolean {
  return kind === 'add' || kind === 'subtract';
}

/** The sums that no other sum takes in. */
function rootsOf(block: Block): readonly Node[] {
  const readers = readersOf(block.nodes);
  const isInner = (node: Node): boolean => {
    if (node === block.output) return false;
    const [reader, ...others] = readers.get(node.id) ?? [];
    if (reader === undefined || others.length > 0) return false;
    return isSum(reader) || (isAffine(reader) && isInner(reader));
  };
  return block.nodes.filter((node) => isSum(node) && !isInner(node));
}

/**
 * What is added up, from the sum back; affine layers around sums are passed through. `ends` are sums that count
 * as one tensor.
 */
function sumOf(
  root: Node,
  ends: readonly Node[],
): { readonly sum: Sum; readonly summands: readonly Summand[] } {
  const summands: Summand[] = [];
  const within = (node: Node, isAltered: boolean): Sum => {
    const inner = innermost(node);
    const isOpen = isSum(inner) && (inner === root || !ends.includes(inner));
    if (!isOpen) {
      summands.push({ node, isAltered });
      return { kind: 'operand', operand: summands.length - 1 };
    }
    if (inner !== node) return { kind: 'affine', node, of: within(node.inputs[0], true) };
    const isNegative = node.operation.kind === 'subtract';
    const [first, second] = node.inputs;
    const left = within(first, isAltered);
    const right = within(second, isAltered || isNegative);
    return { kind: isNegative ? 'subtract' : 'add', left, right };
  };
  return { sum: within(root, false), summands };
}

type Summand = Pick<Operand, 'node' | 'isAltered'>;

/** Behind the affine layers. */
function innermost(node: Node): Node {
  return isAffine(node) ? innermost(node.inputs[0]) : node;
}

/** The node and what it is made of, as long as that is one tensor. */
function chainOf(node: Node): readonly Node[] {
  const chain = [node];
  for (let at = node; at.inputs.length === 1; chain.push(at)) [at] = at.inputs;
  return chain;
}

function tailOf(block: Block, root: Node): readonly Node[] {
  const readers = readersOf(block.nodes);
  const tail: Node[] = [];
  for (let at = root; at !== block.output; tail.push(at)) {
    const next: readonly Node[] = readers.get(at.id) ?? [];
    if (next.length !== 1) return tail;
    const [reader] = next;
    if (!isAffine(reader) && reader.operation.kind !== 'activation') return tail;
    at = reader;
  }
  return tail;
}

/** The operands' common start and their paths from there. */
function meetingOf(summands: readonly Summand[]): Meeting {
  const nodes = summands.map(({ node }) => node);
  const copied = nodes.map((node) => (node.operation.kind === 'repeat' ? node.inputs[0] : node));
  const chains = copied.map(chainOf);
  const fork = chains[0].find((node) => chains.every((chain) => chain.includes(node)));
  if (fork === undefined) {
    const ends = chains.map((chain) => chain[chain.length - 1]);
    // The first that is made of several; all of them start somewhere else than at the input.
    return { kind: 'apart', at: ends.find(({ inputs }) => inputs.length > 1) ?? ends[0] };
  }
  const operands = chains.map((chain, k): Operand => {
    const path = chain.slice(0, chain.indexOf(fork)).reverse();
    const repeat = copied[k] === nodes[k] ? null : nodes[k];
    const { isAltered } = summands[k];
    return { node: copied[k], repeat, side: sideOf(path), isAltered };
  });
  return { kind: 'common', fork, operands };
}

/** The sums within `root` up to the next of `ends`. */
function innerSums(root: Node, ends: readonly Node[]): readonly Node[] {
  return root.inputs.flatMap((input) => {
    const inner = innermost(input);
    return isSum(inner) && !ends.includes(inner) ? [inner, ...innerSums(inner, ends)] : [];
  });
}

function bends({ side }: Operand): boolean {
  return side.steps.some(({ bend }) => bend !== null);
}

/** Whether what is added up in `inner` is more to itself than to the sum around it. */
function isOfItsOwn(inner: Node, root: Node, ends: readonly Node[]): boolean {
  const [own, outer] = [inner, root].map((node) => meetingOf(sumOf(node, ends).summands));
  if (own.kind === 'apart') return false;
  if (outer.kind === 'apart' || own.fork !== outer.fork) return true;
  return !own.operands.some(bends) && outer.operands.some(bends);
}

/** The sums that count as one tensor for those around them. */
function splitRoots(block: Block): readonly Node[] {
  let roots = rootsOf(block);
  for (;;) {
    const own = roots.flatMap((root) =>
      innerSums(root, roots).filter((inner) => isOfItsOwn(inner, root, roots)),
    );
    if (own.length === 0) return roots;
    const [first] = own;
    roots = block.nodes.filter((node) => node === first || roots.includes(node));
  }
}

export function additionsOf(block: Block): readonly Addition[] {
  const roots = splitRoots(block);
  return roots.map((root) => {
    const { sum, summands } = sumOf(root, roots);
    const meeting = meetingOf(summands);
    const passing = passingOf(block, root, meeting);
    const of = { root, sum, passing };
    if (passing === null || meeting.kind === 'apart') {
      return { ...of, meeting, tail: tailOf(block, root), passing: null };
    }
    const operands = meeting.operands.map((operand) => beyondPart(operand, passing));
    return { ...of, meeting: { ...meeting, operands }, tail: tailOf(block, passing.concat) };
  });
}

/** Where the sum is concatenated behind the first channels of the very tensor it starts from. */
function passingOf(block: Block, root: Node, meeting: Meeting): Passing | null {
  const [concat, ...others] = readersOf(block.nodes).get(root.id) ?? [];
  if (meeting.kind === 'apart' || concat?.operation.kind !== 'concat' || others.length > 0) {
    return null;
  }
  const [first, second, ...more] = concat.inputs;
  const isFront = first.operation.kind === 'part' && first.operation.from.length === 0;
  const fits = more.length === 0 && second === root && first.inputs[0] === meeting.fork;
  return isFront && fits ? { concat, count: first.channels } : null;
}

/** The operand without the selection of the channels that do not pass. */
function beyondPart(operand: Operand, { count }: Passing): Operand {
  const [first, ...others] = operand.side.nodes;
  if (first?.operation.kind !== 'part' || !sameSize(first.operation.from, count)) return operand;
  const isIdentity = others.every(isAffine);
  return isIdentity ? { ...operand, side: sideOf(others) } : operand;
}
