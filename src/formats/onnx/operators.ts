/**
 * The operators that are read, by name. Opset 7 is the oldest whose meaning they know (before it,
 * broadcasting was another); where a later opset changed one, its reader says so where it asks.
 *
 * To add an operator: write its reader in operators/, name it here, and add a case to
 * test/formats/onnx that compares the rewritten file with the original on onnxruntime.
 */
import type { NodeReader, Value } from './node-reader.ts';
import * as activation from './operators/activation.ts';
import { binary, unary, variadic } from './operators/arithmetic.ts';
import { batchNormalization } from './operators/batch-normalization.ts';
import { concat } from './operators/concatenation.ts';
import { constant, constantOfShape } from './operators/constants.ts';
import { conv } from './operators/convolution.ts';
import { gemm, matMul } from './operators/dense.ts';
import * as layout from './operators/layout.ts';
import { pad } from './operators/padding.ts';
import { cast, dropout, identity } from './operators/passing.ts';
import * as pooling from './operators/pooling.ts';
import { gather, slice, split } from './operators/selection.ts';

export type Operator = (node: NodeReader) => readonly Value[];

/** The newest opset whose operators below were compared with the standard. */
export const opsetRange = { oldest: 7, newest: 28 } as const;

export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Add', binary('Add')],
  ['AveragePool', pooling.averagePool],
  ['BatchNormalization', batchNormalization],
  ['Cast', cast],
  ['Clip', activation.clip],
  ['Concat', concat],
  ['Constant', constant],
  ['ConstantOfShape', constantOfShape],
  ['Conv', conv],
  ['Div', binary('Div')],
  ['Dropout', dropout],
  ['Elu', activation.elu],
  ['Flatten', layout.flatten],
  ['Gather', gather],
  ['Gelu', activation.gelu],
  ['Gemm', gemm],
  ['GlobalAveragePool', pooling.globalAveragePool],
  ['GlobalMaxPool', pooling.globalMaxPool],
  ['HardSigmoid', activation.hardSigmoid],
  ['HardSwish', activation.hardSwish],
  ['Identity', identity],
  ['LeakyRelu', activation.leakyRelu],
  ['MatMul', matMul],
  ['Max', variadic('Max')],
  ['MaxPool', pooling.maxPool],
  ['Min', variadic('Min')],
  ['Mul', binary('Mul')],
  ['Neg', unary('Neg')],
  ['PRelu', activation.prelu],
  ['Pad', pad],
  ['ReduceMean', pooling.reduceMean],
  ['Relu', activation.relu],
  ['Reshape', layout.reshape],
  ['Shape', layout.shapeOf],
  ['Sigmoid', activation.sigmoid],
  ['Slice', slice],
  ['Softmax', activation.softmax],
  ['Split', split],
  ['Sqrt', unary('Sqrt')],
  ['Squeeze', layout.squeeze],
  ['Sub', binary('Sub')],
  ['Sum', variadic('Add')],
  ['Swish', activation.swish],
  ['Tanh', activation.tanh],
  ['Transpose', layout.transpose],
  ['Unsqueeze', layout.unsqueeze],
]);
