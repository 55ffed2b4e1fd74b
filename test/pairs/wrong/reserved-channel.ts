/** Reserved channels that do not hold the block's input: mistakes of shortcut removal itself. */
import type { Model } from '../../../src/model/model.ts';
import {
  drawInverted,
  invertedOriginal,
  invertedPlain,
  planByActivation,
  type Plan,
} from '../correct/inverted-residual.ts';
import { blockOnInput } from '../correct/stated-range.ts';
import { drawStrided, plain, residual } from '../correct/projection-block.ts';
import { edit } from '../edit.ts';
import { dirac, filterFrom, type Filter } from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';

const straight = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

function different(name: string, original: Model, converted: Model, note: string): Pair {
  return {
    name: `wrong-${name}`,
    original,
    converted,
    inputRange: null,
    expected: 'different',
    note,
  };
}

function inverted(): Pair[] {
  const identity = { spread: dirac(3, 1), recover: dirac(3, 1) };
  const n = drawInverted(new Random(2100));
  const plan = (activate: Plan['activate']): Plan => ({ reserve: () => identity, activate });
  const mixed = (own: number, reserved: number): Plan['activate'] => {
    return (s, name, x, count) => {
      const pick = (lower: number, free: number): number[] =>
        Array.from({ length: s.shape(x).channels }, (_, c) => (c < count ? free : lower));
      return s.clip(name, x, pick(0, -Infinity), pick(own, reserved));
    };
  };
  const small = {
    ...n,
    stem: { ...n.stem, weight: n.stem.weight.map((w) => w / 1024) },
  };
  const six = invertedOriginal(n, 'relu6');
  const right = invertedPlain(n, 'relu6', plan(planByActivation.clips));
  return [
    different(
      'relu-on-reserved',
      invertedOriginal(n, 'relu'),
      invertedPlain(
        n,
        'relu',
        plan((s, name, x) => s.relu(name, x)),
      ),
      'bug 1: a linear bottleneck’s shortcut through a plain ReLU',
    ),
    different(
      'relu6-lost',
      six,
      invertedPlain(n, 'relu6', plan(planByActivation.slopes)),
      'bug 5: slope 0 is ReLU where the original has ReLU6',
    ),
    different(
      'relu6-lost-in-the-stem',
      invertedOriginal(small, 'relu6'),
      edit(invertedPlain(small, 'relu6', plan(planByActivation.clips)), 'stem.act', (l) => ({
        kind: 'relu',
        name: l.name,
        inputs: l.inputs,
      })),
      'bug 5, where only inputs above some hundreds show it',
    ),
    different(
      'reserved-clipped-at-six',
      six,
      invertedPlain(n, 'relu6', plan(mixed(6, 6))),
      'bug 6: the reserved channels end at 6 like the others',
    ),
    different(
      'clip-below-six',
      six,
      invertedPlain(n, 'relu6', plan(mixed(5.9, Infinity))),
      'clipped at 5.9 instead of 6',
    ),
    different(
      'recovered-without-shift',
      six,
      edit(right, 'leave', (l) => {
        if (l.kind !== 'conv' || l.bias === null) throw new Error('leave is a convolution');
        return { ...l, bias: l.bias.map((b) => b + 0.25) };
      }),
      'the bias that undoes a shift is missing a part',
    ),
  ];
}

/** The strided block of equal width whose learned projection is taken for the identity. */
function projectionLost(): Pair {
  const n = drawStrided(new Random(2110), 4, 4);
  const identity: Filter = dirac(4, 1);
  const norm = { scale: [1, 1, 1, 1], offset: [0, 0, 0, 0], mean: [0, 0, 0, 0] };
  const none = { ...norm, variance: [1, 1, 1, 1], epsilon: 0 };
  const lost = { ...n, shortcut: { filter: identity, norm: none } };
  return different(
    'projection-lost',
    residual(n),
    plain(lost, straight, 'folded'),
    'bug 2: stride 2, 4 → 4 channels, Dirac for the projection',
  );
}

/** A shortcut masked by m, rectified: relu(m·x) is max(m, 0)·x only where x ≥ 0. */
function maskedShortcut(): Pair {
  const random = new Random(2120);
  const stem = random.filter(2, 4, 3, { bias: true });
  const branch = random.filter(4, 4, 3, { bias: true });
  const mask = [1, -0.5, 0, 0.75];
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: 'wrong-mask-rectified',
    expected: 'different',
    note: 'bug 17: the mask is rectified, not the masked value; equal for x ≥ 0 only',
    original: (s) => {
      const x = s.conv('stem', s.input(2, 5, 7), stem);
      const kept = s.relu('shortcut', s.scale('mask', x, mask));
      return s.head(s.relu('relu', s.add('add', kept, s.conv('branch', x, branch))), head);
    },
    converted: (s) => {
      const x = s.conv('stem', s.input(2, 5, 7), stem);
      const diagonal = filterFrom(dirac(4, 3), (o, i, y, z) =>
        o === i && y === 1 && z === 1 ? Math.max(mask[o], 0) : 0,
      );
      const merged = { ...diagonal, weight: diagonal.weight.map((w, k) => w + branch.weight[k]) };
      return s.head(s.relu('relu', s.conv('merged', x, { ...merged, bias: branch.bias })), head);
    },
  });
}

export function reservedChannelPairs(): Pair[] {
  return [
    sketchedPair({
      name: 'wrong-block-on-signed-input',
      expected: 'different',
      note: 'bug 1: right for inputs in [0, 1], claimed for all',
      ...blockOnInput(new Random(2130)),
    }),
    ...inverted(),
    projectionLost(),
    maskedShortcut(),
  ];
}
