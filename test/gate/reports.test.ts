/** A gate's result in every format: valid where a schema or a grammar says what that is, and complete. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { changesSince } from '../../src/gate/baseline.ts';
import { parseResult } from '../../src/gate/read-result.ts';
import { gateAnnotations } from '../../src/report/gate/annotations.ts';
import { gateJsonText } from '../../src/report/gate/json.ts';
import { gateJunit } from '../../src/report/gate/junit.ts';
import { gateMarkdown } from '../../src/report/gate/markdown.ts';
import { gateSarif } from '../../src/report/gate/sarif.ts';
import { gateText } from '../../src/report/gate/terminal.ts';
import {
  allProved,
  drawnCase,
  empty,
  everything,
  interrupted,
  outcomes,
  resultOf,
} from './results.ts';
import { parseXml, type XmlElement } from './xml.ts';

const results = Object.entries({ allProved, everything, interrupted, empty });

const gateSchema: object = JSON.parse(
  readFileSync(new URL('../../schemas/gate.schema.json', import.meta.url), 'utf8'),
);
const validateGate = new Ajv({ strict: true, allErrors: true, strictTypes: false }).compile(
  gateSchema,
);

const require = createRequire(import.meta.url);

/** The schema that OASIS publishes, as Microsoft's package ships it. It is of draft 4: what differs is the id. */
const sarifSchema: Record<string, unknown> = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
);
delete sarifSchema['$schema'];
delete sarifSchema['id'];
const parses = (text: string): boolean => URL.canParse(text);
const validateSarif = new Ajv({
  allErrors: true,
  strict: false,
  unicodeRegExp: false,
  formats: {
    uri: parses,
    // Resolved against anything, a reference is a URI; what has to be escaped is not allowed in it.
    'uri-reference': (text: string) =>
      URL.canParse(text, 'https://a.invalid/b/') && !/[\s\\<>"{}|^`]/.test(text),
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
}).compile(sarifSchema);

describe.each(results)('%s', (_, result) => {
  const changes = changesSince(allProved, result);

  test('the JSON follows the schema and reads back as what was written', () => {
    const text = gateJsonText(result);
    validateGate(JSON.parse(text));
    expect(validateGate.errors).toBeNull();
    const read = parseResult(text);
    // What JSON cannot hold of a lone surrogate is the same after another round.
    expect(read.ok && JSON.parse(gateJsonText(read.value))).toEqual(JSON.parse(text));
  });

  test.each([
    ['without a baseline', null],
    ['with one', changes],
  ])('the SARIF follows the schema of OASIS, %s', (_name, against) => {
    const text = gateSarif(result, { configFile: 'ci/plainproof.config.ts', changes: against });
    validateSarif(JSON.parse(text));
    expect(validateSarif.errors).toBeNull();
  });

  test('the JUnit XML parses, and every suite counts what it holds', () => {
    const root = parseXml(gateJunit(result));
    const tests = (suite: XmlElement): readonly XmlElement[] => suite.children;
    const all = root.children.flatMap(tests);
    const counted = (of: readonly XmlElement[]): object => {
      const marks = of.flatMap((one) => one.children).map(({ name }) => name);
      const count = (mark: string): string => String(marks.filter((name) => name === mark).length);
      return {
        tests: String(of.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      };
    };
    expect(root).toMatchObject({ name: 'testsuites', attributes: counted(all) });
    for (const suite of root.children)
      expect(suite.attributes).toMatchObject(counted(tests(suite)));
    expect(all).toHaveLength(result.cases.length + (result.interrupted ? 1 : 0));
  });

  test('the text and the Markdown begin with the verdict', () => {
    const line = gateText(result, changes).split('\n')[0];
    expect(line).toMatch(/^(Proved|Refuted|Undecided): .+\.$/);
    expect(gateMarkdown(result, changes)).toMatch(
      /^## plainproof gate\n\n\*\*(Proved|Refuted|Und)/,
    );
  });
});

describe('JUnit', () => {
  const marks = (undecidedAllowed: number): readonly (string | null)[] => {
    const result = resultOf(
      [
        drawnCase(0, outcomes.exact),
        drawnCase(1, outcomes.refuted),
        drawnCase(2, outcomes.undecided),
        drawnCase(3, outcomes.timedOut),
        drawnCase(4, outcomes.lost),
      ],
      { undecidedAllowed },
    );
    const [suite] = parseXml(gateJunit(result)).children;
    return suite.children.map((one) => one.children.at(0)?.name ?? null);
  };

  test('undecided fails, unless the configuration allows as many', () => {
    expect(marks(0)).toEqual([null, 'failure', 'failure', 'failure', 'error']);
    expect(marks(0.1)).toEqual(marks(0));
    expect(marks(0.2)).toEqual([null, 'failure', 'skipped', 'failure', 'error']);
  });

  test('what a converter printed comes through, save what XML cannot hold', () => {
    const result = resultOf([drawnCase(0, outcomes.crashed)]);
    const [suite] = parseXml(gateJunit(result)).children;
    const { message } = suite.children[0].children[0].attributes;
    expect(message).toContain('<a href="x">&amp; ]]> `|` \u{fffd}\u{fffd}[31m 50% \u{fffd}');
  });
});

describe('SARIF', () => {
  const log = JSON.parse(
    gateSarif(everything, {
      configFile: 'ci/plainproof.config.ts',
      changes: changesSince(
        resultOf([drawnCase(2, outcomes.undecided), drawnCase(3, outcomes.exact)]),
        everything,
      ),
    }),
  );
  const [run] = log.runs;
  const of = (index: number): { [key: string]: unknown; locations: unknown[] } =>
    run.results.find((one: { properties: { index: number } }) => one.properties.index === index);

  test('has a result for every case that is not proved, and a rule for every result', () => {
    expect(run.results).toHaveLength(everything.cases.length - 2);
    for (const { ruleId, ruleIndex } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    }
  });

  test('shows a drawn network at the configuration and a model at its file', () => {
    const at = (index: number): unknown => of(index).locations[0];
    const uriBaseId = '%SRCROOT%';
    expect(at(1)).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'ci/plainproof.config.ts', uriBaseId } },
      logicalLocations: [{ name: 'block1.conv2, channel 2' }],
    });
    expect(at(9)).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'models/a%20net%231.onnx', uriBaseId } },
    });
  });

  test('says what is new since the baseline', () => {
    expect(of(2)).toMatchObject({ baselineState: 'unchanged' });
    expect(of(3)).toMatchObject({ baselineState: 'new' });
  });

  test('tells the shrunk failure with its command', () => {
    expect(of(1)).toMatchObject({
      message: { text: expect.stringContaining('again: npx plainproof gate --only 1') },
    });
  });
});

describe('GitHub annotations', () => {
  const lines = gateAnnotations(everything, 'ci/plainproof.config.ts').trimEnd().split('\n');

  test('are one command a line, whatever a converter printed', () => {
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning) file=[^:,]+,title=[^:,]+::[^\r\n]+$/);
    }
    expect(lines.join('\n')).toContain('50%25');
  });

  test('begin with the smallest failing network', () => {
    expect(lines[0]).toMatch(/^::error file=ci\/plainproof\.config\.ts,title=another%3A smallest/);
    expect(lines[0]).toContain('%0Aagain: npx');
  });

  test('are ten of a level at most, the last of which counts the rest', () => {
    const many = resultOf(Array.from({ length: 30 }, (_, k) => drawnCase(k, outcomes.refuted)));
    const shown = gateAnnotations(many, 'c.ts').trimEnd().split('\n');
    expect(shown).toHaveLength(10);
    expect(shown[9]).toBe('::error file=c.ts,title=plainproof gate::and 21 more');
  });

  test('there are none where everything is proved', () => {
    expect(gateAnnotations(allProved, 'c.ts')).toBe('');
  });
});

describe('Markdown', () => {
  const text = gateMarkdown(everything, changesSince(allProved, everything));

  test('takes nothing of a message for markup', () => {
    expect(text).not.toMatch(/(?<!\\)<a |(?<!\\)`\|`|\u202e|\u001b/);
  });

  test('every row of a table has the cells of its head', () => {
    const cells = (line: string): number => line.split(/(?<!\\)\|/).length;
    const tables = text.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      const rows = table.split('\n');
      expect(new Set(rows.map(cells)).size).toBe(1);
    }
  });

  test('stays below what GitHub shows, however much there is to say', () => {
    const long = { ...outcomes.crashed, message: '`'.repeat(1e6) };
    const many = resultOf(Array.from({ length: 3000 }, (_, k) => drawnCase(k, long)));
    expect(gateMarkdown(many, changesSince(allProved, many)).length).toBeLessThan(2 ** 20);
  });
});

test('a converter that ended without a word is told without one', () => {
  const text = gateText(resultOf([drawnCase(0, outcomes.wroteNothing)]), null);
  expect(text).toMatch(/: the converter wrote no file\n$/);
});

test('the text names the smallest failing network and the command that shows it again', () => {
  const text = gateText(everything, null);
  expect(text).toContain('Smallest failing network: 4 layers of at most 1 channel, from another');
  expect(text).toContain("again: npx plainproof gate --only 1 --config 'it''s.ts'");
});
