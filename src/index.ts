/** The public API: reads models, removes their shortcuts, decides whether two compute the same function. */
export { readModel } from './formats/read-model.ts';
export type { Format, Source } from './formats/source.ts';
export { saveOnnx } from './formats/onnx/save-onnx.ts';
export { describeFailure, type Failure, type FailureCode, type Result } from './model/failure.ts';
export type { Model, Port, TensorInfo } from './model/model.ts';
export type { Layer, LayerKind } from './model/layer.ts';
export type { Shape } from './model/shape.ts';
export { statistics, type Statistics } from './model/statistics.ts';
export { findShortcuts, type Shortcut } from './model/shortcuts.ts';
export { convert, type Conversion, type ConvertOptions } from './convert/convert.ts';
export type { Kept, Removed } from './convert/remove-shortcut.ts';
export type { Masking } from './prune/mask.ts';
export { planOf, planText, type Plan } from './prune/plan.ts';
export {
  prune,
  type KeptChannels,
  type PrunedLayer,
  type PruneOptions,
  type Pruning,
} from './prune/prune.ts';
export type { KernelName } from './kernels/kernel.ts';
export { verify, type VerifyOptions } from './verify.ts';
export type {
  Counterexample,
  Difference,
  Grade,
  Proved,
  Refuted,
  Replay,
  Undecided,
  Verdict,
} from './verdict/verdict.ts';
export {
  defineConfig,
  type CommandConverter,
  type Converter,
  type FileConverter,
  type GateConfig,
  type ModelConverter,
} from './gate/config.ts';
export type { CaseResult, GateFailure, GateResult, Outcome } from './gate/case.ts';
export { block, type Block, type BlockOptions, type Layers, type Value } from './audit/block.ts';
