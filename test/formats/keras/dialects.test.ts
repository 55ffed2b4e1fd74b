/** One model, a 1×1 convolution added to its input and clipped, in the dialects Keras has had. */
import { describe, expect, test } from 'vitest';
import { readParts } from './saved-model.ts';

const shape = [null, 2, 2, 1];
const weights = [{ name: 'c/kernel', shape: [1, 1, 1, 1], dtype: 'float32' }];
const shard = new Uint8Array(new Float32Array([2]).buffer);
const conv = { filters: 1, kernel_size: [1, 1], use_bias: false };

const keras2 = {
  keras_version: '2.2.4',
  model_config: {
    class_name: 'Model',
    config: {
      name: 'm',
      layers: [
        {
          class_name: 'InputLayer',
          name: 'x',
          config: { batch_input_shape: shape },
          inbound_nodes: [],
        },
        { class_name: 'Conv2D', name: 'c', config: conv, inbound_nodes: [[['x', 0, 0, {}]]] },
        {
          class_name: 'Add',
          name: 'a',
          config: {},
          inbound_nodes: [
            [
              ['c', 0, 0, {}],
              ['x', 0, 0, {}],
            ],
          ],
        },
        {
          class_name: 'ReLU',
          name: 'r',
          config: { max_value: 6 },
          inbound_nodes: [[['a', 0, 0, {}]]],
        },
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [['r', 0, 0]],
    },
  },
};

const tensor = (layer: string): object => ({
  class_name: '__keras_tensor__',
  config: { shape, dtype: 'float32', keras_history: [layer, 0, 0] },
});

const keras3 = {
  keras_version: '3.3.3',
  model_config: {
    class_name: 'Functional',
    config: {
      name: 'm',
      layers: [
        { class_name: 'InputLayer', name: 'x', config: { batch_shape: shape }, inbound_nodes: [] },
        {
          class_name: 'Conv2D',
          name: 'c',
          config: conv,
          inbound_nodes: [{ args: [tensor('x')], kwargs: {} }],
        },
        {
          class_name: 'Add',
          name: 'a',
          config: {},
          inbound_nodes: [{ args: [[tensor('c'), tensor('x')]], kwargs: {} }],
        },
        {
          class_name: 'ReLU',
          name: 'r',
          config: { max_value: 6 },
          inbound_nodes: [{ args: [tensor('a')], kwargs: { training: false } }],
        },
      ],
      input_layers: ['x', 0, 0],
      output_layers: ['r', 0, 0],
    },
  },
};

/** Layers listed in an order that does not compute them. */
const reversed = structuredClone(keras2);
reversed.model_config.config.layers.reverse();

/** As tfjs writes it: no model_config. */
const bare = keras2.model_config;

describe('dialects', () => {
  test.each(Object.entries({ keras2, keras3, reversed, bare }))('%s', async (_, modelTopology) => {
    const manifest = [{ paths: ['group1-shard1of1.bin'], weights }];
    const model = await readParts({ json: { modelTopology, weightsManifest: manifest }, shard });
    expect(model.layers.map((layer) => layer.name)).toEqual(['c', 'a', 'r']);
    expect(model.layers[1].inputs).toEqual([model.layers[0].output, model.inputs[0].tensor]);
    expect(model.inputs[0]).toMatchObject({ name: 'x', layout: 'nhwc', batch: null });
    expect(model.outputs[0].name).toBe('r');
  });
});
