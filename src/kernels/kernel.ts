/**
 * A kernel runs a model in float32 on a real runtime. This file is the interface; one file per runtime
 * implements it. Data crosses it channel-major (C, H, W), one image, whatever layout the runtime likes.
 */
import type { Result } from '../model/failure.ts';
import type { TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';

export const kernelNames = ['wasm', 'cpu', 'tensorflow', 'onnxruntime'] as const;
export type KernelName = (typeof kernelNames)[number];

export interface Kernel {
  readonly name: KernelName;
  /**
   * Runs the model on one image.
   * `inputs`: one array per `model.inputs`, channel-major. `keep`: the tensors wanted back.
   */
  run(
    model: Model,
    inputs: readonly Float32Array[],
    keep: readonly TensorId[],
  ): Promise<Result<ReadonlyMap<TensorId, Float32Array>>>;
  /** Makes the model ready for many runs; left out where there is nothing to make ready. */
  prepare?(model: Model): Promise<Result<Prepared>>;
  close(): Promise<void>;
}

/** A model that is run many times, for the time it takes: nobody looks at what it gives. */
export interface Prepared {
  run(inputs: readonly Float32Array[]): Promise<Result<null>>;
  close(): Promise<void>;
}
