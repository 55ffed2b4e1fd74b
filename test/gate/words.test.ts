import { expect, test } from 'vitest';
import { shellLine, splitWords } from '../../src/gate/words.ts';

test.each<[string, readonly string[] | null]>([
  ['python  convert.py {input}\t{output}', ['python', 'convert.py', '{input}', '{output}']],
  [`sh -c 'a "b" c' x`, ['sh', '-c', 'a "b" c', 'x']],
  [`a"b c"d ''`, ['ab cd', '']],
  ['', []],
  ['a "b', null],
])('%s', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});

test('a shell reads back the words', () => {
  const words = ['plain/path.onnx', 'two words', `it's`, '$HOME', ''];
  expect(shellLine(words)).toBe(`plain/path.onnx 'two words' 'it'\\''s' '$HOME' ''`);
});
