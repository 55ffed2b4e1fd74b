/** What is lost on the way into a file: digits. */
import { differs, layerFault, once, type Fault } from './fault.ts';

/** The nearest number with this many bits of significand, zeros and subnormal halves left aside. */
function shortened(x: number, bits: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - bits + 1);
  return Math.round(x / unit) * unit;
}

function digitsLost(name: string, source: string, bits: number): Fault {
  const short = (values: Float32Array): Float32Array => values.map((x) => shortened(x, bits));
  return layerFault({
    name,
    source,
    kinds: ['conv', 'dense'],
    entries: ({ weight }) => once(differs(weight, short(weight))),
    change: (layer) => ({ ...layer, weight: short(layer.weight) }),
  });
}

export const exportFaults: readonly Fault[] = [
  digitsLost('half-precision', 'weights exported with 11 bits', 11),
  digitsLost('quarter-precision', 'weights exported with 8 bits, as bfloat16', 8),
  digitsLost('five-decimal-digits', 'weights written as text with 5 digits: 17 bits', 17),
];
