/** Clip and what is made of it: ReLU6, hard sigmoid, hard swish. */
import { real, type Term } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { add, atMost, equal, minus, one, times, zero } from '../notation.ts';
import { clip, hardSigmoid, hardSwish, relu } from '../activations.ts';
import { direct, nonNegative, number } from './direct.ts';
import { assumption } from './letters.ts';

const [t, l, h, alpha, beta, factor] = ['t', 'l', 'h', 'alpha', 'beta', 'factor'].map(number);
const six = real(6);

const aboveLower = (lower: Term): ReturnType<typeof assumption> =>
  assumption({
    label: 'above-lower',
    meaning: 'the value is not below the lower bound',
    term: atMost(lower, t),
  });
const belowUpper = (upper: Term): ReturnType<typeof assumption> =>
  assumption({
    label: 'below-upper',
    meaning: 'the value is not above the upper bound',
    term: atMost(t, upper),
  });
const ordered = assumption({
  label: 'ordered',
  meaning: 'the lower bound is not above the upper one',
  term: atMost(l, h),
});

export const clipInside = direct({
  name: 'clip-inside',
  says: 'Clip is the identity on values between its bounds.',
  source: 'the definition of clip',
  statement: {
    hypotheses: [aboveLower(l), belowUpper(h)],
    conclusion: equal(clip(t, l, h), t),
  },
});

export const relu6Inside = direct({
  name: 'relu6-inside',
  says: 'ReLU6 is the identity on values from 0 to 6.',
  source: 'arXiv 1704.04861',
  statement: {
    hypotheses: [aboveLower(zero), belowUpper(six)],
    conclusion: equal(clip(t, zero, six), t),
  },
});

export const deadClipBelow = direct({
  name: 'dead-clip-below',
  says: 'Clip of a value below its lower bound is that bound.',
  source: 'the definition of clip',
  statement: {
    hypotheses: [
      ordered,
      assumption({
        label: 'below-lower',
        meaning: 'the value is not above the lower bound',
        term: atMost(t, l),
      }),
    ],
    conclusion: equal(clip(t, l, h), l),
  },
});

export const deadClipAbove = direct({
  name: 'dead-clip-above',
  says: 'Clip of a value above its upper bound is that bound, whatever the lower one is.',
  source: 'the definition of clip',
  statement: {
    hypotheses: [
      assumption({
        label: 'above-upper',
        meaning: 'the value is not below the upper bound',
        term: atMost(h, t),
      }),
    ],
    conclusion: equal(clip(t, l, h), h),
  },
});

export const clipAsRelus = direct({
  name: 'clip-as-relus',
  says: 'clip(t, l, h) = l + relu(t − l) − relu(t − h).',
  source: 'formal-core, canonical atoms',
  statement: {
    hypotheses: [ordered],
    conclusion: equal(clip(t, l, h), minus(add(l, relu(minus(t, l))), relu(minus(t, h)))),
  },
});

export const relu6AsRelus = direct({
  name: 'relu6-as-relus',
  says: 'ReLU6(t) = relu(t) − relu(t − 6).',
  source: 'formal-core, canonical atoms',
  statement: {
    hypotheses: [],
    conclusion: equal(clip(t, zero, six), minus(relu(t), relu(minus(t, six)))),
  },
});

export const clipHomogeneous = direct({
  name: 'clip-homogeneous',
  says: 'A factor that is not negative may be taken before clip, bounds and all, or after it.',
  source: 'positive homogeneity',
  statement: {
    hypotheses: [nonNegative(factor, 'the factor')],
    conclusion: equal(
      clip(times(factor, t), times(factor, l), times(factor, h)),
      times(factor, clip(t, l, h)),
    ),
  },
});

const affine = add(times(alpha, t), beta);

export const hardSigmoidAsRelus = direct({
  name: 'hard-sigmoid-as-relus',
  says: 'clip(αt + β, 0, 1) = relu(αt + β) − relu(αt + β − 1).',
  source: 'formal-core, canonical atoms',
  statement: {
    hypotheses: [],
    conclusion: equal(hardSigmoid(t, alpha, beta), minus(relu(affine), relu(minus(affine, one)))),
  },
});

export const hardSwishAsProduct = direct({
  name: 'hard-swish-as-product',
  says: 'Hard swish is the value times its hard sigmoid.',
  source: 'arXiv 1905.02244',
  statement: {
    hypotheses: [],
    conclusion: equal(hardSwish(t, alpha, beta), times(t, hardSigmoid(t, alpha, beta))),
  },
});

export const clipTheorems: readonly Entry[] = [
  clipInside,
  relu6Inside,
  deadClipBelow,
  deadClipAbove,
  clipAsRelus,
  relu6AsRelus,
  clipHomogeneous,
  hardSigmoidAsRelus,
  hardSwishAsProduct,
];
