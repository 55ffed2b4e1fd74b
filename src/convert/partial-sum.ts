/**
 * Sums of which only some terms are one convolution together: those are merged, and the others added to it.
 *
 * A sum is taken apart through additions and subtractions that exist for nothing else, whatever their order; terms
 * that lie apart in the file may so meet. A residual block with several linear shortcuts is left with one.
 */
import type { TensorId } from '../model/layer.ts';
import { sameShape } from '../model/shape.ts';
import { linearRun, type Branches } from './branches.ts';
import type { Draft, DraftLayer } from './draft.ts';
import { planMerge, type LinearSum, type Merged, type Term } from './merge-plan.ts';

type Places = ReadonlyMap<DraftLayer, number>;
type Sum = Extract<DraftLayer, { kind: 'add' | 'subtract' | 'multiply' }>;

export interface PartialMerge {
  readonly old: readonly DraftLayer[];
  readonly fresh: readonly DraftLayer[];
  readonly merged: Merged;
}

function isSum(layer: DraftLayer | null): layer is Sum {
  return layer?.kind === 'add' || layer?.kind === 'subtract';
}

interface Tree {
  readonly sums: readonly Sum[];
  readonly terms: readonly Term[];
}

/** Additions of one sum beyond which it is left as it is: each is looked at from all that add to it. */
const mostSums = 32;

/** The terms of a sum; null where operands are broadcast, or there are too many. */
function treeOf(draft: Draft, root: Sum): Tree | null {
  const sums: Sum[] = [];
  const terms: Term[] = [];
  const visit = (sum: Sum, sign: 1 | -1): boolean => {
    const [a, b] = sum.inputs;
    if (!sameShape(draft.shape(a), draft.shape(b))) return false;
    if (sums.push(sum) > mostSums) return false;
    const second = sum.kind === 'subtract' ? (sign === 1 ? -1 : 1) : sign;
    return [[a, sign] as const, [b, second] as const].every(([tensor, signed]) => {
      const inner = draft.soleReader(tensor) === sum ? draft.producer(tensor) : null;
      if (isSum(inner) && a !== b) return visit(inner, signed);
      terms.push({ tensor, sign: signed });
      return true;
    });
  };
  return visit(root, 1) ? { sums, terms } : null;
}

interface Candidate {
  readonly source: TensorId;
  readonly members: readonly { readonly term: Term; readonly layers: Branches['layers'] }[];
}

/** For each tensor that several terms are linear maps of, those terms; the most first, then the nearest. */
function candidatesOf(draft: Draft, { sums, terms }: Tree, places: Places): readonly Candidate[] {
  const found = new Map<TensorId, Candidate['members'][number][]>();
  const taken = new Set(sums);
  for (const term of terms) {
    for (const { source, layers } of linearRun(draft, term.tensor, { taken, places })) {
      const members = found.get(source) ?? [];
      members.push({ term, layers });
      found.set(source, members);
    }
  }
  const candidates = [...found].flatMap(([source, members]) =>
    members.length > 1 ? [{ source, members }] : [],
  );
  const place = ({ source }: Candidate): number => {
    const producer = draft.producer(source);
    return producer === null ? -1 : (places.get(producer) ?? -1);
  };
  return candidates.sort((a, b) => b.members.length - a.members.length || place(b) - place(a));
}

/** Those of a candidate's members that are a convolution, as one sum. */
function sumOf(
  draft: Draft,
  { source, members }: Candidate,
  { name, output }: { readonly name: string; readonly output: TensorId },
  places: Places,
): LinearSum | null {
  const of = (chosen: Candidate['members']): LinearSum => ({
    ...{ source, name, output },
    layers: chosen
      .flatMap(({ layers }) => layers)
      .sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)),
    terms: chosen.map(({ term }) => term),
  });
  const able = members.filter(
    (member) => member.layers.length === 0 || planMerge(draft, of([member])).ok,
  );
  const whole = of(able);
  const isWorth = whole.layers.some(({ kind }) => kind === 'conv' || kind === 'averagePool');
  return able.length > 1 && isWorth ? whole : null;
}

/** The sum of the merged tensor and the other terms, in the order they had. */
function rest(
  draft: Draft,
  root: Sum,
  { sums, terms }: Tree,
  merged: { readonly tensor: TensorId; readonly terms: readonly Term[] },
): readonly DraftLayer[] {
  const others = terms.filter((term) => !merged.terms.includes(term));
  // Inner sums first, as in the file; there are fewer than before.
  const names = sums.map(({ name }) => name).reverse();
  let tensor = merged.tensor;
  return others.map((term, k): Sum => {
    const isLast = k === others.length - 1;
    const name = isLast ? root.name : names[k];
    const output = isLast ? root.output : draft.tensor(name, draft.shape(root.output));
    const inputs = [tensor, term.tensor];
    tensor = output;
    return { kind: term.sign === 1 ? 'add' : 'subtract', name, inputs, output };
  });
}

/** Merges some terms of a sum that does not go as a whole; null where there are none. */
export function mergeTerms(draft: Draft, root: DraftLayer, places: Places): PartialMerge | null {
  if (!isSum(root)) return null;
  const tree = treeOf(draft, root);
  if (tree === null || tree.terms.length < 3) return null;
  for (const candidate of candidatesOf(draft, tree, places)) {
    const name = root.name;
    const sum = sumOf(draft, candidate, { name, output: root.output }, places);
    if (sum === null || sum.terms.length === tree.terms.length) continue;
    const output = draft.tensor(`${name}.merged`, draft.shape(root.output));
    const plan = planMerge(draft, { ...sum, output });
    if (!plan.ok) continue;
    const added = rest(draft, root, tree, { tensor: output, terms: sum.terms });
    const inner = [...tree.sums].reverse();
    const old = [...sum.layers, ...inner];
    return { old, fresh: [...plan.convs, ...added], merged: plan.merged };
  }
  return null;
}
