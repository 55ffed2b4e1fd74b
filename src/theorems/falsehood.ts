/**
 * A statement that is plausible and wrong: what real converters took for granted. A solver's model at small sizes
 * refutes it, and what it lacks is a hypothesis with which it is true there.
 */
import { smtlib } from '../logic/smtlib.ts';
import { partsOf, type Term } from '../logic/term.ts';
import type { Assumption, Sizes, Statement } from './entry.ts';
import { evaluateTerm, type ModelText } from './evaluate-term.ts';
import { atSizes } from './expand.ts';
import { valueText } from './model-value.ts';
import { and, implies, or } from './notation.ts';

/** What is said of a falsehood; `falsehood` adds the reader's text. */
export interface Claim {
  /** The stem of its export. */
  readonly name: string;
  /** The wrong claim in a sentence. */
  readonly says: string;
  /** Where it was made, or what it gets wrong. */
  readonly source: string;
  /** Its row among the mistakes of real converters. */
  readonly bug?: number;
  readonly statement: Statement;
  /** Of every integer symbol that counts something. */
  readonly sizes: Sizes;
  /** Where the claim is made: the other integer symbols. Of `sizes`, what is named here counts. */
  readonly places: readonly Sizes[];
  /** What the two sides of its conclusion are called. */
  readonly sides?: readonly [left: string, right: string];
  /** With it the claim is true at these places. */
  readonly missing: Omit<Assumption, 'kind' | 'breaksAt'>;
}

export interface Falsehood extends Claim {
  /** A model as a sentence: channel, pixel, both sides, what is not zero, the hypothesis that fails. */
  readonly readable: (model: ModelText) => string;
}

export interface FalsehoodObligations {
  /** Satisfiable: its models are counterexamples. */
  readonly refuted: string;
  /** Unsatisfiable: what is missing mends the claim. */
  readonly mended: string;
  /** Satisfiable: what is missing can be. */
  readonly possible: string;
}

export function falsehood(claim: Claim): Falsehood {
  return { ...claim, readable: (model) => readable(claim, model) };
}

/** Every way to give each name a value below its count. */
export function everywhere(counts: Sizes): readonly Sizes[] {
  return Object.entries(counts).reduce<readonly Sizes[]>(
    (places, [name, count]) =>
      places.flatMap((place) =>
        Array.from({ length: count }, (_, value) => ({ ...place, [name]: value })),
      ),
    [{}],
  );
}

function at(claim: Claim, place: Sizes, term: Term): Term {
  return atSizes(term, { ...claim.sizes, ...place });
}

function given(claim: Claim, more: readonly Term[] = []): readonly Term[] {
  return [...claim.statement.hypotheses.map(({ term }) => term), ...more];
}

/** At every place, the conclusion follows from the hypotheses. */
function claimed(claim: Claim, more: readonly Term[] = []): Term {
  const hypotheses = given(claim, more);
  const { conclusion } = claim.statement;
  const everything = hypotheses.length === 0 ? conclusion : implies(and(...hypotheses), conclusion);
  return and(...claim.places.map((place) => at(claim, place, everything)));
}

export function falsehoodObligations(claim: Claim): FalsehoodObligations {
  const { name, says, source, missing } = claim;
  const sizes = Object.entries(claim.sizes).map(([letter, value]) => `${letter}=${value}`);
  const about = [
    says,
    `from: ${source}`,
    ...(sizes.length === 0 ? [] : [`at ${sizes.join(' ')}`]),
    `missing: (${missing.label}) ${missing.meaning}`,
  ];
  const somewhere = claim.places.map((place) =>
    at(claim, place, and(...given(claim, [missing.term]))),
  );
  return {
    refuted: smtlib({
      about: [`${name}: wrong`, ...about],
      assumptions: [],
      goal: claimed(claim),
      expected: 'sat',
    }),
    mended: smtlib({
      about: [`${name}: true with what is missing`, ...about],
      assumptions: [],
      goal: claimed(claim, [missing.term]),
      expected: 'unsat',
    }),
    possible: smtlib({
      about: [`${name}: what is missing can be`, ...about],
      assumptions: somewhere.length === 1 ? somewhere : [or(...somewhere)],
      goal: null,
      expected: 'sat',
    }),
  };
}

/** The first place at which the model meets the hypotheses and not the conclusion; null where there is none. */
export function failure(claim: Claim, model: ModelText): Sizes | null {
  const holds = (place: Sizes, term: Term): boolean =>
    evaluateTerm(at(claim, place, term), model) === true;
  const place = claim.places.find(
    (candidate) =>
      given(claim).every((term) => holds(candidate, term)) &&
      !holds(candidate, claim.statement.conclusion),
  );
  return place ?? null;
}

/** What a conclusion compares: the sides of an equation, or of `same`. */
function compared(conclusion: Term): readonly [Term, Term] {
  if (conclusion.kind === 'operation') {
    const { operator, args } = conclusion;
    if (operator === '=' || operator === 'fp.eq') return [args[0], args[1]];
    if (operator === 'or') return compared(args[0]);
  }
  throw new Error('the conclusion compares nothing');
}

function placeText({ o, p, q }: Sizes): string {
  const parts = [
    ...(o === undefined ? [] : [`channel ${o}`]),
    ...(p === undefined ? [] : [`pixel (${p}, ${q ?? 0})`]),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

/** A constant of a model in a reader's terms: what its indices are follows from how many there are. */
function constantText(name: string): string {
  const [letter, ...indices] = name.split('_');
  const numbers = indices.map((index) => index.replace('m', '-'));
  if (!numbers.every((index) => /^-?\d+$/.test(index))) return letter;
  const [a, b, c, d] = numbers;
  switch (numbers.length) {
    case 0:
      return letter;
    case 1:
      return `${letter} of channel ${a}`;
    case 2:
      return `${letter} from channel ${b} to channel ${a}`;
    case 3:
      return `${letter} of channel ${a}, pixel (${b}, ${c})`;
    default:
      return `${letter} from channel ${b} to channel ${a}, tap (${c}, ${d})`;
  }
}

function symbolsOf(term: Term): ReadonlyMap<string, Term> {
  if (term.kind === 'symbol') return new Map([[term.name, term]]);
  return new Map(partsOf(term).flatMap((part) => [...symbolsOf(part)]));
}

function readable(claim: Claim, model: ModelText): string {
  const place = failure(claim, model);
  if (place === null) return `the values are no counterexample to ${claim.name}`;
  const [left, right] = compared(claim.statement.conclusion).map((term) => at(claim, place, term));
  const [leftName, rightName] = claim.sides ?? ['the original', 'the converted'];
  const value = (term: Term): string => valueText(evaluateTerm(term, model));
  const all = new Map([...symbolsOf(left), ...symbolsOf(right)]);
  const read = [...all]
    .map(([name, term]) => [constantText(name), value(term)] as const)
    .filter(([, text]) => text !== '0')
    .map(([name, text]) => `${name} is ${text}`);
  const sides = `${placeText(place)}${leftName} is ${value(left)}, ${rightName} ${value(right)}`;
  const where = read.length === 0 ? '' : `, where ${read.join(', ')}`;
  const { label, meaning } = claim.missing;
  return `${sides}${where}. What fails: ${label} (${meaning}).`;
}
