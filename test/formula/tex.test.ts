/** Formulas as TeX. */
import { expect, test } from 'vitest';
import * as pointwise from '../../src/formula/pointwise.ts';
import * as positional from '../../src/formula/positional.ts';
import { tex } from '../../src/formula/tex.ts';

test('a batch norm', () => {
  expect(tex(pointwise.batchNorm).replaceAll(' ', '')).toBe(
    String.raw`\frac{\gamma_{o}}{\sqrt{\sigma^2_{o}+\varepsilon}}\cdot\left(t-\mu_{o}\right)+\beta_{o}`,
  );
});

test('a dense layer', () => {
  expect(tex(positional.biasedDense).replaceAll(' ', '')).toBe(
    String.raw`\sum_{c<C}w\left(o,c\right)\cdotx\left(c,p,q\right)+b_{o}`,
  );
});

test.each(Object.entries({ ...pointwise, ...positional }))(
  '%s has balanced braces and no command that runs into a letter',
  (_, formula) => {
    const text = tex(formula);
    expect(text.split('{').length).toBe(text.split('}').length);
    const known =
      /^\\(frac|gamma|cdot|left|right|mu|sqrt|sigma|varepsilon|beta|alpha|pi|max|min|exp|tanh|sum|mathrm|bmod|lfloor|rfloor|le|begin|end|quad|text|geq|wedge|;|\\)$/;
    for (const [command] of text.matchAll(/\\([A-Za-z]+|.)/g)) expect(command).toMatch(known);
  },
);
