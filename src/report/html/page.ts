/**
 * A verdict as one page that needs nothing else: no network, no other file, no script to be read.
 *
 * Pure: the same record gives the same page. The page forbids itself everything but its own style, pictures in
 * data: addresses, and the one script whose digest stands in its policy; names from model files are text
 * wherever they stand (markup.ts).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { VerdictRecord } from '../record.ts';
import { drawingSection } from './drawing.ts';
import { glossarySection } from './glossary.ts';
import { patterns } from './kinds.ts';
import { Markup, markup, nothing } from './markup.ts';
import { costSection, measuresSections } from './measures.ts';
import { refutationSection } from './refutation.ts';
import { subjectOf } from './subject.ts';
import { cards, fileName, header, sentence } from './summary.ts';
import { tableSection } from './table.ts';
import { theoremsSection, type TheoremSource } from './theorems.ts';
import { trustSection } from './trust.ts';

/** One line each, with the white space that only its authors need taken out. */
function asset(name: string): string {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return text.replaceAll(/^\s+/gm, '');
}

function policy(script: string): string {
  const digest = createHash('sha256').update(script).digest('base64');
  const rules = [
    `script-src 'sha256-${digest}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return ["default-src 'none'", ...rules].join('; ');
}

function navigation(
  sections: readonly (readonly [id: string, title: string, section: Markup])[],
): Markup {
  const links = sections
    .filter(([, , section]) => section.toString() !== '')
    .map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`);
  return markup`<nav aria-label="Sections"><ul>${links}</ul></nav>`;
}

/** What has no account and no networks says how to get them. */
const hint = markup`<section id="more" aria-labelledby="h-more"><h2 id="h-more">Nothing more was kept</h2><p>The verdict was made without a report in mind, or no attempt at a proof was made. <code>plainproof verify --html</code>, or <code>--json</code> with <code>--account</code>, keeps what each layer is.</p></section>`;

export function reportPage(record: VerdictRecord, theorems: TheoremSource): string {
  const subject = subjectOf(record);
  const { verdict } = record;
  const sections = [
    [
      'difference',
      verdict.verdict === 'refuted' ? 'difference' : 'where it stops',
      refutationSection(record),
    ],
    subject === null
      ? (['more', 'more', hint] as const)
      : (['networks', 'networks', drawingSection(subject)] as const),
    ['layers', 'layers', subject === null ? nothing : tableSection(subject)],
    ['rounding', 'how exactly', subject === null ? nothing : measuresSections(subject)],
    ['cost', 'cost', costSection(record)],
    ['theorems', 'theorems', theoremsSection(record, theorems)],
    ['meaning', 'formulas', subject === null ? nothing : glossarySection(subject)],
    ['trust', 'trust', trustSection(record)],
  ] as const;
  const script = asset('interaction.js');
  const names = [record.converted, record.original].map(({ path }) => fileName(path)).join(' and ');
  const page = markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy(script)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="generator" content="plainproof"><title>${sentence(record).word}: ${names}</title><style>${Markup.asset(asset('page.css'))}</style></head><body>
    <a class="skip-link" href="#main">to the report</a>${patterns}${header(record)}<main id="main">${cards(record)}${navigation(sections)}${sections.map(([, , section]) => section)}</main>
    <footer><p>plainproof proves that a converted network computes the function of its original, or shows an input on which it does not.</p></footer><script>${Markup.asset(script)}</script></body></html>`;
  return `${page.toString()}\n`;
}
