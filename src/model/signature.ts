/** Whether two models can be asked the same question at all: the same inputs and outputs, in order. */
import type { Failure } from './failure.ts';
import type { Model, Port } from './model.ts';
import { printShape, sameShape } from './shape.ts';

interface Side {
  readonly what: 'input' | 'output';
  readonly original: readonly Port[];
  readonly converted: readonly Port[];
}

function sides(original: Model, converted: Model): readonly Side[] {
  return [
    { what: 'input', original: original.inputs, converted: converted.inputs },
    { what: 'output', original: original.outputs, converted: converted.outputs },
  ];
}

/** Why the two cannot be compared, or null. Ports are matched by position: converters rename them. */
export function signatureMismatch(original: Model, converted: Model): Failure | null {
  for (const side of sides(original, converted)) {
    const [theirs, ours] = [side.converted.length, side.original.length];
    if (theirs !== ours) {
      const reason = `${theirs} ${side.what}s where the original has ${ours}`;
      return { code: 'bad-shape', node: '', reason };
    }
    for (const [i, port] of side.converted.entries()) {
      const shape = converted.tensors[port.tensor].shape;
      const wanted = original.tensors[side.original[i].tensor].shape;
      if (!sameShape(shape, wanted)) {
        const reason = `${side.what} of ${printShape(shape)} where the original has ${printShape(wanted)}`;
        return { code: 'bad-shape', node: port.name, reason };
      }
    }
  }
  return null;
}

/** Ports that hold the same image in another order of memory: what a verdict then takes for granted. */
export function layoutAssumptions(original: Model, converted: Model): readonly string[] {
  return sides(original, converted).flatMap((side) =>
    side.converted.flatMap((port, i) => {
      const { layout } = side.original[i];
      return port.layout === layout
        ? []
        : [
            `${side.what} ${port.name} is ${port.layout} in the converted and ${layout} in the original model; the same image is meant`,
          ];
    }),
  );
}
