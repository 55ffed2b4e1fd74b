import { describe, expect, test } from 'vitest';
import { ModelBuilder } from '../../src/model/builder.ts';
import type { LayerSpec, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { noPadding } from '../../src/model/shape.ts';
import { findShortcuts, type Shortcut } from '../../src/model/shortcuts.ts';

const pixel = { y: 1, x: 1 };

function conv(name: string, input: TensorId, channels = 2, stride = 1): LayerSpec {
  return {
    kind: 'conv',
    name,
    inputs: [input],
    weight: new Float32Array(channels * 2).fill(1),
    bias: null,
    outChannels: channels,
    kernel: pixel,
    groups: 1,
    strides: { y: stride, x: stride },
    dilations: pixel,
    pads: noPadding,
  };
}

function relu(name: string, input: TensorId): LayerSpec {
  return { kind: 'relu', name, inputs: [input] };
}

function add(name: string, a: TensorId, b: TensorId): LayerSpec {
  return { kind: 'add', name, inputs: [a, b] };
}

function build(body: (builder: ModelBuilder, x: TensorId) => TensorId): Model {
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels: 2, height: 4, width: 4 });
  builder.output('y', body(builder, x));
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

function describeOne(model: Model, found: Shortcut): string {
  const names = (side: Shortcut['branch']): string => side.map((layer) => layer.name).join(' ');
  const fork = model.tensors[found.fork].name;
  return `${found.add.name}: ${found.kind} from ${fork}, [${names(found.shortcut)}] beside [${names(found.branch)}]`;
}

function shortcutsOf(model: Model): readonly string[] {
  return findShortcuts(model).map((found) => describeOne(model, found));
}

describe('findShortcuts', () => {
  test.each([false, true])('an identity block, operands swapped: %s', (swapped) => {
    const model = build((b, x) => {
      const stem = b.add(relu('stem', x));
      const inner = b.add(relu('act', b.add(conv('conv1', stem))));
      const end = b.add(conv('conv2', inner));
      return b.add(swapped ? add('sum', stem, end) : add('sum', end, stem));
    });
    expect(shortcutsOf(model)).toEqual(['sum: identity from stem, [] beside [conv1 act conv2]']);
  });

  test('a projection is the linear side, even where it is as long as the branch', () => {
    const model = build((b, x) => {
      const inner = b.add(relu('act', b.add(conv('conv1', x, 2, 2))));
      const first = b.add(conv('down1', x));
      const side = b.add(conv('down2', first, 2, 2));
      return b.add(add('sum', side, inner));
    });
    expect(shortcutsOf(model)).toEqual([
      'sum: projection from x, [down1 down2] beside [conv1 act]',
    ]);
  });

  test('the fork is the nearest common dominator, not the nearest common ancestor', () => {
    // `bypass` goes round `mid`, so both operands descend from `mid` but it does not dominate them.
    const model = build((b, x) => {
      const stem = b.add(relu('stem', x));
      const mid = b.add(relu('mid', stem));
      const left = b.add(conv('left', mid));
      const bypass = b.add(conv('bypass', stem));
      const inner = b.add(add('inner', left, bypass));
      return b.add(add('outer', inner, mid));
    });
    expect(shortcutsOf(model)).toEqual([
      'inner: projection from stem, [bypass] beside [mid left]',
      'outer: other from stem, [mid] beside [mid left bypass inner]',
    ]);
  });

  test('nested shortcuts: the outer branch holds the inner block', () => {
    const model = build((b, x) => {
      const first = b.add(relu('first', b.add(conv('a', x))));
      const inner = b.add(add('inner', b.add(conv('c', b.add(relu('r', first)))), first));
      return b.add(add('outer', inner, x));
    });
    expect(shortcutsOf(model)).toEqual([
      'inner: identity from first, [] beside [r c]',
      'outer: identity from x, [] beside [a first r c inner]',
    ]);
  });

  test('two linear sides are no projection', () => {
    const model = build((b, x) => b.add(add('sum', b.add(conv('k', x)), b.add(conv('p', x)))));
    expect(shortcutsOf(model)).toEqual(['sum: other from x, [p] beside [k]']);
  });

  test('x + x, and a broadcast operand, are "other"', () => {
    const model = build((b, x) => {
      const twice = b.add(add('twice', x, x));
      const mean = b.add({ kind: 'globalAveragePool', name: 'mean', inputs: [twice] });
      return b.add(add('spread', twice, mean));
    });
    expect(shortcutsOf(model)).toEqual([
      'twice: other from x, [] beside []',
      'spread: other from twice, [] beside [mean]',
    ]);
  });

  test('operands from two inputs share no fork', () => {
    const builder = new ModelBuilder();
    const shape = { channels: 2, height: 4, width: 4 };
    const sum = builder.add(add('sum', builder.input('x', shape), builder.input('z', shape)));
    builder.output('y', sum);
    const model = builder.finish();
    expect(model.ok && findShortcuts(model.value)).toEqual([]);
  });

  test('long chains, with every addition forking far back, take logarithmic steps each', () => {
    const length = 20_000;
    const model = build((b, x) => {
      let deep = x;
      for (let i = 0; i < length; i++) deep = b.add(relu(`r${i}`, deep));
      let tensor = deep;
      for (let i = 0; i < length; i++)
        tensor = b.add(add(`s${i}`, b.add(relu(`t${i}`, tensor)), tensor));
      return tensor;
    });
    // Of the processor: the machine may have other work.
    const start = process.cpuUsage();
    const found = findShortcuts(model);
    const elapsed = process.cpuUsage(start).user / 1000;
    expect(found.length).toBe(length);
    expect(found.every((one) => one.kind === 'identity' && one.branch.length === 1)).toBe(true);
    // Measured at 90 ms, cold, for 60,000 layers; climbing parent by parent from the root would be 4·10⁸ steps.
    expect(elapsed).toBeLessThan(1000);
  });
});
