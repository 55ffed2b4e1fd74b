import { expect, test } from 'vitest';
import { verdictText } from '../../src/report/terminal.ts';
import { exact, refuted, rounded, undecided } from './records.ts';

test('an exact proof says so in its first line and lists its assumptions', () => {
  expect(verdictText(exact)).toBe(`\
Proved: for every input the two models compute the same function.
  grade               exact: every coefficient is the same real number
  by theorems         naming; \`plainproof prove <name>\` shows one
  assuming            - exact real arithmetic
                      - every input lies in [0, 1]
  original            a.onnx (11,689,512 parameters, 1.82 G MACs)
  converted           b.onnx (20,182,632 parameters, 3.60 G MACs)
  time                0.81 s, of which reading 0.31 s
`);
});

test('a proof by many theorems names the first and counts the others', () => {
  const line = verdictText(rounded)
    .split('\n')
    .find((row) => row.startsWith('  by theorems'));
  expect(line).toBe(
    '  by theorems         batch-norm-affine, dirac-convolution, and 1 more (--json); ' +
      '`plainproof prove <name>` shows one',
  );
});

test('a rounded proof does not claim the same function, and rounds its bound up', () => {
  const [headline, grade, largest] = verdictText(rounded).split('\n');
  expect(headline).toBe(
    'Proved, up to rounded weights: for every input the converted model computes the function ' +
      'of the original with no coefficient off by more than 0.501 units in the last place.',
  );
  expect(grade).toBe('  grade               rounded');
  expect(largest).toBe(
    '  largest rounding    0.501 float32 units in the last place, at layer1.0.conv1, channel 12',
  );
});

test('kernels are judged by their worst layer, of either model', () => {
  const lines = verdictText(rounded)
    .split('\n')
    .filter((line) => line.includes('kernel '));
  expect(lines).toEqual([
    '  kernel wasm         all 70 layers of both models within float32 rounding; largest error 0.25 of the bound, at conv1',
    '  kernel cpu          NOT every layer is within float32 rounding; largest error 3 of the bound, at fc',
  ]);
});

test('a refutation names layer, channel, cause, coefficients, input, gap, bound and replays', () => {
  expect(verdictText(refuted)).toBe(`\
Refuted: there is an input on which the two models differ.
  layer               layer2.0.conv2, channel 3
  closest original    layer2.0.add, channel 3
  cause               a coefficient differs
  coefficient of      layer1.1.relu2 channel 3 at tap (0,0)
  coefficients        0.10000000149011612 in the original, 1 in the converted model
  input               [0.1, -2, 3, 4, … 5 values]
  output              logits[1]: 2.5 in the original, 2.25 in the converted model
  gap                 0.25, where 1.235e-9 could be noise (rigorous float64 error bound)
  rounded parameters  explain 2.5e-7 of it (measured)
  on wasm             gap 0.25 end to end, 0.125 at the first differing layer
  on cpu              gap 0.25 end to end
  assuming            - exact real arithmetic
  original            a.onnx (11,689,512 parameters, 1.82 G MACs)
  converted           b.onnx (20,182,632 parameters, 3.60 G MACs)
  time                0.81 s, of which reading 0.31 s
`);
});

test('a refutation by one channel says what was seen there, and on what grounds it counts', () => {
  if (refuted.verdict.verdict !== 'refuted') throw new Error('another verdict');
  const { counterexample } = refuted.verdict;
  const channel = {
    gap: 0.5,
    bound: 1e-12,
    boundKind: '1000 × measured float64 noise',
    roundingNoise: 0.001,
  } as const;
  const traced = {
    ...refuted,
    verdict: { ...refuted.verdict, counterexample: { ...counterexample, channel } },
  };
  expect(verdictText(traced)).toContain(
    '  at that channel     gap 0.5, where 1e-12 could be noise (1000 × measured float64 noise) ' +
      'and rounded parameters explain 0.001; with the original’s channel in its place the models are proved equal\n',
  );
});

test('an undecided verdict gives its reason in its first line', () => {
  expect(verdictText(undecided).split('\n')[0]).toBe(
    'Undecided: b.onnx: node7: operator LSTM is not understood',
  );
});
