/** Shortcuts that stay, each with a reason that names what is in the way. */
import { expect, test } from 'vitest';
import { convert, type ConvertOptions } from '../../src/convert/convert.ts';
import type { TensorId } from '../../src/model/layer.ts';
import { built, Sketch } from './support.ts';

const options: ConvertOptions = {
  strategy: 'auto',
  inputRange: null,
  foldBatchNorm: false,
  fuse: false,
};
const shape = { channels: 4, height: 5, width: 6 };

/** A conv–ReLU–conv branch with something done to what stands between. */
function branch(s: Sketch, x: TensorId, between: (t: TensorId) => TensorId): TensorId {
  const inner = between(s.relu('relu', s.conv('a', x, 4, { kernel: 3 })));
  return s.conv('b', inner, 4, { kernel: 3 });
}

const cases: readonly (readonly [string, RegExp, (s: Sketch, x: TensorId) => TensorId[]])[] = [
  ['x + x', /same tensor/, (s, x) => [s.add('add', x, x)]],
  [
    'an operand of one pixel',
    /broadcast/,
    (s, x) => {
      const pooled = s.builder.add({ kind: 'globalAveragePool', name: 'pool', inputs: [x] });
      return [s.add('add', s.conv('c', pooled, 4), x)];
    },
  ],
  [
    'an output inside the branch',
    /relu \(an output of the model\)/,
    (s, x) => {
      let middle = x;
      const end = branch(s, x, (t) => (middle = t));
      return [s.add('add', end, x), middle];
    },
  ],
  [
    'a second reader inside the branch',
    /relu \(read by b, other\)/,
    (s, x) => {
      let middle = x;
      const end = branch(s, x, (t) => (middle = t));
      return [s.add('add', end, x), s.relu('other', middle)];
    },
  ],
  [
    'a gate inside the branch',
    /gated \(multiply\)/,
    (s, x) => {
      const gated = branch(s, x, (t) => {
        const gate = s.builder.add({ kind: 'globalAveragePool', name: 'gate', inputs: [t] });
        return s.builder.add({ kind: 'multiply', name: 'gated', inputs: [t, gate] });
      });
      return [s.add('add', gated, x)];
    },
  ],
  [
    'a sigmoid inside the branch',
    /smooth \(opaque\)/,
    (s, x) => {
      const smooth = branch(s, x, (t) =>
        s.builder.add({
          ...{ kind: 'opaque', name: 'smooth', inputs: [t], function: 'sigmoid' },
          ...{ alpha: 0, beta: 0 },
        }),
      );
      return [s.add('add', smooth, x)];
    },
  ],
  ['no convolution', /no convolution/, (s, x) => [s.add('add', s.relu('relu', x), x)]],
  [
    'nonlinear layers on both sides',
    /both sides/,
    (s, x) => [
      s.add(
        'add',
        branch(s, x, (t) => t),
        s.relu('q', s.conv('p', x, 4)),
      ),
    ],
  ],
  [
    'a branch that shifts the image',
    /b has no tap/,
    (s, x) => {
      const pads = { top: 2, left: 0, bottom: 0, right: 2 };
      const inner = s.relu('relu', s.conv('a', x, 4, { kernel: 3, pads }));
      const back = { top: 2, left: 0, bottom: -2, right: 0 };
      return [s.add('add', s.conv('b', s.pad('back', inner, back), 4), x)];
    },
  ],
  [
    'a branch that crops what the shortcut keeps',
    /b has no tap/,
    (s, x) => {
      const crop = { top: -1, left: 0, bottom: 0, right: 0 };
      const inner = s.relu('relu', s.conv('a', s.pad('crop', x, crop), 4));
      const back = { top: 1, left: 0, bottom: 0, right: 0 };
      return [s.add('add', s.conv('b', s.pad('back', inner, back), 4), x)];
    },
  ],
  [
    'a branch that crops, and pads within a convolution',
    /b has no tap/,
    (s, x) => {
      const crop = { top: -1, left: 0, bottom: 0, right: 0 };
      const pads = { top: 2, left: 1, bottom: 1, right: 1 };
      const inner = s.conv('a', s.pad('crop', x, crop), 4, { kernel: 3, pads });
      return [s.add('add', s.conv('b', s.relu('relu', inner), 4), x)];
    },
  ],
  [
    'a branch whose stride is not the shortcut’s, though the sizes agree',
    /b has no tap/,
    (s, x) => {
      // 5×6 to 3×3 both ways: every second pixel, or a window of 3×4.
      const none = { top: 0, left: 0, bottom: 0, right: 0 };
      const wide = s.conv('a', x, 4, { kernel: 3, pads: none });
      const inner = s.relu('relu', s.conv('c', wide, 4, { kernel: 2, pads: { ...none, top: 1 } }));
      return [s.add('add', s.conv('b', inner, 4), s.conv('p', x, 4, { stride: 2 }))];
    },
  ],
  [
    'an offset ahead of a padded projection',
    /an offset ahead of the padded p/,
    (s, x) => {
      const projected = s.conv('p', s.batchNorm('pbn', x), 4, { kernel: 3 });
      return [
        s.add(
          'add',
          branch(s, x, (t) => t),
          projected,
        ),
      ];
    },
  ],
];

test.each(cases)('%s', (_, reason, draw) => {
  const s = new Sketch(3);
  const model = s.done(...draw(s, s.input(shape)));
  const conversion = built(convert(model, options));
  expect(conversion.model).toBe(model);
  expect(conversion.removed).toEqual([]);
  expect(conversion.kept).toHaveLength(1);
  expect(conversion.kept[0].add).toBe('add');
  expect(conversion.kept[0].reason).toMatch(reason);
});

test('nonnegative keeps a block whose input may be negative, and names the channel', () => {
  const s = new Sketch(3);
  const x = s.input(shape);
  const model = s.done(
    s.add(
      'add',
      branch(s, x, (t) => t),
      x,
    ),
  );
  const { kept } = built(convert(model, { ...options, strategy: 'nonnegative' }));
  expect(kept[0].reason).toMatch(/channel 0 of x is only known to lie in \[−∞, ∞\]/);
  const inside = { lower: 0, upper: 1 };
  const stated = { ...options, strategy: 'nonnegative' as const, inputRange: inside };
  expect(built(convert(model, stated)).kept).toEqual([]);
});

test('shift keeps a block whose input is unbounded or too far from zero', () => {
  const s = new Sketch(3);
  const x = s.input(shape);
  const model = s.done(
    s.add(
      'add',
      branch(s, x, (t) => t),
      x,
    ),
  );
  const shift = { ...options, strategy: 'shift' as const };
  expect(built(convert(model, shift)).kept[0].reason).toMatch(/no shift/);
  const far = { ...shift, inputRange: { lower: -1e6, upper: 1e6 } };
  expect(built(convert(model, far)).kept[0].reason).toMatch(/no shift of at most 4096/);
  const near = { ...shift, inputRange: { lower: -100, upper: 3 } };
  expect(built(convert(model, near)).kept).toEqual([]);
});
