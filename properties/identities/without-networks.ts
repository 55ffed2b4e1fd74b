/** Theorems that are no law of two networks, and why. Every other has a property. */
export const withoutNetworks: Readonly<Record<string, string>> = {
  'all-below': 'a lemma about finite sums',
  'embedded-sum': 'a lemma about finite sums',
  'swapped-plane-sums': 'a lemma about finite sums',
  'swapped-triple-sums': 'a lemma about finite sums',
  'constant-sum': 'a lemma about finite sums',
  'below-largest': 'a lemma about finite maxima',
  'largest-bounded-step': 'a lemma about finite maxima',
  'largest-equal-step': 'a lemma about finite maxima',
  'max-pool-monotone': 'compares two tensors, and says of no two networks that they are equal',
  'unit-batch-norm-only': 'says what γ and β have to be; that others show is in unit-batch-norm',
};
