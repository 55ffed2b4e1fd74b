/** Theorems that are no law of two networks, and why. Every other has a property. */
export const withoutNetworks: Readonly<Record<string, string>> = {
  'all-below': 'a lemma about finite sums',
  'embedded-sum': 'a lemma about finite sums',
  'swapped-plane-sums': 'a lemma about finite sums',
  'swapped-triple-sums': 'a lemma about finite sums',
  'unit-batch-norm-only': 'says what γ and β have to be; that others show is in unit-batch-norm',
};
