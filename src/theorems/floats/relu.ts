/**
 * ReLU and ReLU6 keep the bits of values inside their range, whichever comparison a kernel is written with.
 */
import { float, real, type FloatSort, type Term } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { ite } from '../notation.ts';
import { ofEveryFormat, type Said } from './conjunction.ts';
import { atMost, below, same, value, zeroOf } from './format.ts';

type Choice = (a: Term, b: Term) => Term;

/** The larger and the smaller of two numbers; both ways to ask, which part at zeros of either sign. */
const larger: readonly Choice[] = [
  (a, b) => ite(below(a, b), b, a),
  (a, b) => ite(below(b, a), a, b),
];
const smaller: readonly Choice[] = [
  (a, b) => ite(below(b, a), b, a),
  (a, b) => ite(below(a, b), a, b),
];

function nonNegative(format: FloatSort): Said['assumptions'][number] {
  return {
    label: 'non-negative',
    meaning: 'the value is a number and not negative',
    term: atMost(zeroOf(format), value(format, 'x')),
  };
}

function relu(format: FloatSort): Said {
  const x = value(format, 'x');
  const facts = larger.map((largest, k) => ({
    name: `way ${k + 1}`,
    term: same(largest(x, zeroOf(format)), x),
  }));
  return { typing: [], assumptions: [nonNegative(format)], facts };
}

function relu6(format: FloatSort): Said {
  const x = value(format, 'x');
  const six = float(format, real(6));
  const ways = larger.flatMap((largest) =>
    smaller.map((smallest) => smallest(largest(x, zeroOf(format)), six)),
  );
  const atMostSix = {
    label: 'at-most-six',
    meaning: 'the value is at most 6',
    term: atMost(x, six),
  };
  const facts = ways.map((way, k) => ({ name: `way ${k + 1}`, term: same(way, x) }));
  return { typing: [], assumptions: [nonNegative(format), atMostSix], facts };
}

export const reluBitExact: Entry = {
  name: 'relu-bit-exact',
  says: 'ReLU returns the bits of a value that is not negative, but for the sign of zero, in float16, bfloat16 and float32.',
  source: 'IEEE 754-2019, section 5.11; arXiv 2111.00687, reserve',
  ...ofEveryFormat(relu),
  sizes: [],
};

export const relu6BitExact: Entry = {
  name: 'relu6-bit-exact',
  says: 'ReLU6 returns the bits of a value from 0 to 6, but for the sign of zero, in float16, bfloat16 and float32.',
  source: 'IEEE 754-2019, section 5.11; arXiv 1801.04381',
  ...ofEveryFormat(relu6),
  sizes: [],
};
