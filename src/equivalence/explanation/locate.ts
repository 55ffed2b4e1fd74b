/**
 * The layer to blame: where in a run of affine layers two channels that ought to be the same part.
 *
 * Values are known behind nonlinearities; between two of those a batch norm, a sum, a reserved channel may
 * be what is wrong. Both models are walked upstream, and channels named there that no proof needed.
 */
import { isAffine } from '../../model/layer.ts';
import { constantsAgree, scalesAgree } from '../atoms.ts';
import { borderDifference } from './border.ts';
import { scaledForm, type Models, type Spots } from './context.ts';
import type { Spot, View } from './view.ts';
import { sameShape } from '../../model/shape.ts';

/** Whether two channels are the same function, as far as the numbering knows. */
export function agree(models: Models, { ours, theirs }: Spots): boolean {
  const p = models.ours.point(ours);
  const q = models.theirs.point(theirs);
  const a = models.ours.term(ours);
  const b = models.theirs.term(theirs);
  if (a?.value !== b?.value) return false;
  const steps = [constantsAgree(p.constant, q.constant)];
  if (a !== null && b !== null) steps.push(scalesAgree(a.scale, b.scale));
  return steps.every(({ ulps }) => ulps <= models.maxUlps);
}

/** Whether two channels have the same form, though perhaps not by the same name. */
function agreeInForm(models: Models, spots: Spots): boolean {
  if (agree(models, spots)) return true;
  const a = models.ours.term(spots.ours);
  const b = models.theirs.term(spots.theirs);
  if (a === null || b === null || a.value === b.value) return false;
  const domain = models.ours.domain(spots.ours);
  if (!sameShape(domain, models.theirs.domain(spots.theirs))) return false;
  const { constant } = models.ours.point(spots.ours);
  const { ulps } = constantsAgree(constant, models.theirs.point(spots.theirs).constant);
  if (!(ulps <= models.maxUlps)) return false;
  const pair = { form: scaledForm(models, a), target: scaledForm(models, b), domain };
  const survey = models.surveyor.survey(pair, () => true);
  const { scale, differences } = survey;
  return scale === 1 && differences.length === 0 && borderDifference(survey, domain) === null;
}

function isAffineAt(view: View, spot: Spot): boolean {
  const { layer } = view.step(spot);
  return layer !== null && isAffine(layer);
}

/** The channels from this one upstream, by itself through affine layers: to the convolution and no further. */
export function chain(view: View, spot: Spot): readonly Spot[] {
  const found: Spot[] = [];
  const waiting = [spot];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, channel } = next;
    if (!isAffineAt(view, next) || found.some((s) => s.at === at && s.channel === channel))
      continue;
    found.push(next);
    waiting.push(...(view.parents(next) ?? []));
  }
  return found;
}

/** The channels that feed the run of affine layers a channel stands in. */
export function feeders(view: View, spot: Spot): readonly Spot[] {
  const run = chain(view, spot);
  const inside = (s: Spot): boolean => run.some((r) => r.at === s.at && r.channel === s.channel);
  return run.flatMap((s) => view.sources(s)).filter((s) => !inside(s));
}

function distance(models: Models, { ours, theirs }: Spots): number {
  const a = models.ours.term(ours);
  const b = models.theirs.term(theirs);
  if (a === null || b === null) return a === b ? 0 : 2;
  if (a.value === b.value) {
    return (
      Math.abs(a.scale.mid - b.scale.mid) / Math.max(Math.abs(a.scale.mid), Math.abs(b.scale.mid))
    );
  }
  const domain = models.ours.domain(ours);
  if (!sameShape(domain, models.theirs.domain(theirs))) return 2;
  const [form, target] = [a, b].map((term) => scaledForm(models, term));
  return models.surveyor.distance({ form, target, domain });
}

/** The pair furthest upstream, through affine layers that keep channels apart, that still differs. */
export function furthestUpstream(models: Models, spots: Spots): Spots {
  const theirs = chain(models.theirs, spots.theirs);
  const ours = chain(models.ours, spots.ours);
  // The original first: what the converted model has too is then recognised.
  for (const spot of theirs) models.theirs.term(spot);
  const matched = new Set<Spot>();
  const differing = ours.filter((spot) => {
    const partner = [...theirs, spots.theirs].find((other) =>
      agreeInForm(models, { ours: spot, theirs: other }),
    );
    if (partner !== undefined) matched.add(partner);
    return partner === undefined;
  });
  const culprit = differing.reduce((a, b) => (b.at < a.at ? b : a), spots.ours);
  if (culprit === spots.ours) return spots;
  let best = spots.theirs;
  let least = Infinity;
  for (const spot of theirs) {
    if (matched.has(spot)) continue;
    const apart = distance(models, { ours: culprit, theirs: spot });
    if (apart >= least) continue;
    least = apart;
    best = spot;
  }
  return { ours: culprit, theirs: best };
}
