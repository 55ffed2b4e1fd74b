/**
 * What has to be believed for a `proved`, and how large it may become. The one place where the budgets stand.
 *
 * A part begins at its entries; which files belong to it follows from what they import (reach.ts), so that nothing
 * can be trusted without being counted. A budget leaves a few percent of room: a change that needs more says why.
 */
export interface Part {
  readonly folder: string;
  /** What is believed of it, for the page. */
  readonly belief: string;
  /** Files whose word is taken; relative to the root. Those of other parts that they import are counted there. */
  readonly entries: readonly string[];
  /** Lines of code. */
  readonly budget: number;
}

export const parts: readonly Part[] = [
  {
    folder: 'src/model',
    belief: 'a model says what the file says; shapes and ports are checked',
    entries: ['src/model/signature.ts'],
    budget: 720,
  },
  {
    folder: 'src/formats',
    belief: 'readers build the network that the file describes; writers are not trusted',
    entries: ['src/formats/read-model.ts', 'src/formats/digest-worker.js'],
    budget: 5650,
  },
  {
    folder: 'src/semantics',
    belief: 'what each layer means: the function that a verdict speaks of',
    entries: ['src/semantics/denote.ts'],
    budget: 840,
  },
  {
    folder: 'src/equivalence',
    belief: 'affine value numbering uses identities of the real numbers only, and rounds outwards',
    entries: ['src/equivalence/settle.ts'],
    budget: 6860,
  },
  {
    folder: 'src/checker',
    belief: 'the checker of certificates; what it accepts needs no engine and no z3',
    entries: ['src/checker/check.ts'],
    budget: 1500,
  },
  {
    folder: 'src/certificate',
    belief: 'statements are read as they are written',
    entries: ['src/certificate/certificate-json.ts'],
    budget: 250,
  },
  {
    folder: 'src/checking',
    belief: 'what is told as checked is what the process of the checker accepted, of these files',
    entries: ['src/checking/process.ts', 'src/checking/checking.ts', 'src/checking/confirm.ts'],
    budget: 220,
  },
  {
    folder: 'src/logic',
    belief: 'the kernel of theorems: its rules are sound, its texts say what its terms say',
    entries: ['src/logic/theorem.ts'],
    budget: 545,
  },
  {
    folder: 'src/formula',
    belief: 'the algebra of layers becomes terms that mean the same',
    entries: ['src/formula/layer-formula.ts', 'src/formula/translate.ts'],
    budget: 265,
  },
  {
    folder: 'src/theorems',
    belief:
      'statements are about layers as `tensors.ts` spells them; proofs are not trusted, the kernel checks them',
    entries: ['src/theorems/tensors.ts'],
    budget: 90,
  },
  {
    folder: 'src/solver',
    belief: 'an answer of z3 is handed on as it was given, and remembered for the same text only',
    entries: ['src/solver/decider.ts', 'src/solver/child.js'],
    budget: 297,
  },
];

/** What ties the parts together; counted as one, for it has no folder. */
export const glue = {
  belief: 'a proof of the two models becomes `proved`, and nothing else does',
  files: ['src/verify.ts', 'src/cli/verify.ts', 'src/cli/exit-code.ts'],
  budget: 460,
} as const;
