/**
 * A gate's result as SARIF 2.1.0 (OASIS, 2020), for code scanning.
 *
 * One result for every case that is not proved. A place in a repository is needed for a result to be shown: it
 * is the model's file, or the configuration for a network that was drawn; layer and channel are the logical
 * location. A case keeps its fingerprint from run to run. With a baseline, each result says whether it is new.
 */
import type { Changes } from '../../gate/baseline.ts';
import { gateVerdict, type CaseResult, type GateResult, type Outcome } from '../../gate/case.ts';
import {
  caseName,
  openCases,
  outcomeText,
  placeText,
  shownAt,
  sourceKey,
  undecidedIsAllowed,
} from './words.ts';

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly full: string;
}

const rules = [
  {
    id: 'another-function',
    name: 'AnotherFunction',
    short: 'The converted model computes another function.',
    full: 'There is an input on which the converted model and the original differ by more than rounding can explain; it was replayed on real kernels.',
  },
  {
    id: 'undecided',
    name: 'Undecided',
    short: 'It is not known whether the converted model computes the same function.',
    full: 'Neither a proof nor an input that tells the two models apart was found. Undecided is never a pass; the configuration may allow a share of it.',
  },
  {
    id: 'converter-crashed',
    name: 'ConverterCrashed',
    short: 'The converter ended with an error.',
    full: 'The converter threw, ended with a status other than 0 or was killed by a signal.',
  },
  {
    id: 'converter-timed-out',
    name: 'ConverterTimedOut',
    short: 'The converter did not end in time.',
    full: 'The converter was still running at the time limit of the configuration and was killed.',
  },
  {
    id: 'converter-wrote-nothing',
    name: 'ConverterWroteNothing',
    short: 'The converter wrote no file.',
    full: 'The converter ended well, and its output file does not exist or is empty.',
  },
  {
    id: 'converter-wrote-broken',
    name: 'ConverterWroteBroken',
    short: 'The converter wrote a file that is no model with the signature of the original.',
    full: 'The output file cannot be read as a model, or its inputs and outputs are not those of the original.',
  },
  {
    id: 'not-judged',
    name: 'NotJudged',
    short: 'The case could not be judged.',
    full: 'The process that judged the case died, ran out of memory or could not write. Nothing is known about the case.',
  },
] as const satisfies readonly Rule[];

type RuleId = (typeof rules)[number]['id'];

function ruleOf(outcome: Outcome): RuleId | null {
  switch (outcome.kind) {
    case 'proved':
      return null;
    case 'refuted':
      return 'another-function';
    case 'undecided':
      return 'undecided';
    case 'workerFailed':
      return 'not-judged';
    case 'converterFailed':
      switch (outcome.failure) {
        case 'crashed':
          return 'converter-crashed';
        case 'timedOut':
          return 'converter-timed-out';
        case 'wroteNothing':
          return 'converter-wrote-nothing';
        case 'wroteBroken':
          return 'converter-wrote-broken';
      }
  }
}

/** A path as SARIF wants it: below the repository a relative reference, elsewhere a file's URI. */
function artifactLocation(file: string): object {
  const parts = file.replaceAll('\\', '/').split('/').map(encodeURIComponent);
  if (parts[0] === '') return { uri: `file://${parts.join('/')}` };
  return { uri: parts.join('/'), uriBaseId: '%SRCROOT%' };
}

interface Context {
  readonly result: GateResult;
  readonly configFile: string;
  readonly changes: Changes | null;
}

/** The text that the case is shown with; that of the shrunk failure also says how to see it again. */
function messageOf(one: CaseResult, { failure }: GateResult): object {
  const text = `${one.converter}, ${caseName(one)}: ${outcomeText(one.outcome)}`;
  if (failure === null || failure.index !== one.index) return { text };
  return {
    text: `${text}\nSmallest failing network in ${failure.folder}; again: ${failure.reproduce}`,
  };
}

function locationOf({ source, outcome }: CaseResult, { configFile }: Context): object {
  const physicalLocation = {
    artifactLocation: artifactLocation(shownAt(source, configFile)),
    region: { startLine: 1 },
  };
  const place = outcome.kind === 'refuted' ? placeText(outcome) : null;
  if (place === null) return { physicalLocation };
  const logicalLocations = [{ name: place, kind: 'member' }];
  return { physicalLocation, logicalLocations };
}

function resultOf(one: CaseResult, rule: RuleId, context: Context): object {
  const { result, changes } = context;
  const warns = one.outcome.kind === 'undecided' && undecidedIsAllowed(result);
  const isNew = changes?.newlyFailing
    .concat(changes.newlyOpen)
    .some(({ now }) => now.index === one.index);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: warns ? 'warning' : 'error',
    message: messageOf(one, result),
    locations: [locationOf(one, context)],
    partialFingerprints: { 'plainproofCase/v1': `${one.converter}/${sourceKey(one.source)}` },
    ...(isNew === undefined ? {} : { baselineState: isNew ? 'new' : 'unchanged' }),
    properties: { index: one.index, converter: one.converter, seconds: one.seconds },
  };
}

/** `configFile` is relative to the root of the repository. Ends in a line break. */
export function gateSarif(
  result: GateResult,
  options: { readonly configFile: string; readonly changes: Changes | null },
): string {
  const context = { result, ...options };
  const { version, seed, configDigest, interrupted } = result;
  const results = openCases(result).flatMap((one) => {
    const rule = ruleOf(one.outcome);
    return rule === null ? [] : [resultOf(one, rule, context)];
  });
  const log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'plainproof',
            version,
            rules: rules.map(({ id, name, short, full }) => ({
              id,
              name,
              shortDescription: { text: short },
              fullDescription: { text: full },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        automationDetails: { id: 'plainproof/gate' },
        invocations: [{ executionSuccessful: !interrupted }],
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The root of the repository.' } },
        },
        properties: { verdict: gateVerdict(result), seed, configDigest },
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
