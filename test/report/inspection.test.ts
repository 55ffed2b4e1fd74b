import { expect, test } from 'vitest';
import { ModelBuilder } from '../../src/model/builder.ts';
import { noPadding } from '../../src/model/shape.ts';
import { findShortcuts } from '../../src/model/shortcuts.ts';
import { statistics } from '../../src/model/statistics.ts';
import { inspectionText } from '../../src/report/inspection.ts';

test('lists border, layers, costs, and what stands inside a shortcut', () => {
  const builder = new ModelBuilder();
  const image = builder.input('image', { channels: 2, height: 4, width: 3 });
  const conv = builder.add({
    kind: 'conv',
    name: 'conv',
    inputs: [image],
    weight: new Float32Array(36).fill(0.5),
    bias: null,
    outChannels: 2,
    kernel: { y: 3, x: 3 },
    groups: 1,
    strides: { y: 1, x: 1 },
    dilations: { y: 1, x: 1 },
    pads: { top: 1, left: 1, bottom: 1, right: 1 },
  });
  const relu = builder.add({ kind: 'relu', name: 'relu', inputs: [conv] });
  const sum = builder.add({ kind: 'add', name: 'sum', inputs: [relu, image] });
  const pool = builder.add({
    kind: 'maxPool',
    name: 'pool',
    inputs: [sum],
    kernel: { y: 2, x: 2 },
    strides: { y: 2, x: 1 },
    dilations: { y: 1, x: 1 },
    pads: noPadding,
  });
  builder.output('features', pool, 'nchw', 1);
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);

  const text = inspectionText({
    source: {
      path: 'block.onnx',
      format: 'onnx',
      sha256: 'c'.repeat(64),
      bytes: 2048,
      model: model.value,
    },
    statistics: statistics(model.value),
    shortcuts: findShortcuts(model.value),
  });
  // Peak: the image, the convolution's and the ReLU's result alive at once, 24 floats each.
  expect(text).toBe(`\
file              block.onnx (onnx, 2.0 KiB)
sha256            ${'c'.repeat(64)}
input             image 2×4×3 (nchw, any batch)
output            features 2×2×2 (nchw, batch 1)
parameters        36
MACs              432 for one image
peak activations  288 B for one image
shortcuts         1

layer  kind                     result  parameters  MACs
conv   conv 3×3                 2×4×3           36   432
relu   relu                     2×4×3
sum    add                      2×4×3
pool   max pool 2×2 stride 2×1  2×2×2

from   to   shortcut  around
image  sum  identity  conv 3×3, relu
`);
});
