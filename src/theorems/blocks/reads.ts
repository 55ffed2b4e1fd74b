/** Which values of a block's input, or of its shortcut, have to get through the activations of the branch. */
import type { Term } from '../../logic/term.ts';
import { times } from '../notation.ts';
import { tap, type Window } from '../tensors.ts';
import { x, type Layer } from './branch.ts';
import type { Reads } from './demands.ts';
import { C, integer, p, q } from './frame.ts';
import type { ShortcutKind } from './shortcut.ts';
import { aheadInputs, projectedValue, projectionWindow } from './wide-shortcut.ts';

/** `stride` is that of a 1×1 projection. */
export function readsOf(
  shortcut: ShortcutKind,
  of: { readonly stride: Window['stride']; readonly layers: readonly Layer[] },
): Reads {
  const { stride, layers } = of;
  const o = integer('o');
  const place = ' at this pixel';
  switch (shortcut) {
    case 'identity': {
      const value = (c: Term): Term => x(c, p, q);
      return { subject: "value of the block's input", place, value, only: [o], counts: [C] };
    }
    case 'ahead': {
      const carried = projectedValue(layers[0], aheadInputs);
      const value = (c: Term): Term => carried(c, p, q);
      return { subject: 'value of the shortcut', place, value, only: [o], counts: [C] };
    }
    case 'projection': {
      const value = (c: Term): Term => x(c, times(p, stride[0]), times(q, stride[1]));
      return { subject: "channel of the block's input", place, value, only: null, counts: [C] };
    }
    case 'wide': {
      const window = projectionWindow(layers[layers.length - 1]);
      const subject = "value of the block's input that the shortcut reads";
      const value: Reads['value'] = (c, i, j) => x(c, ...tap(window, [p, q], [i, j]));
      return { subject, place: '', value, only: null, counts: [C, ...window.size] };
    }
  }
}
