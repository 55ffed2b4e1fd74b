/**
 * What expected.txt says. Its first line is one of
 *
 *     proved, exact
 *     proved, rounded
 *     proved, exact or rounded
 *     refuted at LAYER or LAYER: WORDS … WORDS
 *
 * where all of the words stand in the cause that is named, in this order. A second line `inputs in [a, b]`
 * states the range of the inputs. The rest is for readers: what was done wrong, and where it was seen.
 */

export type Expectation =
  | { readonly verdict: 'proved'; readonly grades: readonly string[] }
  | {
      readonly verdict: 'refuted';
      readonly layers: readonly string[];
      readonly words: readonly string[];
    };

export interface Expected {
  readonly expectation: Expectation;
  readonly inputRange: { readonly lower: number; readonly upper: number } | null;
}

export function parseExpected(text: string): Expected {
  const [first, second = ''] = text.split('\n');
  const range = /^inputs in \[([^,]+), ([^\]]+)\]$/.exec(second);
  const inputRange = range === null ? null : { lower: Number(range[1]), upper: Number(range[2]) };
  const proved = /^proved, (.+)$/.exec(first);
  if (proved !== null) {
    return { expectation: { verdict: 'proved', grades: proved[1].split(' or ') }, inputRange };
  }
  const refuted = /^refuted at ([^:]+): (.+)$/.exec(first);
  if (refuted === null) throw new Error(`what is expected? ${first}`);
  const expectation = {
    verdict: 'refuted' as const,
    layers: refuted[1].split(' or '),
    words: refuted[2].split(' … '),
  };
  return { expectation, inputRange };
}

/** Whether the words stand in the text one after the other. */
export function standsIn(words: readonly string[], text: string): boolean {
  let from = 0;
  for (const word of words) {
    const at = text.indexOf(word, from);
    if (at < 0) return false;
    from = at + word.length;
  }
  return true;
}
