/** What values a claimed channel can have, and what a layer makes of them. */
import type { Layer } from '../model/layer.ts';
import { bendOf, level, straight, type Bend } from './bend.ts';
import { halfScale, type Claim } from './claim.ts';
import { anything, times, type Interval, type Ranges } from './ranges.ts';
import { Rejected, type SymbolId } from './symbols.ts';

/** Intervals that hold all of them: by a look first, for where that does not do by what takes longer. */
export function intervalsOf(claim: Claim, ranges: Ranges): readonly (() => Interval)[] {
  const { run, symbols, channels } = claim;
  const rangeBy = (of: (symbol: SymbolId, channel: number) => Interval): Interval => {
    // One symbol as it is has its own range, and a number too; what is worked out, of no more terms than a run may
    // have, is rounded.
    const isPlain = symbols.length === 1 && run.terms[0].scale === 1 && run.constant === 0;
    const isExact = isPlain || symbols.length === 0;
    const off = (x: number): number => (isExact ? 0 : 2 ** -48 * Math.abs(x));
    let [low, high] = [run.constant - off(run.constant), run.constant + off(run.constant)];
    for (const [k, symbol] of symbols.entries()) {
      const [a, b] = times(of(symbol, channels[k]), run.terms[k].scale);
      [low, high] = [low + a - off(a), high + b + off(b)];
    }
    return [low, high];
  };
  return [
    // relu(−t) as relu(t) − t.
    () => (halfScale(claim) === null ? anything : [0, Infinity]),
    () => rangeBy((symbol) => ranges.quick(symbol)),
    () => rangeBy((symbol, channel) => ranges.thorough(symbol, channel)),
  ];
}

/** The number that the layer makes of what its argument is claimed to be. */
export function levelOf(claim: Claim, layer: Layer, ranges: Ranges): Claim {
  // What is pooled has other pixels than the pool: a term would be read at the wrong ones.
  const isPooled = layer.kind === 'maxPool' && claim.symbols.length === 0;
  const bend = isPooled ? straight : bendOf(layer, claim.channel);
  for (const range of bend === null ? [] : intervalsOf(claim, ranges)) {
    const constant = bend === null ? null : level(bend, range());
    if (constant === null) continue;
    return { ...claim, run: { ...claim.run, terms: [], constant }, symbols: [], channels: [] };
  }
  throw new Rejected(`${layer.name} is not flat at channel ${claim.channel}`, [claim.channel]);
}

/** Whether the layer is ReLU on factor · the channel whose half is claimed: a bound that is not reached is none. */
export function isReluOf(claim: Claim, factor: number, bend: Bend | null, ranges: Ranges): boolean {
  if (bend?.kind !== 'clip' || bend.lower !== 0) return false;
  if (bend.upper === Infinity) return true;
  const [half] = claim.symbols;
  const terms = [{ ...claim.run.terms[0], half: false, scale: factor }];
  const argument = { ...claim, run: { ...claim.run, terms }, symbols: [half - 1] };
  return intervalsOf(argument, ranges).some((range) => range()[1] <= bend.upper);
}
