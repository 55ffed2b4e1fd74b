/**
 * Every Keras layer that is understood, by class name. To add one: write its translator beside its
 * relatives, enter it here, and compare it with tfjs in test/formats/keras.
 */
import {
  activationLayer,
  eluLayer,
  leakyReluLayer,
  preluLayer,
  reluLayer,
  softmaxLayer,
} from './activations.ts';
import { conv2d, dense, depthwiseConv2d, separableConv2d } from './convolutions.ts';
import type { KerasTensor, LayerCall } from './layer-call.ts';
import { add, concatenate, multiply, subtract } from './merging.ts';
import { batchNormalization, rescaling } from './normalization.ts';
import {
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
} from './pooling.ts';
import { flatten, identity, reshape, zeroPadding2d } from './reshaping.ts';

export const translators: ReadonlyMap<string, (call: LayerCall) => KerasTensor> = new Map([
  ['Activation', activationLayer],
  ['ActivityRegularization', identity],
  ['Add', add],
  ['AlphaDropout', identity],
  ['AveragePooling2D', averagePooling2d],
  ['BatchNormalization', batchNormalization],
  ['BatchNormalizationV1', batchNormalization],
  ['Concatenate', concatenate],
  ['Conv2D', conv2d],
  ['Convolution2D', conv2d],
  ['Dense', dense],
  ['DepthwiseConv2D', depthwiseConv2d],
  ['Dropout', identity],
  ['ELU', eluLayer],
  ['Flatten', flatten],
  ['GaussianDropout', identity],
  ['GaussianNoise', identity],
  ['GlobalAveragePooling2D', globalAveragePooling2d],
  ['GlobalMaxPooling2D', globalMaxPooling2d],
  ['LeakyReLU', leakyReluLayer],
  ['MaxPooling2D', maxPooling2d],
  ['Multiply', multiply],
  ['PReLU', preluLayer],
  ['ReLU', reluLayer],
  ['Rescaling', rescaling],
  ['Reshape', reshape],
  ['SeparableConv2D', separableConv2d],
  ['Softmax', softmaxLayer],
  ['SpatialDropout2D', identity],
  ['Subtract', subtract],
  ['ZeroPadding2D', zeroPadding2d],
]);
