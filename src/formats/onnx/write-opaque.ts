/** The smooth functions as ONNX operators. */
import { success, type Result } from '../../model/failure.ts';
import type { Opaque } from '../../model/layer.ts';
import type { AttributeSpec } from './encode.ts';
import { cannot, float, int, isFloat32, single, type LayerContext } from './layer-node.ts';

/** Opset of Gelu; everything else is older than the opset that is written. */
export const geluOpset = 20;

/** Errors: `cannot-write` where a parameter is not what ONNX can say. */
export function writeOpaque(layer: Opaque, context: LayerContext): Result<null> {
  const { graph } = context;
  const write = (operator: string, ...attributes: readonly AttributeSpec[]): Result<null> => {
    single(layer, context, { operator, rank: null, attributes });
    return success(null);
  };
  const { alpha, beta } = layer;
  if (layer.function === 'hardSwish') {
    if (alpha === 1 / 6 && beta === 1 / 2) return write('HardSwish');
    return cannot(layer, `a hardSwish of ${alpha} and ${beta}; ONNX has 1/6 and 1/2`);
  }
  if (!isFloat32(alpha) || !isFloat32(beta)) {
    return cannot(layer, `${alpha} or ${beta} is no float32 value`);
  }
  switch (layer.function) {
    case 'softmax':
      return write('Softmax', int('axis', 1));
    case 'sigmoid':
      return write('Sigmoid');
    case 'hardSigmoid':
      return write('HardSigmoid', float('alpha', alpha), float('beta', beta));
    case 'tanh':
      return write('Tanh');
    case 'elu':
      return write('Elu', float('alpha', alpha));
    case 'gelu':
      return write('Gelu', { name: 'approximate', kind: 'string', value: 'none' });
    case 'geluTanh':
      return write('Gelu', { name: 'approximate', kind: 'string', value: 'tanh' });
    case 'silu': {
      const rank = graph.rank(layer.inputs[0]);
      const input = graph.as(layer.inputs[0], rank);
      const gate = graph.unique(`${layer.name}/sigmoid`);
      graph.helper('Sigmoid', `${layer.name}/sigmoid`, { inputs: [input], output: gate });
      const output = context.result(layer.output, rank);
      graph.node('Mul', layer.name, { inputs: [input, gate], output });
      return success(null);
    }
  }
}
