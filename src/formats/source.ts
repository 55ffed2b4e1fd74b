/** A model together with where it came from: what verdicts and reports cite. */
import type { Model } from '../model/model.ts';

export type Format = 'onnx' | 'keras-layers' | 'tfjs-graph';

export interface Source {
  readonly path: string;
  readonly format: Format;
  /** Digest over the model file and every file of weights it names, in the order named. */
  readonly sha256: string;
  /** Bytes of all those files together. */
  readonly bytes: number;
  readonly model: Model;
}
