/**
 * HTML that cannot be injected into: text becomes markup only by being escaped, and nothing else is put in.
 *
 * `markup` is a template tag. What stands in the template is the author's; what is filled in is escaped, unless it * is markup itself. Text may only be filled in between tags or inside a quoted attribute, never as a tag's or an * attribute's name: that is checked when the page is made, so a template that breaks the rule cannot be * shipped. Characters that no page needs and that make a name look like another one are shown as U+FFFD. */ type Filling =
  Markup | string | number | null | readonly Filling[];
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Controls, surrogates without a partner, marks that reorder text, and characters that cannot be seen. */ const unseemly =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\u{200b}\u{2060}\u{feff}\u{e0000}-\u{e007f}]/gu;
function harmless(text: string): string {
  return text.replace(unseemly, (c) => (c === '\n' || c === '\t' ? c : '\u{fffd}'));
}
function escaped(text: string): string {
  return harmless(text).replace(/[&<>"']/g, (c) => entities[c]);
}
/** Only this module makes one. */ export class Markup {
  readonly #text: string;
  private constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
  static of(strings: TemplateStringsArray, fillings: readonly Filling[]): Markup {
    const { pieces, bare } = templateOf(strings);
    let text = pieces[0];
    for (const [i, filling] of fillings.entries()) {
      if (bare.has(i) && filling !== null && !(filling instanceof Markup)) {
        throw new Error(`text in a tag outside of quotes: …${pieces[i].slice(-40)}`);
      }
      text += filled(filling) + pieces[i + 1];
    }
    return new Markup(text);
  }

  /** Text of the project's own: the style sheet and the script of a page. Throws where it would end its element. */
  static asset(text: string): Markup {
    if (/<\/|<!--/.test(text)) throw new Error('an asset holds the end of its own element');
    return new Markup(text);
  }
}

function filled(filling: Filling): string {
  if (filling === null) return '';
  if (filling instanceof Markup) return filling.toString();
  if (typeof filling === 'string') return escaped(filling);
  if (typeof filling === 'number') return escaped(String(filling));
  return filling.map(filled).join('');
}

interface Template {
  /** Without the line breaks that are there for whoever reads the source. */
  readonly pieces: readonly string[];
  /** Gaps inside a tag but not inside quotes. */
  readonly bare: ReadonlySet<number>;
}

const templates = new WeakMap<TemplateStringsArray, Template>();

function templateOf(strings: TemplateStringsArray): Template {
  const known = templates.get(strings);
  if (known !== undefined) return known;
  const pieces = strings.map((string) =>
    string
      .replaceAll(/>\s*\n\s*/g, '>')
      .replaceAll(/\s*\n\s*</g, '<')
      .replaceAll(/\s*\n\s*/g, ' '),
  );
  const bare = new Set<number>();
  let place: 'text' | 'tag' | 'value' = 'text';
  for (const [i, piece] of pieces.entries()) {
    for (const c of piece) {
      if (place === 'text' && c === '<') place = 'tag';
      else if (place === 'tag' && c === '>') place = 'text';
      else if (place === 'tag' && c === "'") throw new Error('attributes are quoted with "');
      else if (place === 'tag' && c === '"') place = 'value';
      else if (place === 'value' && c === '"') place = 'tag';
    }
    if (place === 'tag') bare.add(i);
  }
  const template = { pieces, bare };
  templates.set(strings, template);
  return template;
}

export function markup(strings: TemplateStringsArray, ...fillings: readonly Filling[]): Markup {
  return Markup.of(strings, fillings);
}

export const nothing = markup``;
