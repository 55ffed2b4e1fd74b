/** Theorems as text for a terminal: a table of many, or one in full. */
import Table from 'cli-table3';
import type { Finding } from '../theorems/examine.ts';
import { exported } from '../theorems/export.ts';
import type { Judgement } from '../theorems/judgement.ts';
import { termText } from '../theorems/term-text.ts';

function verdict(judgement: Judgement): string {
  switch (judgement.kind) {
    case 'proved':
      return 'proved';
    case 'refuted':
      return `refuted (${judgement.obligation})`;
    case 'careless':
      return `careless (${judgement.obligation})`;
    case 'undecided':
      return `undecided (${judgement.obligation}: ${judgement.reason})`;
  }
}

function assumptions({ entry }: Finding): readonly string[] {
  return entry.statement.hypotheses.flatMap((hypothesis) =>
    hypothesis.kind === 'assumption' ? [hypothesis.label] : [],
  );
}

/** One row a theorem: name, what it assumes, obligations, the solver's seconds, what came of it. */
export function theoremTable(findings: readonly Finding[]): string {
  const table = new Table({
    head: ['theorem', 'says', 'assumes', 'obligations', 'solver', 'verdict'],
    style: { head: [], border: [] },
    colWidths: [null, 50, 18, null, null, 22],
    wordWrap: true,
  });
  for (const finding of findings) {
    table.push([
      finding.entry.name,
      finding.entry.says,
      assumptions(finding).join('\n'),
      finding.asked.length,
      `${finding.seconds.toFixed(2)} s`,
      verdict(finding.judgement),
    ]);
  }
  const proved = findings.filter(({ judgement }) => judgement.kind === 'proved').length;
  return `${table.toString()}\n${proved} of ${findings.length} proved\n`;
}

/** A theorem in full: statement, hypotheses, what it takes away to drop one, and its files. */
export function theoremText(finding: Finding, folder: string): string {
  const { entry, asked, needs, judgement } = finding;
  const lines = [`${entry.name}: ${verdict(judgement)}`, entry.says, `from: ${entry.source}`, ''];
  for (const hypothesis of entry.statement.hypotheses) {
    const label = hypothesis.kind === 'assumption' ? `  (${hypothesis.meaning})` : '';
    lines.push(`  ${termText(hypothesis.term)}${label}`);
  }
  lines.push(`  ⊢ ${termText(entry.statement.conclusion)}`, '');
  for (const { assumption, decision } of needs) {
    if (decision.kind !== 'sat') continue;
    const values = [...decision.values].map(([name, value]) => `${name} = ${value}`);
    lines.push(`without (${assumption.label}) it fails, with ${values.join(', ')}`);
  }
  const files = exported(entry.name, asked);
  for (const [i, { decision, expected }] of asked.entries()) {
    const seconds = decision.kind === 'unsat' ? `  ${decision.evidence.seconds.toFixed(3)} s` : '';
    const answer = decision.kind === expected ? decision.kind : `${decision.kind}, not ${expected}`;
    lines.push(`  ${folder}/${files[i].path}  ${answer}${seconds}`);
  }
  return `${lines.join('\n')}\n`;
}
