/** What a verdict says, in which arithmetic, and what was proved, assumed, or only tried. */
import type { Proved } from '../../verdict/verdict.ts';
import { ulps } from '../number.ts';
import type { VerdictRecord } from '../record.ts';
import { markup, nothing, type Markup } from './markup.ts';

function list(items: readonly (Markup | string)[]): Markup {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

function certified(checked: Proved['certified']): readonly string[] {
  if (checked === undefined) return [];
  return [
    `Checked: the certificate of the proof was accepted by a second program that read the files anew and knows nothing of the prover, with every coefficient within ${ulps(checked.maxUlps)} units in the last place.`,
  ];
}

function proved({ verdict }: VerdictRecord): readonly (Markup | string)[] {
  switch (verdict.verdict) {
    case 'proved':
      return [
        'Over the real numbers, not over float32 bits: each output channel of both models, brought to one normal form, has the same coefficients.',
        verdict.grade === 'exact'
          ? 'Exact: the coefficients are the same real numbers.'
          : 'Rounded: there are two models that compute one function, and their coefficients are those of the files but for the rounding stated. That is a bound on coefficients; it says nothing of how far float32 outputs are apart.',
        ...certified(verdict.certified),
        ...(verdict.facts ?? []).map((fact) => markup`By the solver on the way: ${fact}`),
        'Every step is an instance of a theorem below, proved by z3 for all weights, channel counts and image sizes. That the code applies the theorems it cites is not proved.',
      ];
    case 'refuted':
      return [
        'Evaluated in float64 by a plain reference evaluator, the outputs differ on the input shown by more than the bound stated.',
        'Rounding the parameters of either model does not explain it; that is measured, not derived.',
      ];
    case 'undecided':
      return ['Nothing. What is undecided never counts as passed.'];
  }
}

function tried({ verdict, kernels }: VerdictRecord): readonly string[] {
  const ran = kernels.map(
    ({ kernel }) =>
      `On ${kernel} each layer ran on one input and was held to a bound on float32 rounding in any order of summation; other inputs were not tried. The bound is derived but for layers built on eˣ, tanh or erf, of which it takes for granted that they are off by a few roundings.`,
  );
  const replays =
    verdict.verdict === 'refuted'
      ? verdict.counterexample.replays.map(
          ({ kernel }) => `The counterexample was replayed on ${kernel}.`,
        )
      : [];
  const none = 'No kernel ran: the verdict is about the models, not about a runtime.';
  return [...(ran.length + replays.length === 0 ? [none] : []), ...ran, ...replays];
}

export function trustSection(record: VerdictRecord): Markup {
  const { assumptions } = record.verdict;
  const own = assumptions.length === 0 ? nothing : list(assumptions);
  return markup`<section id="trust" aria-labelledby="h-trust"><h2 id="h-trust">What this rests on</h2><div class="cards"><div class="card"><h3>What is proved</h3>${list(proved(record))}</div><div class="card"><h3>What is assumed</h3>${own}${list(['Both files mean what their readers make of them; readers and the meaning of layers are tested against tfjs and onnxruntime, not proved.', 'Batch norms are in inference mode with the ε each layer states, dropout is the identity, and no layer mixes the images of a batch.', 'JavaScript’s doubles are IEEE 754, and z3’s “unsat” is believed; every theorem’s obligations can be put to another solver.', 'The files are those whose digests stand above.'])}</div><div class="card"><h3>What was only tried</h3>${list(tried(record))}</div></div></section>`;
}
