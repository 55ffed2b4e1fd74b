/**
 * How long networks take beside the ResNet of the same depth and form, all of them in turns in one run.
 *
 * One forward pass, batch norms with stored statistics: the kernels here do not train. Only ratios are kept.
 */
import { quantileSorted } from 'd3-array';
import { Random } from '../../src/blocks/random.ts';
import { measureInTurns } from '../../src/kernels/latency.ts';
import type { Kernel } from '../../src/kernels/kernel.ts';
import type { Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { pairsOf } from './networks.ts';
import { forms, type Depth, type Latency } from './record.ts';

const rounds = 21;

/** Seconds a kernel and depth may take; a slow machine gets fewer rounds. */
const budget = 60;

interface Entry extends Pick<Latency, 'network' | 'form'> {
  readonly model: Model;
}

/** A model that two networks share runs once. */
function entriesOf(depth: Depth): readonly Entry[] {
  const all = pairsOf(depth).flatMap((pair) =>
    forms.map((form): Entry => ({ network: pair.name, form, model: pair[form] })),
  );
  return all.filter(({ model }, k) => all.findIndex((entry) => entry.model === model) === k);
}

function image(model: Model): Float32Array {
  const random = new Random(1);
  const { shape } = model.tensors[model.inputs[0].tensor];
  return Float32Array.from({ length: elements(shape) }, () => random.between(-1, 1));
}

export async function latenciesOf(depth: Depth, kernel: Kernel): Promise<readonly Latency[]> {
  const entries = entriesOf(depth);
  const seconds = await measureInTurns({
    kernel,
    models: entries.map(({ model }) => model),
    inputs: [image(entries[0].model)],
    budget,
    rounds,
  });
  if (!seconds.ok) throw new Error(`${kernel.name}: ${seconds.failure.reason}`);
  return entries.flatMap(({ network, form }, k): readonly Latency[] => {
    if (network === 'ResNet') return [];
    const base = entries.findIndex((entry) => entry.network === 'ResNet' && entry.form === form);
    const ratios = seconds.value[k].map((own, round) => own / seconds.value[base][round]);
    ratios.sort((a, b) => a - b);
    const at = (p: number): number => Number((quantileSorted(ratios, p) ?? NaN).toFixed(4));
    const quartiles = { lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75) };
    return [{ depth, network, form, kernel: kernel.name, rounds: ratios.length, ...quartiles }];
  });
}
