/** What a mutation needs of chance, on the repository's own seeded generator: a case follows from its seed. */
import { Random } from '../src/blocks/random.ts';

export class Draw extends Random {
  /** A whole number in [0, n); 0 where n is 0. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** From 1 to `most`, mostly small: how much of something to put in. */
  amount(most: number): number {
    return Math.min(most, Math.floor(Math.exp(this.uniform() * Math.log(most + 1))));
  }
}
