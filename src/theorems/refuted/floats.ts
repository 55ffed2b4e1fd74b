/** Wrong statements about float32: real-number identities that rounding breaks. */
import { float, real, type Term } from '../../logic/term.ts';
import { falsehood, type Falsehood } from '../falsehood.ts';
import {
  by,
  finite,
  isZero,
  less,
  oneOf,
  over,
  plus,
  root,
  same,
  value,
  zeroOf,
} from '../floats/format.ts';
import { and } from '../notation.ts';
import { typing } from './letters.ts';

const letter = (name: string): Term => value('Float32', name);
const [x, y, z, w, mu] = ['x', 'y', 'z', 'w', 'mu'].map(letter);
const [zero, one] = [zeroOf('Float32'), oneOf('Float32')];
const scalar = { sizes: {}, places: [{}] } as const;

/** 1/√(1+ε) as float32 computes it. */
const taken = over(one, root(plus(one, over(one, float('Float32', real(100_000))))));

export const defaultBatchNormFloat: Falsehood = falsehood({
  name: 'default-batch-norm-float32',
  says: 'A batch norm with γ = σ² = 1, μ = β = 0 and ε = 10⁻⁵ is the identity in float32, where ε is lost.',
  source: 'RMNet, the variant with squeeze and excitation',
  bug: 4,
  statement: { hypotheses: [typing(finite(x))], conclusion: same(x, by(x, taken)) },
  ...scalar,
  missing: { label: 'zero', meaning: 'the value is zero', term: isZero(x) },
});

export const undoneBatchNormFloat: Falsehood = falsehood({
  name: 'undone-batch-norm-float32',
  says: 'A batch norm with γ = √(σ²+ε) and β = μ returns the bits it is given.',
  source: 'arXiv 2111.00687, reserve; true of real numbers',
  statement: {
    hypotheses: [finite(x), finite(mu)].map(typing),
    // The scale is exactly 1: γ is the root itself.
    conclusion: same(x, plus(by(less(x, mu), one), mu)),
  },
  ...scalar,
  missing: { label: 'no-mean', meaning: 'the running mean is zero', term: isZero(mu) },
});

export const sumsAssociate: Falsehood = falsehood({
  name: 'sums-associate-float32',
  says: 'A float32 sum does not depend on its order.',
  source: 'IEEE 754-2019',
  statement: {
    hypotheses: [finite(x), finite(y), finite(z)].map(typing),
    conclusion: same(plus(plus(x, y), z), plus(x, plus(y, z))),
  },
  ...scalar,
  sides: ['the left side', 'the right side'],
  missing: {
    label: 'zeros',
    meaning: 'at most one summand is not zero, as in a Dirac channel',
    term: and(isZero(y), isZero(z)),
  },
});

/** In bfloat16, because a solver takes too long over two products of float32. */
const [a, v, s] = ['a', 'v', 's'].map((name) => value('BFloat16', name));

export const foldedBits: Falsehood = falsehood({
  name: 'folded-bits-bfloat16',
  says: 'A scale folded into the weight gives the same bits.',
  source: 'onnx/optimizer issue 255, where the last bits were reported as an error',
  statement: {
    hypotheses: [finite(a), finite(v), finite(s)].map(typing),
    conclusion: same(by(s, by(v, a)), by(by(s, v), a)),
  },
  ...scalar,
  missing: {
    label: 'zero-weight',
    meaning: 'the weight is zero, as most of a Dirac kernel',
    term: isZero(v),
  },
});

export const zeroTimesAnything: Falsehood = falsehood({
  name: 'zero-times-anything-float32',
  says: 'A zero weight makes zero of whatever it meets.',
  source: 'IEEE 754-2019, section 7.2',
  statement: { hypotheses: [typing(isZero(w))], conclusion: same(by(w, y), zero) },
  ...scalar,
  sides: ['the product', 'what was expected'],
  missing: { label: 'finite', meaning: 'the other value is finite', term: finite(y) },
});
