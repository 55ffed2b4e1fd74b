/** What pruned networks cost, counted, each proved equal to its masked one. */
import { statistics } from '../../src/model/statistics.ts';
import { maskings } from '../../src/prune/mask.ts';
import { prune, type Pruning } from '../../src/prune/prune.ts';
import type { Obstacle } from '../../src/prune/removal.ts';
import { ulps } from '../../src/report/number.ts';
import { verify } from '../../src/verify.ts';
import { must } from '../demo/case.ts';
import { networksOf } from './networks.ts';
import { pruned } from './plans.ts';
import { placesOf, type Cost, type Slimming, type Subject } from './record.ts';

/** The share that slimming is asked for. */
export const slimShare = 0.4;

/** Throws where there is no proof: the numbers would be those of another network. */
async function proofOf({ masked, small }: Pruning): Promise<string> {
  const verdict = await verify(masked, small);
  if (verdict.verdict !== 'proved') throw new Error(`the small network is ${verdict.verdict}`);
  return verdict.grade === 'exact' ? 'exact' : `rounded, ${ulps(verdict.maxUlps)} ulps`;
}

/** Channels that were to go and stay, for obstacles of these kinds. */
function stayed({ kept }: Pruning, ...kinds: readonly Obstacle['kind'][]): number {
  const found = kept.filter(({ obstacle }) => kinds.length === 0 || kinds.includes(obstacle.kind));
  return found.reduce((sum, { channels }) => sum + channels.length, 0);
}

function asked(pruning: Pruning): number {
  const widths = new Map(
    pruning.masked.layers.map((layer) => [
      layer.name,
      pruning.masked.tensors[layer.output].shape.channels,
    ]),
  );
  const masked = Array.from(pruning.plan.keep, ([name, kept]) => {
    return (widths.get(name) ?? 0) - kept.length;
  });
  return masked.reduce((sum, n) => sum + n, 0) + stayed(pruning);
}

/** `isProved`: whether to prove what is counted; without, no cost carries a proof. */
export async function costsOf(subject: Subject, isProved: boolean): Promise<readonly Cost[]> {
  const networks = await networksOf(subject);
  const costs: Cost[] = [];
  for (const place of placesOf(subject)) {
    const pruning = pruned(networks, place.way, place.share);
    const { parameters, macs, peakActivationBytes } = statistics(pruning.small);
    const proof = isProved && place.share < 1 ? await proofOf(pruning) : null;
    const tied = stayed(pruning, 'varies');
    const counts = { parameters, macs, peakActivationBytes, asked: asked(pruning), tied, proof };
    costs.push({ ...place, ...counts });
  }
  return costs;
}

export async function slimmingsOf(
  subject: Subject,
  isProved: boolean,
): Promise<readonly Slimming[]> {
  const { residual, plain } = await networksOf(subject);
  const slimmings: Slimming[] = [];
  for (const shortcuts of [true, false]) {
    const model = shortcuts ? residual : plain;
    for (const masked of maskings) {
      const pruning = must(subject, prune(model, { slim: slimShare, masked }));
      slimmings.push({
        ...{ subject, shortcuts, masked, asked: asked(pruning) },
        atBorder: stayed(pruning, 'border'),
        tied: stayed(pruning, 'varies'),
        parametersBefore: statistics(model).parameters,
        parametersAfter: statistics(pruning.small).parameters,
        proof: isProved ? await proofOf(pruning) : null,
      });
    }
  }
  return slimmings;
}
