/**
 * What is demanded of what plainproof writes: nothing a file says becomes markup, a command or an escape.
 *
 * The page is read by a strict reader of the HTML that the renderer writes, which knows a few elements and
 * attributes and takes everything else for an injection.
 */
import { demand } from '../subject.ts';

const elements: ReadonlySet<string> = new Set(
  (
    'a abbr annotation article aside b body button caption circle code col colgroup dd defs details dialog div dl dt ' +
    'em figcaption figure footer g h1 h2 h3 h4 head header hr html i img input label legend fieldset li line ' +
    'linearGradient main mark math meta mfrac mi mn mo mover mrow mspace msqrt mstyle msub msubsup msup mtable mtd ' +
    'mtext mtr munder munderover nav ol option output p path pattern polygon polyline pre rect script section select ' +
    'semantics small span stop strong style sub summary sup svg symbol table tbody td text tfoot th thead time title tr ' +
    'tspan u ul use'
  ).split(' '),
);

const tag = /<\/?([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*\/?>/y;
const attribute = /\s+([\w:-]+)(?:="([^"<]*)")?/g;

function demandAttributes(text: string): void {
  for (const [, name, value = ''] of text.matchAll(attribute)) {
    const lower = name.toLowerCase();
    demand(!lower.startsWith('on'), `an attribute that runs: ${text}`);
    if (['href', 'src', 'xlink:href', 'action', 'formaction', 'data'].includes(lower)) {
      demand(
        /^(?:#|data:image\/png;)/.test(value),
        `a link that leads away: ${value.slice(0, 80)}`,
      );
    }
    demand(lower !== 'srcdoc', 'a document within the page');
  }
}

export function demandPage(page: string): void {
  demand(page.startsWith('<!doctype html>'), 'no page');
  let scripts = 0;
  for (let at = '<!doctype html>'.length; at < page.length;) {
    const open = page.indexOf('<', at);
    if (open < 0) break;
    tag.lastIndex = open;
    const match = tag.exec(page);
    demand(match !== null, `no tag: ${page.slice(open, open + 80)}`);
    const [whole, name, attributes] = match;
    demand(elements.has(name), `an element that no page has: ${whole.slice(0, 80)}`);
    demandAttributes(attributes);
    at = open + whole.length;
    if ((name === 'script' || name === 'style') && !whole.startsWith('</')) {
      if (name === 'script') scripts += 1;
      at = page.indexOf(`</${name}>`, at);
      demand(at >= 0, `a ${name} without an end`);
    }
  }
  demand(scripts === 1, `${scripts} scripts`);
}

/** Outside of code, no tag but those of a fold. */
export function demandMarkdown(text: string): void {
  for (const line of text.split('\n')) {
    const outside = line
      .replaceAll(/(`+) ?.*? ?\1(?!`)/g, '')
      .replaceAll(/<\/?(?:details|summary|br|sub|sup)>/g, '');
    demand(!/(?<!\\)<[a-z/!]/i.test(outside), `markup in Markdown: ${outside.slice(0, 200)}`);
  }
}
