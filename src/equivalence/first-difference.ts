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
  const values = (tensor: Tensor): readonly ValueId[] =>
    interner.terms(tensor.point(channel), tensor.place(channel)).map((t) => t.value);
  const ours = values(converted).filter((v) => !values(original).includes(v));
  const theirs = values(original).filter((v) => !values(converted).includes(v));
  if (ours.length > 0 && theirs.length > 0) {
    return explain(interner, { converted: ours[0], original: theirs[0] });
  }
  const p = original.point(channel);
  const q = converted.point(channel);
  if (ours.length + theirs.length === 0) {
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
    ours.length === 0
      ? 'the output does not depend on what it depends on in the original'
      : 'the output depends on more than it does in the original';
  return onlyOutput(converted, channel, cause);
}
