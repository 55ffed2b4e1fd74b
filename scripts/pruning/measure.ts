/** How long pruned networks take beside the whole one with its shortcuts, all of them in turns in one run. */
import { quantileSorted } from 'd3-array';
import { Random } from '../../src/blocks/random.ts';
import { measureInTurns } from '../../src/kernels/latency.ts';
import type { Kernel } from '../../src/kernels/kernel.ts';
import type { Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { networksOf } from './networks.ts';
import { pruned } from './plans.ts';
import { placesOf, type Latency, type Subject } from './record.ts';

const rounds = 21;

/** Seconds a kernel and subject may take; a slow machine gets fewer rounds. */
const budget = 60;

/** An image in [0, 1]. */
function image(model: Model): Float32Array {
  const random = new Random(1);
  const { shape } = model.tensors[model.inputs[0].tensor];
  return Float32Array.from({ length: elements(shape) }, () => random.between(0, 1));
}

export async function latenciesOf(subject: Subject, kernel: Kernel): Promise<readonly Latency[]> {
  const networks = await networksOf(subject);
  const places = placesOf(subject);
  const models = places.map(({ way, share }) => pruned(networks, way, share).small);
  const seconds = await measureInTurns({
    ...{ kernel, models, inputs: [image(models[0])] },
    ...{ budget, rounds },
  });
  if (!seconds.ok) throw new Error(`${kernel.name}: ${seconds.failure.reason}`);
  // The whole network with its shortcuts is listed first.
  const [base] = seconds.value;
  return places.slice(1).map((place, k) => {
    const ratios = seconds.value[k + 1].map((own, round) => own / base[round]);
    ratios.sort((a, b) => a - b);
    const quantile = (p: number): number => Number((quantileSorted(ratios, p) ?? NaN).toFixed(4));
    return {
      ...{ ...place, kernel: kernel.name, rounds: ratios.length },
      ...{ lowerQuartile: quantile(0.25), median: quantile(0.5), upperQuartile: quantile(0.75) },
    };
  });
}
