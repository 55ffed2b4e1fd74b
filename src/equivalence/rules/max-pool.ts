/**
 * Maximum pools: atoms over one value.
 *
 * They commute with adding a constant and with a positive factor (theorem `max-pool-homogeneous`), and on
 * values that are never negative a zero outside the domain reads like nothing at all (theorem
 * `max-pool-zero-padding`).
 */
import type { MaxPool } from '../../model/layer.ts';
import type { Pair } from '../../model/shape.ts';
import { nothing } from '../constant.ts';
import { unknownFlats } from '../flat-ends.ts';
import type { ValueId } from '../form.ts';
import type { Point } from '../piecewise.ts';
import { exactly, one, times } from '../scale.ts';
import type { Domain } from '../shift.ts';
import { Tensor, type Context } from '../tensor.ts';
import { formOf } from '../value.ts';

interface PoolArgument {
  readonly value: ValueId;
  readonly domain: Domain;
  /** Where the first window starts. */
  readonly offset: Pair;
}

/** Reads through a value that is another one moved, where that is never negative and so is padded by zero. */
function throughMoves(
  context: Context,
  value: ValueId,
  layer: MaxPool,
  sign: number,
): PoolArgument {
  const { table, ranges } = context.interner;
  const own = table.get(value);
  const start: PoolArgument = {
    value,
    domain: own.domain,
    offset: { y: -layer.pads.top, x: -layer.pads.left },
  };
  const form = own.definition.kind === 'linear' ? formOf(own) : null;
  if (form === null || form.parts.length !== 1 || form.patches.length > 0 || sign < 0) return start;
  const [part] = form.parts;
  if (part.kind !== 'value' || part.scale !== one) return start;
  const { stride, offset, guard } = table.shifts.get(part.shift);
  const inner = table.get(part.value);
  const { lower } = ranges.of(part.value);
  // A crop hides pixels, so only a domain that wholly contains the inner one may be read through.
  const contains =
    offset.y <= 0 &&
    offset.x <= 0 &&
    own.domain.height + offset.y >= inner.domain.height &&
    own.domain.width + offset.x >= inner.domain.width;
  if (guard !== null || stride.y !== 1 || stride.x !== 1 || !(lower >= 0) || !contains)
    return start;
  return {
    value: part.value,
    domain: inner.domain,
    offset: { y: start.offset.y + offset.y, x: start.offset.x + offset.x },
  };
}

/** Whether every window has a pixel of the domain in it. */
function everyWindowSees(layer: MaxPool, argument: PoolArgument, to: Domain): boolean {
  const sees = (
    count: number,
    stride: number,
    offset: number,
    dilation: number,
    kernel: number,
    size: number,
  ): boolean => {
    for (let p = 0; p < count; p++) {
      let seen = false;
      for (let t = 0; t < kernel && !seen; t++) {
        const at = p * stride + offset + t * dilation;
        seen = at >= 0 && at < size;
      }
      if (!seen) return false;
    }
    return true;
  };
  const { strides, dilations, kernel } = layer;
  const { offset, domain } = argument;
  return (
    sees(to.height, strides.y, offset.y, dilations.y, kernel.y, domain.height) &&
    sees(to.width, strides.x, offset.x, dilations.x, kernel.x, domain.width)
  );
}

export function maxPool(context: Context, input: Tensor, layer: MaxPool, to: Domain): Tensor {
  const { atoms } = context.interner;
  const stride = { y: input.stride.y * layer.strides.y, x: input.stride.x * layer.strides.x };
  const grid = { domain: to, stride };
  const points: Point[] = [];
  for (let channel = 0; channel < input.channels; channel++) {
    const named = input.named(channel);
    if (named.base === -1) {
      points.push(named);
      continue;
    }
    const sign = Math.sign(named.slope.mid);
    const moved = throughMoves(context, named.base, layer, sign);
    const still = throughMoves(context, named.base, layer, -1);
    const argument = everyWindowSees(layer, moved, to) ? moved : still;
    const { kernel, strides, dilations } = layer;
    const name = `maxPool ${sign} ${kernel.y},${kernel.x} ${strides.y},${strides.x} ${dilations.y},${dilations.x} ${argument.offset.y},${argument.offset.x}`;
    const origin = { side: context.side, layer: context.layer, channel };
    const id = atoms.of(
      name,
      [{ value: argument.value, slope: one, constant: nothing }],
      { kind: 'maxPool', argument: argument.value, sign },
      { ...grid, origin },
    );
    // max of c·x is |c| times the max of ±x.
    const scale = sign < 0 ? times(named.slope, exactly(-1)) : named.slope;
    points.push({
      base: id,
      slope: scale,
      constant: named.constant,
      kinks: [],
      flats: unknownFlats,
      range: named.range,
      term: null,
    });
  }
  return Tensor.ofPoints(context, grid, points);
}
