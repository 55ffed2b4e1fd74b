/** Mistakes in a block point at their line; what is right has none. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { block, type Block } from '../../src/audit/block.ts';

const lines = readFileSync(import.meta.filename, 'utf8').split('\n');

/** The one mistake, which has to be on the line that says so. */
function mistakeOf({ mistakes }: Block): string {
  expect(mistakes).toHaveLength(1);
  const [{ place, reason }] = mistakes;
  expect(place?.file).toBe(import.meta.filename);
  expect(lines[(place?.line ?? 0) - 1]).toContain('// here');
  return reason;
}

test('channels that differ', () => {
  const wrong = block('wrong', ({ x, conv, add }) => {
    const wide = conv(x, { channels: '2*C' });
    return add(x, wide); // here
  });
  expect(mistakeOf(wrong)).toBe('an add of C and of 2·C channels: x and conv1');
});

test('channels that are the same in other words', () => {
  const right = block('right', ({ x, conv, add }) => {
    return add(conv(x, { channels: '2*(C - R) + 2*R' }), conv(x, { channels: 'C + C' }));
  });
  expect(right.mistakes).toEqual([]);
});

test('images that differ', () => {
  const wrong = block('wrong', ({ x, conv, add }) => {
    const half = conv(x, { stride: 2 });
    return add(half, conv(x, { stride: 's' })); // here
  });
  expect(mistakeOf(wrong)).toBe('an add of images of different sizes: conv1 and conv2');
});

test.each(['C +', 'C/(M + 1)', 'f(C)', '0'])('%s is no size', (channels) => {
  const wrong = block('wrong', ({ x, conv }) => {
    return conv(x, { channels }); // here
  });
  expect(mistakeOf(wrong)).toContain('channels');
});

test('groups that are not whole', () => {
  const wrong = block('wrong', ({ x, conv }) => {
    const six = conv(x, { channels: 6 });
    return conv(six, { groups: 4, channels: 8 }); // here
  });
  expect(mistakeOf(wrong)).toBe('6 channels are no 4 whole groups');
});

test('a value of another block', () => {
  const other = block('other', ({ x }) => x);
  const wrong = block('wrong', ({ relu }) => {
    return relu(other.output); // here
  });
  expect(mistakeOf(wrong)).toBe('a layer reads something that is no value of this block');
});
