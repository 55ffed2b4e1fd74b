/** What the layers of both models mean: one formula a kind, the very ones the theorems are about. */
import type { Formula } from '../../formula/language.ts';
import { mathml } from '../../formula/mathml.ts';
import * as pointwise from '../../formula/pointwise.ts';
import * as positional from '../../formula/positional.ts';
import type { NetworkNode } from '../network.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { math } from './math.ts';
import type { Subject } from './subject.ts';

type Kind = NetworkNode['kind'];

/** Opaque functions are left out: nothing is known of them but that equal arguments give equal results. */
const formulas: Readonly<Record<Kind, readonly [name: string, Formula] | null>> = {
  input: null,
  conv: ['convolution', positional.biasedConvolution],
  dense: ['dense layer', positional.biasedDense],
  batchNorm: ['batch norm', pointwise.batchNorm],
  scale: ['scaling', pointwise.multiplied],
  translate: ['translation', pointwise.translated],
  add: ['addition', positional.sum],
  subtract: ['subtraction', positional.difference],
  multiply: ['product', positional.product],
  concat: ['concatenation', positional.concat],
  select: ['selection', positional.select],
  pad: ['padding', positional.pad],
  relu: ['ReLU', pointwise.relu],
  clip: ['clip', pointwise.clip],
  leakyRelu: ['leaky ReLU', pointwise.leakyRelu],
  prelu: ['PReLU', pointwise.prelu],
  maxPool: ['max pooling', positional.maxPool],
  averagePool: ['average pooling, padding counted', positional.averagePool],
  globalAveragePool: ['global average pooling', positional.globalAveragePool],
  flatten: ['flattening, channel by channel', positional.flattenRowMajor],
  opaque: null,
};

export function glossarySection({ original, converted }: Subject): Markup {
  const kinds = new Set([...original.nodes, ...converted.nodes].map(({ kind }) => kind));
  const entries = [...kinds].flatMap((kind) => {
    const known = formulas[kind];
    if (known === null) return [];
    const [name, formula] = known;
    return [
      markup`<dt>${name}</dt><dd><div class="scroll" tabindex="0" role="group" aria-label="${name}">${math(mathml(formula))}</div></dd>`,
    ];
  });
  if (entries.length === 0) return nothing;
  return markup`<section id="meaning" aria-labelledby="h-meaning"><h2 id="h-meaning">What the layers mean</h2><details><summary>The formulas the theorems speak of</summary><p>The value at channel <i>o</i>, row <i>p</i> and column <i>q</i>; <i>x</i> is the input, zero outside its domain, <i>t</i> its value at the same place; <i>k</i>, <i>s</i>, <i>d</i> and <i>p</i> with an axis are size, stride, dilation and padding of a window.</p><dl class="formulas">${entries}</dl></details></section>`;
}
