/** Theorems that are no law of two networks, and why. Every other has a property. */
export const withoutNetworks: Readonly<Record<string, string>> = {
  'all-below': 'a lemma about finite sums',
  'embedded-sum': 'a lemma about finite sums',
  'spaced-taps': 'a lemma about finite sums',
  'swapped-plane-sums': 'a lemma about finite sums',
  'swapped-triple-sums': 'a lemma about finite sums',
  'constant-sum': 'a lemma about finite sums',
  'below-largest': 'a lemma about finite maxima',
  'largest-bounded-step': 'a lemma about finite maxima',
  'largest-equal-step': 'a lemma about finite maxima',
  'max-pool-monotone': 'compares two tensors, and says of no two networks that they are equal',
  'unit-batch-norm-only': 'says what γ and β have to be; that others show is in unit-batch-norm',
  'empty-weights':
    'a lemma about sums; it has no network of its own, the block theorems that use it have',
  'chosen-channel':
    'a lemma about sums; it has no network of its own, the block theorems that use it have',
  'embedded-taps':
    'a lemma about sums; it has no network of its own, the block theorems that use it have',
  'inner-sum':
    'a lemma about sums; it has no network of its own, the block theorems that use it have',
  'repeated-term':
    'a lemma about sums; it has no network of its own, the block theorems that use it have',
  'pointwise-sum': 'a 1×1 convolution written out as a sum: both sides are the same network',
  'ordered-products': 'arithmetic of integers',
  'whole-groups': 'arithmetic of integers',
  'reserved-groups':
    'a step of the grouped bottleneck, which has networks; its counterexample reads outside the domain of a tensor',
};
