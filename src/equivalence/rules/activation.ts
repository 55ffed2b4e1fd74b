/**
 * Activations: piecewise linear ones in normal form, opaque ones as atoms.
 *
 * Theorems `relu-nonnegative`, `clip-inside`, `prelu-slope-one`, `relu-homogeneous`, `clip-as-relus`; of opaque ones
 * some have f(−t) = f(t) − t (reflected.ts).
 */
import type { Opaque } from '../../model/layer.ts';
import { clip, type Activation } from '../activations.ts';
import type { Point } from '../piecewise.ts';
import { isFalling, negative, reflected, reflectionOf } from '../reflected.ts';
import { addNumber, scaleForm } from './forms.ts';
import { exactly, one } from '../scale.ts';
import { Tensor, type Context } from '../tensor.ts';
import type { Argument } from '../atoms.ts';

export function activate(
  context: Context,
  input: Tensor,
  activation: (channel: number) => Activation,
): Tensor {
  const points: Point[] = [];
  const { domain, stride } = input;
  const { interner, side, layer } = context;
  for (let channel = 0; channel < input.channels; channel++) {
    const place = { domain, stride, origin: { side, layer, channel } };
    points.push(interner.activate(activation(channel), input.point(channel), place));
  }
  return Tensor.ofPoints(context, input.grid, points);
}

/** A constant argument, as an argument of no value. */
function argumentOf(point: Point): Argument {
  const { base, slope, constant } = point;
  return { value: base, slope: base === -1 ? one : slope, constant };
}

export function opaque(context: Context, input: Tensor, layer: Opaque): Tensor {
  if (layer.function === 'softmax') return softmax(context, input);
  if (layer.function === 'hardSigmoid') return hardSigmoid(context, input, layer);
  const reflection = reflectionOf(layer);
  const points: Point[] = [];
  for (let channel = 0; channel < input.channels; channel++) {
    const origin = { side: context.side, layer: context.layer, channel };
    const place = { ...input.grid, origin };
    const argument = argumentOf(input.named(channel));
    const { interner } = context;
    const { function: fn, alpha, beta } = layer;
    const isMirrored = reflection !== null && isFalling(argument);
    const own = isMirrored ? negative(argument) : argument;
    const id = interner.atoms.opaque(fn, alpha, beta, own, place);
    if (isMirrored) interner.steps.take(reflection);
    points.push(isMirrored ? interner.point(reflected(id, argument), place) : interner.pointOf(id));
  }
  return Tensor.ofPoints(context, input.grid, points);
}

/** clip(alpha·x + beta, 0, 1) */
function hardSigmoid(context: Context, input: Tensor, layer: Opaque): Tensor {
  const line = Tensor.ofForms(
    context,
    input.grid,
    Array.from({ length: input.channels }, (_, c) =>
      addNumber(scaleForm(input.form(c), exactly(layer.alpha)), layer.beta),
    ),
  );
  return activate(context, line, () => clip(0, 1));
}

/** Every channel of a softmax is a function of all channels, in order. */
function softmax(context: Context, input: Tensor): Tensor {
  const all = Array.from({ length: input.channels }, (_, c) => argumentOf(input.named(c)));
  const points = all.map((_, channel) => {
    const origin = { side: context.side, layer: context.layer, channel };
    const place = { ...input.grid, origin };
    const id = context.interner.atoms.of(
      `softmax ${channel}`,
      all,
      { kind: 'softmax', channel },
      place,
    );
    return context.interner.pointOf(id);
  });
  return Tensor.ofPoints(context, input.grid, points);
}
