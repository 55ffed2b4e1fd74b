/** MathML data as markup. */
import type { MathElement } from '../../formula/math-element.ts';
import { markup, type Markup } from './markup.ts';

function inner({ children }: MathElement): readonly (Markup | string)[] {
  return children.map((child) => (typeof child === 'string' ? child : element(child)));
}

function element(part: MathElement): Markup {
  const content = inner(part);
  switch (part.tag) {
    case 'mrow':
      return markup`<mrow>${content}</mrow>`;
    case 'mi':
      return markup`<mi>${content}</mi>`;
    case 'mn':
      return markup`<mn>${content}</mn>`;
    case 'mo':
      return markup`<mo>${content}</mo>`;
    case 'mtext':
      return markup`<mtext>${content}</mtext>`;
    case 'mfrac':
      return markup`<mfrac>${content}</mfrac>`;
    case 'msqrt':
      return markup`<msqrt>${content}</msqrt>`;
    case 'msub':
      return markup`<msub>${content}</msub>`;
    case 'msup':
      return markup`<msup>${content}</msup>`;
    case 'munder':
      return markup`<munder>${content}</munder>`;
  }
}

/** In the line of text, or on a line of its own. */
export function math(part: MathElement, display: 'inline' | 'block' = 'inline'): Markup {
  return markup`<math display="${display}">${element(part)}</math>`;
}
