/** Conversions that are right only for inputs in a range the user states. */
import type { Model } from '../../../src/model/model.ts';
import {
  fold,
  biasOf,
  besideGroups,
  columns,
  dirac,
  rows,
  scaleColumns,
  scaleRows,
  tap,
} from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

/** One residual block that reads the input of the model, with a plain ReLU on what it reserves. */
export function blockOnInput(random: Random): {
  readonly original: (s: Sketch) => Model;
  readonly converted: (s: Sketch) => Model;
} {
  const first = random.filter(3, 4, 3);
  const firstNorm = random.norm(4);
  const second = random.filter(4, 3, 3);
  const secondNorm = random.norm(3);
  const head = random.filter(3, 2, 1, { bias: true });
  return {
    original: (s) => {
      const x = s.input(3, 5, 7);
      const y = s.relu('relu1', s.norm('bn1', s.conv('conv1', x, first), firstNorm));
      const branch = s.norm('bn2', s.conv('conv2', y, second), secondNorm);
      return s.head(s.relu('relu2', s.add('add', x, branch)), head);
    },
    converted: (s) => {
      const x = s.conv('conv1', s.input(3, 5, 7), rows(dirac(3, 3), fold(first, firstNorm)));
      const merged = columns(dirac(3, 3), fold(second, secondNorm));
      return s.head(s.relu('relu2', s.conv('conv2', s.relu('relu1', x), merged)), head);
    },
  };
}

/** ReLU6 behind one convolution whose values stay below 6 for small inputs. */
function neverReached(): Pair {
  const random = new Random(1500, 'coarse');
  const first = random.filter(1, 4, 3);
  const second = random.filter(4, 4, 1, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  const network = (upper: number) => (s: Sketch) => {
    const x = s.clip('act', s.conv('conv1', s.input(1, 5, 7), first), 0, upper);
    return s.head(s.relu('relu', s.conv('conv2', x, second)), head);
  };
  // Nine weights of at most 1 on inputs of at most 1/2 sum to at most 4.5.
  return sketchedPair({
    name: 'relu6-never-reached',
    expected: 'exact',
    note: 'ReLU6 is ReLU on values below 6',
    original: network(6),
    converted: network(Infinity),
    inputRange: { lower: -0.5, upper: 0.5 },
  });
}

/** A linear bottleneck fed by the input through one convolution, reserved by a shift into [0, 6]. */
function shifted(): Pair {
  const random = new Random(1510, 'coarse');
  const range = { lower: -2, upper: 3 };
  const stem = random.filter(2, 3, 3, { bias: true });
  const expand = random.filter(3, 5, 1, { bias: true });
  const depthwise = random.filter(5, 5, 3, { groups: 5, bias: true });
  const project = random.filter(5, 3, 1, { bias: true });
  const head = random.filter(3, 3, 1, { bias: true });
  const bounds = Array.from({ length: 3 }, (_, o) => {
    let [low, high] = [biasOf(stem, o), biasOf(stem, o)];
    for (let i = 0; i < 2; i++) {
      for (let y = 0; y < 3; y++) {
        for (let x = 0; x < 3; x++) {
          // Padding reads zero, which lies inside the range.
          const w = tap(stem, o, i, y, x);
          low += Math.min(w * range.lower, w * range.upper);
          high += Math.max(w * range.lower, w * range.upper);
        }
      }
    }
    return { low, high };
  });
  const factor = bounds.map(({ low, high }) => 2 ** -Math.ceil(Math.log2((high - low) / 5)));
  const shift = bounds.map(({ low }, c) => Math.ceil(-low * factor[c] * 4) / 4);
  const back = factor.map((f) => 1 / f);
  const original = (s: Sketch): Model => {
    const x = s.conv('stem', s.input(2, 5, 7), stem);
    let y = s.clip('act1', s.conv('expand', x, expand), 0, 6);
    y = s.clip('act2', s.conv('depthwise', y, depthwise), 0, 6);
    return s.head(s.add('add', x, s.conv('project', y, project)), head);
  };
  const converted = (s: Sketch): Model => {
    const x = s.conv('stem', s.input(2, 5, 7), stem);
    const spread = { ...scaleRows(dirac(3, 1), factor), bias: shift };
    const recover = { ...scaleColumns(dirac(3, 1), back), bias: shift.map((b, c) => -b * back[c]) };
    let y = s.clip('act1', s.conv('expand', x, rows(spread, expand)), 0, 6);
    y = s.conv('depthwise', y, besideGroups(dirac(3, 3, 3), depthwise));
    return s.head(s.conv('project', s.clip('act2', y, 0, 6), columns(recover, project)), head);
  };
  return sketchedPair({
    name: 'inverted-residual-shift-input-range',
    expected: 'exact',
    note: 'the range of the shortcut follows from the range of the input',
    original,
    converted,
    inputRange: range,
  });
}

export function statedRangePairs(): Pair[] {
  return [
    sketchedPair({
      name: 'block-on-non-negative-input',
      expected: 'rounded',
      note: 'a plain ReLU reserves inputs that are never negative',
      ...blockOnInput(new Random(2130)),
      inputRange: { lower: 0, upper: 1 },
    }),
    neverReached(),
    shifted(),
  ];
}
