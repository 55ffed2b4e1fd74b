/** The theorem of branches that add up to one convolution, and what its integers are in a block. */
import type { Term } from '../logic/term.ts';
import { integer } from '../theorems/blocks/frame.ts';
import { parallel } from '../theorems/blocks/parallel.ts';
import { passingBlock } from '../theorems/blocks/rm-rep-vgg.ts';
import type { Entry } from '../theorems/entry.ts';
import type { Operand } from './addition.ts';
import { kernelOf } from './form.ts';
import type { Parallel } from './parallel.ts';
import { isConv } from './side.ts';
import { unit, valueOf, type Numbers } from './size.ts';

export function theoremOf(found: Parallel, name: string): Entry {
  const { branches, original, bias, strided, sizes, forms } = found;
  const source = 'derived from the block';
  if (found.passing !== null) {
    const says = 'What passes and what the branches make of all channels are one convolution.';
    const end = (t: Term): Term => t;
    return passingBlock({ name, says, source, branches, original, bias, end, sizes });
  }
  const o = integer('o');
  return parallel({
    name,
    says: 'The branches add up to one convolution.',
    source,
    branches,
    original: (values) => original(values, o),
    bias: bias(o),
    strided,
    sizes,
    ...(forms.every((form) => form === 'single') ? {} : { grouped: false }),
  });
}

/** Rows and columns of an operand's kernel. */
export function tapsOf(operand: Operand, numbers: Numbers): readonly [number, number] {
  const { rows, columns } = kernelOf(operand) ?? { rows: unit, columns: unit };
  return [valueOf(rows, numbers), valueOf(columns, numbers)];
}

/** What the theorem's integers are for a block of these sizes. */
export function theoremSizes(
  found: Parallel,
  numbers: Numbers,
  perGroup: number,
): Record<string, number> {
  const sizes: Record<string, number> = { C: perGroup };
  const place = (names: readonly [string, string], taps: number): void => {
    sizes[names[0]] = taps;
    sizes[names[1]] = Math.floor((taps - 1) / 2);
  };
  const [rows, columns] = found.kernel.map((size) => valueOf(size, numbers));
  place(['kh', 'ci'], rows);
  place(['kw', 'cj'], columns);
  if (found.passing !== null) sizes['R'] = valueOf(found.passing, numbers);
  found.operands.forEach((operand, k) => {
    const { side, repeat } = operand;
    const conv = side.nodes.find(isConv);
    const [tall, wide] = tapsOf(operand, numbers);
    place([`eh${k}`, `ei${k}`], tall);
    place([`ew${k}`, `ej${k}`], wide);
    const spacing = (kernelOf(operand)?.dilation ?? found.dilation) / found.dilation;
    Object.assign(sizes, { [`fy${k}`]: spacing, [`fx${k}`]: spacing });
    sizes[`M${k}`] = conv === undefined ? 1 : valueOf(conv.channels, numbers);
    if (repeat?.operation.kind === 'repeat') {
      sizes[`n${k}`] = valueOf(repeat.operation.count, numbers);
    }
  });
  return sizes;
}
