/** Channel selections, Pad, Gemm and MatMul, against onnxruntime. */
import { describe, expect, test } from 'vitest';
import { chain, graph, refusal, weights, type Step } from './chain.ts';
import { float, i64, scalar, type Graph, type Node, type Tensor } from './encoder.ts';
import { faithful, kinds } from './oracle.ts';

describe('channels', () => {
  const selection = async (wanted: Graph): Promise<readonly number[][]> => {
    const model = await faithful(wanted);
    return model.layers.map((l) => (l.kind === 'select' ? [...l.channels] : []));
  };

  test.each<[string, readonly number[], readonly number[]]>([
    ['from the start', [0, 2, 1, 1], [0, 1]],
    ['from the end', [-3, 2 ** 31, 1, 1], [3, 4, 5]],
    ['stepping', [1, 6, 1, 2], [1, 3, 5]],
    ['backwards', [-1, -7, 1, -1], [5, 4, 3, 2, 1, 0]],
    ['backwards to the very start', [3, -(2 ** 40), -3, -2], [3, 1]],
    ['cut off at the end', [4, 100, 1, 1], [4, 5]],
  ])('Slice %s', async (_, [start, end, axis, step], expected) => {
    const constants = [i64('a', start), i64('b', end), i64('c', axis), i64('d', step)];
    const options = { dims: [1, 6, 2, 2] };
    expect(await selection(chain([['Slice', ['a', 'b', 'c', 'd']]], constants, options))).toEqual([
      expected,
    ]);
    if (step !== 1) return;
    const old = chain(
      [['Slice', [], { starts: [start], ends: [Math.min(end, 2 ** 31 - 1)], axes: [axis] }]],
      [],
      {
        ...options,
        opset: 9,
      },
    );
    expect(await selection(old)).toEqual([expected]);
  });

  test('Slice of everything is nothing, of rows it is refused', async () => {
    const whole = chain(
      [
        ['Slice', ['a', 'b']],
        ['Relu', []],
      ],
      [i64('a', 0, 0), i64('b', 1, 99)],
    );
    expect(kinds(await faithful(whole))).toEqual(['relu']);
    const rows = [i64('a', 1), i64('b', 3), i64('c', 2)];
    expect(await refusal(chain([['Slice', ['a', 'b', 'c']]], rows))).toBe('unsupported-operator');
    const none = [i64('a', 3), i64('b', 3), i64('c', 1)];
    expect(await refusal(chain([['Slice', ['a', 'b', 'c']]], none))).toBe('bad-shape');
    const still = [i64('a', 0), i64('b', 3), i64('c', 1), i64('d', 0)];
    expect(await refusal(chain([['Slice', ['a', 'b', 'c', 'd']]], still))).toBe('bad-attribute');
  });

  test.each<
    [string, number, readonly string[], NonNullable<Node['attributes']>, readonly Tensor[]]
  >([
    ['by an attribute', 11, [], { axis: 1, split: [1, 3, 2] }, []],
    ['by an input', 13, ['s'], { axis: -3 }, [i64('s', 1, 3, 2)]],
    ['in equal parts', 13, [], { axis: 1 }, []],
    ['by their number', 18, [], { axis: 1, num_outputs: 3 }, []],
  ])('Split %s', async (_, opset, more, attributes, initializers) => {
    const nodes: readonly Node[] = [
      { operator: 'Split', inputs: ['x', ...more], outputs: ['a', 'b', 'c'], attributes },
      { operator: 'Concat', inputs: ['c', 'a', 'b'], outputs: ['y'], attributes: { axis: 1 } },
    ];
    const model = await faithful(graph(nodes, initializers, { dims: [1, 6, 2, 2], opset }));
    expect(kinds(model)).toEqual(['select', 'select', 'select', 'concat']);
  });

  test('Split in parts that do not add up', async () => {
    const nodes: readonly Node[] = [
      { operator: 'Split', inputs: ['x'], outputs: ['y', 'z'], attributes: { axis: 1 } },
    ];
    expect(await refusal(graph(nodes, [], { dims: [1, 5, 2, 2] }))).toBe('bad-shape');
    expect(await refusal(graph(nodes, [], { dims: [1, 5, 2, 2], opset: 18 }))).toBe('read');
  });

  test('Gather', async () => {
    const gathered = chain([['Gather', ['i'], { axis: 1 }]], [i64('i', 2, -1, 2, 0)]);
    expect(await selection(gathered)).toEqual([[2, 3, 2, 0]]);
    expect(await refusal(chain([['Gather', ['i'], { axis: 1 }]], [i64('i', 4)]))).toBe('bad-value');
    expect(await refusal(chain([['Gather', ['i'], { axis: 2 }]], [i64('i', 0)]))).toBe(
      'unsupported-operator',
    );
  });

  test('Concat over rows is refused', async () => {
    const nodes = [
      { operator: 'Concat', inputs: ['x', 'x'], outputs: ['y'], attributes: { axis: 2 } },
    ];
    expect(await refusal(graph(nodes))).toBe('unsupported-operator');
    const channels = [{ ...nodes[0], attributes: { axis: -3 } }];
    expect(kinds(await faithful(graph(channels)))).toEqual(['concat']);
  });
});

describe('Pad', () => {
  const pads = [0, 0, 1, 0, 0, 0, 2, 3];
  test.each<[string, Graph]>([
    ['by attributes', chain([['Pad', [], { pads, value: float(1.5) }]], [], { opset: 10 })],
    ['by inputs', chain([['Pad', ['p', 'v']]], [i64('p', ...pads), scalar('v', -2)])],
    ['with zero', chain([['Pad', ['p']]], [i64('p', ...pads)])],
    [
      'of named axes',
      chain([['Pad', ['p', '', 'a']]], [i64('p', 1, 0, 2, 3), i64('a', -2, 3)], { opset: 18 }),
    ],
  ])('%s', async (_, wanted) => {
    const model = await faithful(wanted);
    expect(model.layers).toMatchObject([
      { kind: 'pad', pads: { top: 1, left: 0, bottom: 2, right: 3 } },
    ]);
  });

  test('of one row, of nothing, and what is refused', async () => {
    const row = chain([['Pad', ['p']]], [i64('p', ...pads)], { dims: [1, 4, 1, 1] });
    expect((await faithful(row)).layers).toMatchObject([
      { pads: { top: 1, left: 0, bottom: 2, right: 3 } },
    ]);
    expect(
      (
        await faithful(
          chain(
            [
              ['Pad', ['p']],
              ['Relu', []],
            ],
            [i64('p', 0, 0, 0, 0, 0, 0, 0, 0)],
          ),
        )
      ).layers,
    ).toHaveLength(1);
    const channels = chain([['Pad', ['p']]], [i64('p', 0, 1, 0, 0, 0, 0, 0, 0)]);
    expect(await refusal(channels)).toBe('unsupported-operator');
    const reflected = chain([['Pad', ['p'], { mode: 'reflect' }]], [i64('p', ...pads)]);
    expect(await refusal(reflected)).toBe('unsupported-operator');
    const negative = chain([['Pad', ['p']]], [i64('p', 0, 0, -1, 0, 0, 0, 0, 0)]);
    expect(await refusal(negative)).toBe('unsupported-operator');
  });
});

describe('Gemm and MatMul', () => {
  const vector = { dims: [1, 4] };

  test.each<[string, Step, readonly Tensor[], readonly string[]]>([
    ['plain', ['Gemm', ['w', 'b'], {}], [weights('w', 4, 3), weights('b', 3)], ['dense']],
    [
      'transB',
      ['Gemm', ['w', 'b'], { transB: 1 }],
      [weights('w', 3, 4), weights('b', 1, 3)],
      ['dense'],
    ],
    ['no addend', ['Gemm', ['w']], [weights('w', 4, 3)], ['dense']],
    ['a scalar addend', ['Gemm', ['w', 'b']], [weights('w', 4, 3), scalar('b', 2)], ['dense']],
    [
      'exact alpha and beta',
      ['Gemm', ['w', 'b'], { alpha: float(0.5), beta: float(-2) }],
      [weights('w', 4, 3), weights('b', 3)],
      ['dense'],
    ],
    [
      'inexact alpha',
      ['Gemm', ['w', 'b'], { alpha: float(0.3) }],
      [weights('w', 4, 3), weights('b', 3)],
      ['dense', 'scale', 'translate'],
    ],
    [
      'inexact beta',
      ['Gemm', ['w', 'b'], { beta: float(0.3) }],
      [weights('w', 4, 3), weights('b', 3)],
      ['dense', 'scale', 'translate', 'scale'],
    ],
    ['MatMul', ['MatMul', ['w']], [weights('w', 4, 3)], ['dense']],
  ])('%s', async (_, step, initializers, expected) => {
    expect(kinds(await faithful(chain([step], initializers, vector)))).toEqual(expected);
  });

  test('MatMul and Add; a Gemm of a transposed vector', async () => {
    const constants = [weights('w', 4, 3), weights('b', 3)];
    const model = await faithful(
      chain(
        [
          ['MatMul', ['w']],
          ['Add', ['b']],
        ],
        constants,
        vector,
      ),
    );
    expect(kinds(model)).toEqual(['dense', 'translate']);
    const turned = chain(
      [
        ['Transpose', [], { perm: [1, 0] }],
        ['Gemm', ['w'], { transA: 1 }],
      ],
      constants,
      vector,
    );
    expect(kinds(await faithful(turned))).toEqual(['dense']);
  });

  test('what does not fit is refused', async () => {
    expect(await refusal(chain([['Gemm', ['w']]], [weights('w', 5, 3)], vector))).toBe('bad-shape');
    expect(await refusal(chain([['MatMul', ['w']]], [weights('w', 5, 3)], vector))).toBe(
      'bad-shape',
    );
    expect(await refusal(chain([['MatMul', ['w']]], [weights('w', 2, 5)]))).toBe(
      'unsupported-operator',
    );
    const wide = [weights('w', 4, 3), weights('b', 2)];
    expect(await refusal(chain([['Gemm', ['w', 'b']]], wide, vector))).toBe('unsupported-operator');
  });
});
