/**
 * What a converter may do to whole layers without changing the function: fold batch norms, move biases into
 * means, fuse convolutions, write out groups, enlarge kernels.
 */
import { biasOf, centred, compose, fold, ungrouped } from '../../src/networks/filter.ts';
import { eachUnit, type Chain, type Link } from './chain.ts';
import type { Unit } from '../../src/networks/unit.ts';

function folded(unit: Unit): Unit {
  return unit.norm === null ? unit : { ...unit, filter: fold(unit.filter, unit.norm), norm: null };
}

export function foldNorms(chain: Chain): Chain {
  return eachUnit(chain, folded);
}

/** A bias in front of a batch norm is subtracted from its mean. */
export function moveBiases(chain: Chain): Chain {
  return eachUnit(chain, (unit) => {
    const { filter, norm } = unit;
    if (norm === null || filter.bias === null) return unit;
    const mean = norm.mean.map((m, o) => m - biasOf(filter, o));
    return { ...unit, filter: { ...filter, bias: null }, norm: { ...norm, mean } };
  });
}

export function writeOutGroups(chain: Chain): Chain {
  return eachUnit(chain, (unit) => ({ ...unit, filter: ungrouped(unit.filter) }));
}

/** Same size and stride: the larger kernel is padded more, and its outer taps are zero. */
export function enlargeKernels(chain: Chain): Chain {
  return eachUnit(chain, (unit) => {
    const { filter, before } = unit;
    if (before === 'mean') return unit;
    return { ...unit, filter: centred(filter, filter.height + 2, filter.width + 2) };
  });
}

/**
 * Two neighbours as one convolution: the second reads single pixels, or the first does and adds nothing
 * that padding between the two would have to hold. The first does not bend.
 */
function fused(first: Unit, second: Unit): Unit | null {
  if (second.before !== 'nothing' || first.before === 'mean') return null;
  if (first.bends.some((bend) => bend !== 'none')) return null;
  const [a, b] = [folded(first), folded(second)];
  if (a.filter.groups !== 1 || b.filter.groups !== 1) return null;
  const pointwise = (unit: Unit): boolean => unit.filter.height === 1 && unit.filter.width === 1;
  const last = pointwise(b) && b.stride === 1;
  const early = pointwise(a) && a.stride === 1 && (pointwise(b) || a.filter.bias === null);
  if (!last && !early) return null;
  const stride = a.stride * b.stride;
  return { ...b, before: a.before, filter: compose(b.filter, a.filter), stride };
}

export function fuseNeighbours(chain: Chain): Chain {
  const links: Link[] = [];
  for (const link of chain) {
    const previous = links.at(-1);
    const one = link.kind === 'unit' && previous?.kind === 'unit' ? fused(previous, link) : null;
    if (one === null) links.push(link);
    else links.splice(-1, 1, one);
  }
  return links;
}
