/** Theorems as text for a terminal: a table of many, or one in full. */
import Table from 'cli-table3';
import type { Finding } from '../theorems/examine.ts';
import { exported } from '../theorems/export.ts';
import type { Judgement } from '../theorems/judgement.ts';
import type { Refutation } from '../theorems/refutation.ts';
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

/** A wrong statement in full: what it says, its counterexample, and its files. */
export function refutationText(refutation: Refutation, folder: string): string {
  const { falsehood, asked, counterexample } = refutation;
  const bug = falsehood.bug === undefined ? '' : ` (mistake ${falsehood.bug} of real converters)`;
  return [
    `${falsehood.name}: ${counterexample === null ? 'NOT refuted' : 'refuted'}`,
    `${falsehood.says}${bug}`,
    `from: ${falsehood.source}`,
    '',
    `  ${counterexample ?? 'no model that exact arithmetic confirms'}`,
    ...exported(falsehood.name, asked).map((file, i) => {
      return `  ${folder}/refuted/${file.path}  ${asked[i].decision.kind}`;
    }),
    '',
  ].join('\n');
}

/** How many wrong statements are refuted, and which are not. */
export function refutationSummary(refutations: readonly Refutation[]): string {
  const open = refutations.filter(({ counterexample }) => counterexample === null);
  const names = open.map(({ falsehood }) => `; NOT ${falsehood.name}`).join('');
  const refuted = refutations.length - open.length;
  return `${refuted} of ${refutations.length} wrong statements refuted${names}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** The page that explains a folder of exports. */
export function exportsPage(
  findings: readonly Finding[],
  refutations: readonly Refutation[],
): string {
  const theorems = findings.map(
    (finding) =>
      `| [${finding.entry.name}](${finding.entry.name}/) | ${cell(finding.entry.says)} | ${assumptions(finding).join(', ')} |`,
  );
  const wrong = refutations.map(
    ({ falsehood, counterexample }) =>
      `| [${falsehood.name}](refuted/${falsehood.name}/) | ${falsehood.bug ?? ''} | ${cell(falsehood.says)} | ${cell(counterexample ?? 'not refuted')} |`,
  );
  return `# What the solver was asked

Written by \`npm run proofs\`; a test proves everything anew and compares. A folder holds the obligations of
one theorem in the order they were asked, each the very text a solver was given: its SHA-256 is the digest
the theorem rests on. \`(set-info :status …)\` says what the answer has to be. A general proof comes first;
\`small-sizes\` is the claim with every sum written out, and whether its hypotheses can be met there;
\`without-…\` drops an assumption and has to be satisfiable. [finite-sums](finite-sums/) and
[triple-sums](triple-sums/) are the lemmas all others rest on. \`npm run proofs:recheck\` puts every text to
cvc5 and to an older z3.

${findings.length} theorems:

| theorem | says | assuming |
|---|---|---|
${theorems.join('\n')}

${refutations.length} wrong statements, each true with the hypothesis it lacks:

| statement | mistake | says | counterexample |
|---|---|---|---|
${wrong.join('\n')}
`;
}
