/** The page that leads to all others under `reports/`. */
import { Markup, markup } from '../../src/report/html/markup.ts';
import { scaled, ulps } from '../../src/report/number.ts';
import type { VerdictRecord } from '../../src/report/record.ts';
import type { Case } from '../demo/case.ts';

export interface Listed {
  readonly example: Case;
  readonly record: VerdictRecord;
  /** Relative to the index. */
  readonly href: string;
}

const style = `body{font:16px/1.5 system-ui,"Noto Sans","Liberation Sans",sans-serif;max-width:64rem;margin:3rem auto;padding:0 1.5rem;color-scheme:light dark;background:light-dark(#fdfdfb,#14171a);color:light-dark(#1b1f24,#e6e8ea)}
h1{font-weight:500;letter-spacing:-.01em}h2{font-size:1.1rem;margin:2.5rem 0 .5rem}a{color:light-dark(#0b5fa5,#7cbcf2)}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.45rem .8rem .45rem 0;border-bottom:1px solid light-dark(#dcdfe3,#343a41)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}`;

function row({ example, record, href }: Listed): Markup {
  const { verdict, original, converted } = record;
  const [mark, grade] =
    verdict.verdict === 'proved'
      ? ['✓', verdict.grade === 'exact' ? 'exact' : `rounded, ${ulps(verdict.maxUlps)} ulps`]
      : ['✗', ''];
  const change = `${scaled(original.parameters ?? 0)} → ${scaled(converted.parameters ?? 0)}`;
  return markup`<tr><th scope="row"><a href="${href}">${example.title}</a></th><td>${example.options.strategy}${example.options.fuse ? ', fused' : ''}</td><td>${mark} ${verdict.verdict}</td><td>${grade}</td><td class="n">${change}</td></tr>`;
}

function section(title: string, listed: readonly Listed[]): Markup {
  return markup`<h2>${title}</h2><div class="scroll"><table><thead><tr><th scope="col">model</th><th scope="col">strategy</th><th scope="col">verdict</th><th scope="col">grade</th><th scope="col" class="n">parameters</th></tr></thead><tbody>${listed.map(row)}</tbody></table></div>`;
}

/** Pages with generators of their own, and the command that makes each. */
const others = [
  [
    'cost.md',
    'ResNet, RepVGG and RM at equal depth: what they cost, training and deployed',
    'npm run report:cost',
  ],
  [
    'pruning.md',
    'Pruning with and without shortcuts: what it costs and saves',
    'npm run report:pruning',
  ],
  ['audit/README.md', 'The catalogue of blocks, audited', 'npm run audits'],
  ['multiply-add.md', 'Which kernels multiply and add', 'npm run report:multiply-add'],
  ['kill-table.md', 'Wrong conversions put to the verifier', 'npm run attack'],
  [
    'seeded-bugs.md',
    'Converters with a known mistake put to the gate',
    'npx tsx scripts/seeded-bugs.ts',
  ],
] as const;

function otherPages(): Markup {
  const items = others.map(
    ([href, title, command]) =>
      markup`<li><a href="${href}">${title}</a>: <code>${command}</code></li>`,
  );
  return markup`<h2>More that was measured</h2><ul>${items}</ul>`;
}

export function indexPage(models: readonly Listed[], blocks: readonly Listed[]): string {
  const page = markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Equivalence reports</title><style>${Markup.asset(style)}</style></head><body><main><h1>Equivalence reports</h1><p>Written by <code>npm run reports</code> from the models of the demo and the blocks of the catalogue. Each is one file that needs no other.</p>${section('Networks', models)}${section('Blocks', blocks)}${otherPages()}</main></body></html>`;
  return `${page.toString()}\n`;
}
