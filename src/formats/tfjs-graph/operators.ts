/**
 * Every TensorFlow operator that is understood, by name. To add one: write its translator beside its
 * relatives, enter it here, and compare it with tfjs in test/formats/tfjs-graph.
 */
import {
  boundsNode,
  leakyReluNode,
  opaqueNode,
  preluNode,
  relu6Node,
  reluNode,
  softmaxNode,
} from './activations.ts';
import { batchNormNode, biasAddNode, binaryNode, negateNode } from './arithmetic.ts';
import { concatNode, gatherNode, sliceNode, splitNode, splitVNode } from './channels.ts';
import type { GraphValue } from './constants.ts';
import { conv2dNode, depthwiseNode, matMulNode } from './convolutions.ts';
import type { NodeCall } from './node-call.ts';
import { padNode, poolNode, reductionNode } from './pooling.ts';
import {
  castNode,
  identityNode,
  packNode,
  reshapeNode,
  shapeNode,
  squeezeNode,
  stridedSliceNode,
  transposeNode,
} from './reshaping.ts';

export const operators: ReadonlyMap<string, (call: NodeCall) => readonly GraphValue[]> = new Map([
  ['Add', binaryNode('add')],
  ['AddV2', binaryNode('add')],
  ['AvgPool', poolNode('averagePool')],
  ['BiasAdd', biasAddNode],
  ['Cast', castNode],
  ['ClipByValue', boundsNode({ lower: 1, upper: 2 })],
  ['ConcatV2', concatNode],
  ['Conv2D', conv2dNode],
  ['DepthwiseConv2d', depthwiseNode],
  ['DepthwiseConv2dNative', depthwiseNode],
  ['Elu', opaqueNode('elu')],
  ['FusedBatchNorm', batchNormNode],
  ['FusedBatchNormV2', batchNormNode],
  ['FusedBatchNormV3', batchNormNode],
  ['FusedDepthwiseConv2dNative', depthwiseNode],
  ['GatherV2', gatherNode],
  ['Identity', identityNode],
  ['LeakyRelu', leakyReluNode],
  ['MatMul', matMulNode],
  ['Max', reductionNode('max')],
  ['MaxPool', poolNode('maxPool')],
  ['Maximum', boundsNode({ lower: 1, upper: null })],
  ['Mean', reductionNode('mean')],
  ['Minimum', boundsNode({ lower: null, upper: 1 })],
  ['Mul', binaryNode('multiply')],
  ['Neg', negateNode],
  ['Pack', packNode],
  ['Pad', padNode],
  ['PadV2', padNode],
  ['Prelu', preluNode],
  ['RealDiv', binaryNode('divide')],
  ['Relu', reluNode],
  ['Relu6', relu6Node],
  ['Reshape', reshapeNode],
  ['Shape', shapeNode],
  ['Sigmoid', opaqueNode('sigmoid')],
  ['Slice', sliceNode],
  ['Snapshot', identityNode],
  ['Softmax', softmaxNode],
  ['Split', splitNode],
  ['SplitV', splitVNode],
  ['Squeeze', squeezeNode],
  ['StopGradient', identityNode],
  ['StridedSlice', stridedSliceNode],
  ['Sub', binaryNode('subtract')],
  ['Tanh', opaqueNode('tanh')],
  ['Transpose', transposeNode],
  ['_FusedConv2D', conv2dNode],
  ['_FusedMatMul', matMulNode],
]);
