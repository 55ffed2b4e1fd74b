/** The first difference of a failed proof, from the output channel that did not come out the same. */
import type { Difference } from '../verdict/verdict.ts';
import { explain } from './explain.ts';
import type { Attempt } from './prove.ts';
import type { Tensor } from './tensor.ts';
import type { ValueId } from './form.ts';

function onlyOutput(tensor: Tensor, channel: number, cause: string): Difference {
  return {
    layer: tensor.layer,
    channel,
    originalLayer: null,
    originalChannel: null,
    cause,
    term: null,
    originalCoefficient: null,
    convertedCoefficient: null,
  };
}

export function firstDifference(attempt: Extract<Attempt, { kind: 'unmatched' }>): Difference {
  const { numbering, original, converted, channel } = attempt;
  const { interner } = numbering;
  const valueOf = (tensor: Tensor): ValueId | null =>
    interner.term(tensor.point(channel), tensor.place(channel))?.value ?? null;
  const ours = valueOf(converted);
  const theirs = valueOf(original);
  if (ours !== null && theirs !== null && ours !== theirs) {
    return explain(interner, { converted: ours, original: theirs });
  }
  const p = original.point(channel);
  const q = converted.point(channel);
  if (ours === theirs) {
    return {
      ...onlyOutput(converted, channel, 'the scale or the constant of the output differs'),
      originalLayer: original.layer,
      originalChannel: channel,
      term: 'the constant of the channel',
      originalCoefficient: p.constant.mid,
      convertedCoefficient: q.constant.mid,
    };
  }
  const cause =
    ours === null
      ? 'the output does not depend on what it depends on in the original'
      : 'the output depends on more than it does in the original';
  return onlyOutput(converted, channel, cause);
}
