/** A model together with where it came from: what verdicts and reports cite. */
import type { Result } from '../model/failure.ts';
import type { Model } from '../model/model.ts';

export type Format = 'onnx' | 'keras-layers' | 'tfjs-graph';

/** What every reader hands back: a model and the files it was made from. */
export interface ReadFiles {
  readonly model: Model;
  /** Digest over the model file and every file of weights it names, in the order named. */
  readonly sha256: string;
  /** Bytes of all those files together. */
  readonly bytes: number;
}

/** A model whose files may still be looked through. */
export interface OpenFiles {
  readonly model: Model;
  /** Waits for the digest. Errors: `bad-value`, for a weight that is not finite. */
  readonly finish: () => Promise<Result<ReadFiles>>;
}

export interface Source extends ReadFiles {
  readonly path: string;
  readonly format: Format;
}
