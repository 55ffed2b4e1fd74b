/**
 * A strict reader of the XML that has elements and attributes and nothing else, for tests of what is written.
 * Anything it does not know, an entity or a character that XML 1.0 forbids included, is an error.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

function value(text: string): string {
  if (/[<>"\n\t\r]|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) {
    throw new Error(`not escaped: ${text}`);
  }
  const plain = text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code === undefined ? named[name ?? ''] : String.fromCodePoint(Number(code)),
  );
  if (forbidden.test(plain)) throw new Error(`no character of XML: ${JSON.stringify(plain)}`);
  return plain;
}

export function parseXml(text: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!text.startsWith(declaration)) throw new Error('no declaration');
  let rest = text.slice(declaration.length).trim();
  const take = (pattern: RegExp): RegExpMatchArray | null => {
    const match = pattern.exec(rest);
    if (match !== null) rest = rest.slice(match[0].length);
    return match;
  };
  const element = (): XmlElement => {
    const name = take(/^\s*<(\w+)/)?.[1];
    if (name === undefined) throw new Error(`no element: ${rest.slice(0, 60)}`);
    const attributes: Record<string, string> = {};
    for (let at = take(/^ (\w+)="([^"]*)"/); at !== null; at = take(/^ (\w+)="([^"]*)"/)) {
      if (Object.hasOwn(attributes, at[1])) throw new Error(`${at[1]} twice`);
      attributes[at[1]] = value(at[2]);
    }
    const children: XmlElement[] = [];
    if (take(/^\/>/) !== null) return { name, attributes, children };
    if (take(/^>/) === null) throw new Error(`${name} is not ended: ${rest.slice(0, 60)}`);
    while (!/^\s*<\//.test(rest)) children.push(element());
    if (take(/^\s*<\/(\w+)>/)?.[1] !== name) throw new Error(`${name} is not closed`);
    return { name, attributes, children };
  };
  const root = element();
  if (rest.trim() !== '') throw new Error(`after the end: ${rest.slice(0, 60)}`);
  return root;
}
