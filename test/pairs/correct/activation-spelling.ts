/**
 * One piecewise linear function in several spellings: ReLU6 as a clip, as two clips, as a difference of
 * two ReLUs; leaky ReLU as PReLU and as a sum of ReLUs; |x|; hard sigmoid as a clip.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import { fold } from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

type Activation = (s: Sketch, x: TensorId, name: string) => TensorId;

const width = 4;

const relu6: Activation = (s, x, name) => s.clip(name, x, 0, 6);
const cappedRelu: Activation = (s, x, name) => s.clip(`${name}.cap`, s.relu(name, x), -Infinity, 6);
const maximumOfMinimum: Activation = (s, x, name) =>
  s.clip(`${name}.max`, s.clip(`${name}.min`, x, -Infinity, 6), 0, Infinity);
const perChannel: Activation = (s, x, name) => s.clip(name, x, [0, 0, 0, 0], [6, 6, 6, 6]);
const differenceOfRelus: Activation = (s, x, name) =>
  s.subtract(
    name,
    s.relu(`${name}.low`, x),
    s.relu(`${name}.high`, s.translate(`${name}.minus-six`, x, [-6])),
  );
const mirrored: Activation = (s, x, name) => {
  const flipped = s.translate(`${name}.flip`, s.scale(`${name}.minus`, x, [-1]), [6]);
  const clipped = s.clip(`${name}.clip`, flipped, 0, 6);
  return s.translate(`${name}.back`, s.scale(`${name}.minus2`, clipped, [-1]), [6]);
};

const slope = 0.125;
const leaky: Activation = (s, x, name) => s.leakyRelu(name, x, slope);
const parametric: Activation = (s, x, name) =>
  s.prelu(name, x, new Array<number>(width).fill(slope));
const reluPlusLinear: Activation = (s, x, name) =>
  s.add(
    name,
    s.scale(`${name}.linear`, x, [slope]),
    s.scale(`${name}.rest`, s.relu(`${name}.relu`, x), [1 - slope]),
  );
const reluOfBothSigns: Activation = (s, x, name) => {
  const negative = s.relu(`${name}.negative`, s.scale(`${name}.minus`, x, [-1]));
  return s.subtract(
    name,
    s.relu(`${name}.positive`, x),
    s.scale(`${name}.slope`, negative, [slope]),
  );
};

const absoluteSlope: Activation = (s, x, name) => s.prelu(name, x, [-1]);
const absoluteSum: Activation = (s, x, name) =>
  s.add(name, s.relu(`${name}.p`, x), s.relu(`${name}.n`, s.scale(`${name}.minus`, x, [-1])));

const hardSigmoid: Activation = (s, x, name) => s.opaque(name, x, 'hardSigmoid', 0.25, 0.5);
const hardSigmoidClip: Activation = (s, x, name) =>
  s.clip(name, s.translate(`${name}.half`, s.scale(`${name}.quarter`, x, [0.25]), [0.5]), 0, 1);
const reluTwice: Activation = (s, x, name) => s.relu(`${name}.again`, s.relu(name, x));
const relu: Activation = (s, x, name) => s.relu(name, x);
const clipFromZero: Activation = (s, x, name) => s.clip(name, x, 0, Infinity);
const preluZero: Activation = (s, x, name) => s.prelu(name, x, [0]);

export function activationSpellingPairs(): Pair[] {
  const random = new Random(1100);
  const first = random.filter(3, width, 3, { bias: true });
  const second = random.filter(width, width, 3, { bias: true });
  const norm = random.norm(width);
  const head = random.filter(width, 3, 1, { bias: true });
  const network = (activation: Activation, folded: boolean) => (s: Sketch) => {
    let x = activation(s, s.conv('conv1', s.input(3, 5, 7), first), 'act1');
    x = folded
      ? s.conv('conv2', x, fold(second, norm))
      : s.norm('bn', s.conv('conv2', x, second), norm);
    return s.head(activation(s, x, 'act2'), head);
  };
  const cases: readonly (readonly [string, Activation, Activation])[] = [
    ['relu6-capped', relu6, cappedRelu],
    ['relu6-min-max', relu6, maximumOfMinimum],
    ['relu6-per-channel', relu6, perChannel],
    ['relu6-difference', relu6, differenceOfRelus],
    ['relu6-mirrored', relu6, mirrored],
    ['leaky-as-prelu', leaky, parametric],
    ['leaky-as-sum', leaky, reluPlusLinear],
    ['leaky-both-signs', leaky, reluOfBothSigns],
    ['absolute-value', absoluteSlope, absoluteSum],
    ['hard-sigmoid-clip', hardSigmoid, hardSigmoidClip],
    ['relu-twice', relu, reluTwice],
    ['relu-as-clip', relu, clipFromZero],
    ['relu-as-prelu', preluZero, relu],
  ];
  return [
    ...cases.map(([name, a, b]) =>
      sketchedPair({
        name,
        expected: 'exact',
        note: 'one function, two spellings',
        original: network(a, false),
        converted: network(b, false),
      }),
    ),
    sketchedPair({
      name: 'relu6-min-max-folded',
      expected: 'rounded',
      note: 'another spelling and a folded batch norm in one conversion',
      original: network(relu6, false),
      converted: network(maximumOfMinimum, true),
    }),
  ];
}
