/**
 * The theorems a proof cites: what each says, under which hypotheses, and what the solver was asked and answered.
 *
 * A statement comes from the library, evidence from the caller, who may have asked the solver or may not: without
 * evidence the obligations are not listed and the page says so. The texts are in the page, for whoever wants to
 * put them to a solver of their own.
 */
import { row, sign } from '../../formula/math-element.ts';
import type { Term } from '../../logic/term.ts';
import type { Entry, Hypothesis } from '../../theorems/entry.ts';
import type { Finding } from '../../theorems/examine.ts';
import { exported } from '../../theorems/export.ts';
import { termMathml } from '../../theorems/term-mathml.ts';
import type { VerdictRecord } from '../record.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { math } from './math.ts';

/** What is known of theorems where a report is made. */
export interface TheoremSource {
  readonly entries: readonly Entry[];
  /** By name; empty where nobody asked. */
  readonly findings: ReadonlyMap<string, Finding>;
}

function hypothesis(own: Hypothesis): Markup {
  const meaning =
    own.kind === 'assumption' ? markup` <span class="dim">${own.meaning}</span>` : nothing;
  return markup`<li>${math(termMathml(own.term))}${meaning}</li>`;
}

function needs({ needs: all }: Finding): Markup {
  const items = all.flatMap(({ assumption, decision }) => {
    if (decision.kind !== 'sat') return [];
    const values = [...decision.values].map(([name, value]) => `${name} = ${value}`).join(', ');
    return [markup`<li>without “${assumption.meaning}” it fails: <code>${values}</code></li>`];
  });
  return items.length === 0 ? nothing : markup`<h3>Why it is needed</h3><ul>${items}</ul>`;
}

function obligations({ entry, asked }: Finding): Markup {
  const files = exported(entry.name, asked);
  const rows = asked.map(({ decision, expected }, k) => {
    const answer = decision.kind === expected ? decision.kind : `${decision.kind}, not ${expected}`;
    const [solver, time] =
      decision.kind === 'unsat'
        ? [
            decision.evidence.solver.replace(', remembered', ''),
            `${decision.evidence.seconds.toFixed(3)} s`,
          ]
        : ['', ''];
    return markup`<tr><td><details class="smt"><summary><code>${files[k].path}</code></summary><pre>${files[k].text}</pre></details></td><td>${answer}</td><td>${solver}</td><td class="num time">${time}</td></tr>`;
  });
  return markup`<h3>What the solver was asked</h3><div class="scroll"><table class="small"><thead><tr><th scope="col">obligation</th><th scope="col">answer</th><th scope="col">solver</th><th scope="col" class="num">time</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** An equation's sides one below the other, for they are long. */
function conclusionRows(conclusion: Term): readonly Markup[] {
  const isEquation = conclusion.kind === 'operation' && conclusion.operator === '=';
  if (!isEquation) return [math(termMathml(conclusion), 'block')];
  const [left, right] = conclusion.args.map(termMathml);
  return [math(left, 'block'), math(row(sign('='), right), 'block')];
}

function theorem(entry: Entry, finding: Finding | undefined): Markup {
  const { hypotheses, conclusion } = entry.statement;
  const given =
    hypotheses.length === 0
      ? nothing
      : markup`<h3>Where</h3><ul class="maths">${hypotheses.map(hypothesis)}</ul>`;
  const isProved = finding?.judgement.kind === 'proved';
  const state =
    finding === undefined
      ? nothing
      : markup` <span class="${isProved ? 'ok' : 'bad'}">${isProved ? '✓ proved' : `✗ ${finding.judgement.kind}`}</span>`;
  const evidence =
    finding === undefined ? nothing : markup`${needs(finding)}${obligations(finding)}`;
  return markup`<details class="theorem" id="t-${entry.name}"><summary><code>${entry.name}</code> ${entry.says}${state}</summary><div class="inside">${given}<h3>It holds that</h3><div class="scroll formula" tabindex="0" role="group" aria-label="${entry.name}">${conclusionRows(conclusion)}</div>${evidence}<p class="dim">From ${entry.source}. <code>plainproof prove ${entry.name}</code> shows and proves it again.</p></div></details>`;
}

/** The theorems a page speaks of: those of the proof, or of the steps up to where it stopped. */
export function citedTheorems({ verdict }: VerdictRecord): readonly string[] {
  if (verdict.verdict === 'proved') return verdict.theorems;
  const layers = verdict.account?.layers ?? [];
  return [...new Set(layers.flatMap(({ theorems }) => theorems))].sort();
}

/** Names that the library does not know, as of a later version, are listed by name. */
export function theoremsSection(record: VerdictRecord, source: TheoremSource): Markup {
  const names = citedTheorems(record);
  if (names.length === 0) return nothing;
  const entries = new Map(source.entries.map((entry) => [entry.name, entry]));
  const folds = names.map((name) => {
    const entry = entries.get(name);
    return entry === undefined
      ? markup`<p id="t-${name}"><code>${name}</code> <span class="dim">is not in this version’s library</span></p>`
      : theorem(entry, source.findings.get(name));
  });
  const asked =
    source.findings.size > 0
      ? 'with the hypotheses it needs, the questions a solver answered, and each question’s text'
      : 'with the hypotheses it needs; “plainproof prove” shows the questions a solver answered';
  const steps =
    record.verdict.verdict === 'proved' ? 'Every step of the proof' : 'Every step of the attempt';
  return markup`<section id="theorems" aria-labelledby="h-theorems"><h2 id="h-theorems">The theorems</h2><p>${steps} is an instance of one of these ${names.length} theorems, each proved for all weights, channel counts and image sizes; ${asked}. [P] is 1 where P holds and 0 elsewhere.</p>${folds}</section>`;
}
