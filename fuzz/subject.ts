/** What is fuzzed: a function from a folder with the files of a case to how it ended. */

/**
 * Everything plainproof does with such files. Resolves to a word for the statistics. Throws what the program
 * would throw, and `Wrong` where it does not throw but should not have done what it did.
 */
export type Subject = (folder: string) => Promise<string>;

/** A promise that was not kept. */
export class Wrong extends Error {}

export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Wrong(what);
}

/** A failure is one line that says something. */
export function demandLine(reason: string): void {
  demand(reason.trim() !== '', 'a failure without a reason');
}
