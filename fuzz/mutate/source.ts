/**
 * One change to a program's text, token by token: dropped, repeated, moved, or another literal.
 *
 * The files are run by whoever reads them, so nothing is put in that loops or touches the system: what such a
 * program does is its author's business, how its failure is told is ours.
 */
import type { Draw } from '../draw.ts';
import { texts, whole } from './dictionary.ts';

const token = /\s+|\/\*[\s\S]*?\*\/|\/\/[^\n]*|'[^'\n]*'|"[^"\n]*"|`[^`]*`|\w+|=>|[^\w\s]/g;

function literal(draw: Draw): string {
  const ways: readonly (() => string)[] = [
    () => String(draw.pick(whole)),
    () => JSON.stringify(draw.pick(texts)),
    () =>
      draw.pick(['null', 'undefined', 'NaN', '-1', '0', '{}', '[]', 'x', '() => x', '1.5', '1n']),
    () => draw.pick(['Symbol()', 'new Proxy({}, {})', 'Object.create(null)', 'Promise.reject(1)']),
    () =>
      draw.pick(['(() => { throw null; })()', 'await 1', 'this', 'import.meta', 'block', 'async']),
  ];
  return draw.pick(ways)();
}

export function mutateSource(text: string, draw: Draw): string {
  const tokens: string[] = text.match(token) ?? [];
  const at = draw.below(tokens.length);
  switch (draw.below(5)) {
    case 0:
      tokens.splice(at, draw.amount(4));
      break;
    case 1:
      tokens.splice(at, 0, ...tokens.slice(at, at + draw.amount(20)));
      break;
    case 2: {
      const other = draw.below(tokens.length);
      [tokens[at], tokens[other]] = [tokens[other], tokens[at]];
      break;
    }
    default: {
      const values = [...tokens.keys()].filter((k) => /^['"`\w]/.test(tokens[k]));
      if (values.length > 0) tokens[draw.pick(values)] = literal(draw);
    }
  }
  return tokens.join('');
}
