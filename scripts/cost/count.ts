/** What networks cost, counted, each deployed one proved to compute the function of the trained one. */
import type { Model } from '../../src/model/model.ts';
import { statistics } from '../../src/model/statistics.ts';
import { ulps } from '../../src/report/number.ts';
import { verify } from '../../src/verify.ts';
import { blockActivationBytes, keptActivationBytes } from './memory.ts';
import { pairsOf } from './networks.ts';
import type { Cost, Depth, Form } from './record.ts';

type Counts = Omit<Cost, 'depth' | 'network' | 'form' | 'proof'>;

function counts(model: Model, form: Form): Counts {
  const { parameters, macs, peakActivationBytes } = statistics(model);
  return {
    parameters,
    macs,
    peakActivationBytes,
    blockActivationBytes: blockActivationBytes(model),
    keptActivationBytes: form === 'training' ? keptActivationBytes(model) : null,
  };
}

/** Throws where there is no proof: the costs of two functions are not to be compared. */
async function proofOf(training: Model, deployed: Model): Promise<string> {
  const verdict = await verify(training, deployed);
  if (verdict.verdict !== 'proved') throw new Error(`the deployed network is ${verdict.verdict}`);
  return verdict.grade === 'exact' ? 'exact' : `rounded, ${ulps(verdict.maxUlps)} ulps`;
}

/** `isProved`: whether to prove what is compared; without, no cost carries a proof. */
export async function costsOf(depth: Depth, isProved: boolean): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  for (const { name: network, training, deployed } of pairsOf(depth)) {
    const proof = isProved ? await proofOf(training, deployed) : null;
    costs.push(
      { depth, network, form: 'training', ...counts(training, 'training'), proof: null },
      { depth, network, form: 'deployed', ...counts(deployed, 'deployed'), proof },
    );
  }
  return costs;
}
