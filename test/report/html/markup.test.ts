import { describe, expect, test } from 'vitest';
import { Markup, markup } from '../../../src/report/html/markup.ts';

describe('text becomes markup only by being escaped', () => {
  test.each([
    ['between tags', '<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    ['with controls that end a line of a terminal', 'a\u001b[31mb', 'a\u{fffd}[31mb'],
    ['with marks that reorder it', 'a\u202eb\u2066', 'a\u{fffd}b\u{fffd}'],
    ['with characters that cannot be seen', 'a\u200bb\ufeff', 'a\u{fffd}b\u{fffd}'],
    ['with half of a pair', 'a\ud800', 'a\u{fffd}'],
  ])('%s', (_, text, expected) => {
    expect(markup`<p title="${text}">${text}</p>`.toString()).toBe(
      `<p title="${expected}">${expected}</p>`,
    );
  });

  test('in lists, numbers and nothing at all', () => {
    const items = ['<', 1, null, markup`<i>${'&'}</i>`];
    expect(markup`<p>${items}</p>`.toString()).toBe('<p>&lt;1<i>&amp;</i></p>');
  });
});

test('what looks like markup is not taken for it', () => {
  const impostor: object = { toString: () => '<script>', '#text': '<script>' };
  // The types forbid it; a page that got one all the same must not be made.
  expect(() => Reflect.apply(markup, null, [['<p>', '</p>'], impostor])).toThrow();
});

describe('a template that would let text be something else is refused', () => {
  test('an attribute without quotes', () => {
    expect(() => markup`<p title=${'a onclick=x'}></p>`).toThrow(/outside of quotes/);
  });
  test('the name of an attribute', () => {
    expect(() => markup`<p ${'onclick'}="x"></p>`).toThrow(/outside of quotes/);
  });
  test('the name of a tag', () => {
    expect(() => markup`<${'script'}></p>`).toThrow(/outside of quotes/);
  });
  test('quotes that are not the ones escaped for', () => {
    expect(() => markup`<p title='${'x'}'></p>`).toThrow(/quoted with/);
  });
});

test('line breaks of the source are not part of a page', () => {
  const page = markup`<p
    class="a">
    <b>one</b>
    two
  </p>`;
  expect(page.toString()).toBe('<p class="a"><b>one</b>two</p>');
});

test('a script that would end its own element is no asset', () => {
  expect(() => Markup.asset('const a = "</script>";')).toThrow();
  expect(() => Markup.asset('<!-- x')).toThrow();
});
