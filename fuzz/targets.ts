/** What is fuzzed, by name: the module that runs a case, and how much of the time it gets. */
export interface Target {
  readonly name: string;
  /** In `subjects/`. */
  readonly subject: string;
  /** Share of the time, relative to the others. */
  readonly weight: number;
  /** Folders of the code that cases are kept for reaching, where it is not all: readers have targets of their own. */
  readonly counts?: readonly string[];
}

export const targets: readonly Target[] = [
  { name: 'onnx', subject: 'model', weight: 4 },
  { name: 'external-data', subject: 'model', weight: 1 },
  { name: 'keras', subject: 'model', weight: 2 },
  { name: 'tfjs-graph', subject: 'model', weight: 2 },
  { name: 'convert', subject: 'conversion', weight: 2 },
  { name: 'prune', subject: 'pruning', weight: 2 },
  { name: 'verify', subject: 'verification', weight: 4 },
  {
    name: 'certificate',
    subject: 'certificate',
    weight: 4,
    counts: ['/src/checker/', '/src/certificate/'],
  },
  { name: 'config', subject: 'config', weight: 1 },
  { name: 'block', subject: 'block', weight: 2 },
  { name: 'report', subject: 'record', weight: 2 },
  { name: 'gate-result', subject: 'gate-result', weight: 1 },
];
