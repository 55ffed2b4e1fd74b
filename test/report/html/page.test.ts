import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { reportPage } from '../../../src/report/html/page.ts';
import { verdictJsonText } from '../../../src/report/json.ts';
import { reportMarkdown } from '../../../src/report/markdown.ts';
import { readRecord } from '../../../src/report/read-record.ts';
import { catalogue } from '../../../src/theorems/catalogue.ts';
import { exact, refuted, rounded, undecided } from '../records.ts';
import { hostile } from './hostile.ts';
import { sketch } from './sketch.ts';

const theorems = { entries: catalogue, findings: new Map() };
const resnet152 = { blocks: [3, 8, 36, 3], convolutions: 3 };
const small = sketch({ blocks: [2, 2], convolutions: 2 });
/** Refuted, and everything is known of both networks all the same. */
const detailed = {
  ...small,
  verdict: {
    ...refuted.verdict,
    ...(small.verdict.account === undefined ? {} : { account: small.verdict.account }),
  },
};
const records = { exact, rounded, refuted, undecided, small, detailed };

describe.each(Object.entries(records))('%s', (_, record) => {
  const page = reportPage(record, theorems);

  test('the same record gives the same page', () => {
    expect(reportPage(record, theorems)).toBe(page);
  });

  test('so does the record read back from its JSON', () => {
    const read = readRecord(verdictJsonText(record));
    if (!read.ok) throw new Error(read.failure.reason);
    expect(reportPage(read.value, theorems)).toBe(page);
    expect(reportMarkdown(read.value)).toBe(reportMarkdown(record));
  });

  test('the policy allows the one script there is, and nothing of anybody else', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
    expect(scripts).toHaveLength(1);
    const digest = createHash('sha256').update(scripts[0]).digest('base64');
    expect(policy).toContain(`script-src &#39;sha256-${digest}&#39;`);
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });

  test('every link leads somewhere on the page', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });
});

test('the JSON of a record with everything follows the schema', () => {
  const file = new URL('../../../schemas/verdict.schema.json', import.meta.url);
  const schema: object = JSON.parse(readFileSync(file, 'utf8'));
  const validate = new Ajv({ strict: true, strictTypes: false }).compile(schema);
  validate(JSON.parse(verdictJsonText(small)));
  expect(validate.errors).toBeNull();
});

describe('on kernels', () => {
  const record = sketch({ blocks: [1], convolutions: 2 });
  const page = reportPage(record, theorems);

  test('latency is a ratio with its spread, of runs in turns', () => {
    // 0.8, 0.909 and 0.75 of the original's.
    const words = 'latency on cpu: 0.80 times the original, half of the runs between 0.77 and 0.85';
    expect(page.includes(words)).toBe(true);
    expect(page).toContain('median of 3 runs in turns; half of them between 0.77 and 0.85</p>');
    const line = 'latency × 0.80, half of 3 runs in turns between 0.77 and 0.85';
    expect(reportMarkdown(record)).toContain(line);
  });

  test('each has a column that says how far off a layer was, and how far it might be', () => {
    const heads = [...page.matchAll(/deviation on (\w+): observed of allowed<\/button>/g)];
    expect(heads.map(([, kernel]) => kernel)).toEqual(['wasm', 'cpu']);
    // 0.4 · 2⁻¹⁸ at the first layer, half of that at the second.
    expect(page).toContain('data-v="0.4">1.5e-6 of 3.8e-6 <span class="sub">ratio 0.4</span>');
    expect(page).toContain('data-v="0.2">7.6e-7 of 3.8e-6 <span class="sub">ratio 0.2</span>');
    const [, row] = /^(\| `layer1\.0\.relu1` .*)$/m.exec(reportMarkdown(record)) ?? [];
    expect(row.split(' | ').slice(4).join()).toBe(
      '7.6e-7 of 3.8e-6 (ratio 0.2),7.6e-7 of 3.8e-6 (ratio 0.2) |',
    );
  });

  test('a layer that is off by more than it may be is said to be, and one that is no number', () => {
    const [{ converted, ...rest }] = record.kernels;
    const far = {
      ratios: [3, Infinity, 0, 0, 0],
      observed: [3e-6, NaN, 0, 0, 0],
      allowed: [1e-6, 1e-6, 1e-6, 1e-6, 1e-6],
    };
    const wrong = { ...record, kernels: [{ ...rest, converted: { ...converted, ...far } }] };
    const cells = reportPage(wrong, theorems);
    expect(cells).toContain(
      '<td class="num bad" data-v="3">3e-6 of 1e-6 <span class="sub bad">ratio 3, more than allowed',
    );
    expect(cells).toContain(
      '>not a number of 1e-6 <span class="sub bad">ratio not finite, more than allowed</span>',
    );
    expect(reportMarkdown(wrong)).toContain('**3e-6 of 1e-6 (ratio 3, more than allowed)**');
    const read = readRecord(verdictJsonText(wrong));
    expect(read.ok && reportPage(read.value, theorems)).toBe(cells);
  });

  test('a result of before both numbers were kept shows their ratio', () => {
    const text = verdictJsonText(record);
    const old = text.replaceAll(/,\s*"(?:observed|allowed)": ?\[[^\]]*\]/g, '');
    expect(old).not.toContain('"allowed"');
    const read = readRecord(old);
    if (!read.ok) throw new Error(read.failure.reason);
    expect(reportPage(read.value, theorems)).toContain('data-v="0.4">ratio 0.4</td>');
    expect(reportMarkdown(read.value)).toContain('| ratio 0.4 | ratio 0.4 |');
  });

  test('each has a plot of its own', () => {
    const plots = [...page.matchAll(/aria-label="Deviation of (\w+) by depth: /g)];
    expect(plots.map(([, kernel]) => kernel)).toEqual(['wasm', 'cpu']);
  });
});

test('a page about ResNet-152 stays under two megabytes', () => {
  const page = reportPage(sketch(resnet152), theorems);
  expect(page).toContain('layer3.35.conv3');
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
});

test('blocks stand beside what they became, and their shortcuts are said to be gone', () => {
  const page = reportPage(small, theorems);
  expect(page.match(/shortcut removed/g)).toHaveLength(4);
  expect(page.match(/class="e skip"/g)).toHaveLength(4);
  expect(page).toContain('64 channels reserved');
});

describe('names that want to be more than names', () => {
  const record = sketch({ blocks: [1], convolutions: 2, name: (name) => hostile(name) });

  test('are text on a page', () => {
    const page = reportPage(record, theorems);
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('"onload=');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('\u202e');
  });

  test('are text in Markdown', () => {
    const text = reportMarkdown(record);
    for (const line of text.split('\n')) {
      // What is left outside of code spans holds no tag but those of the fold.
      const outside = line.replaceAll(/(`+) ?.*? ?\1(?!`)/g, '');
      expect(outside.replaceAll(/<\/?(?:details|summary)>/g, '')).not.toMatch(/<\w/);
    }
  });
});

describe('what is no verdict is not read', () => {
  const json: object = JSON.parse(verdictJsonText(small));
  test.each([
    ['no JSON', '{'],
    ['something else', '{"a": 1}'],
    ['a verdict without its grade', JSON.stringify({ ...json, grade: null })],
    ['a field nobody knows', JSON.stringify({ ...json, more: 1 })],
    [
      'a layer too few that was measured',
      verdictJsonText(small).replace(/"allowed": \[[^,]*,/, '"allowed": ['),
    ],
    [
      'a layer that reads one behind it',
      verdictJsonText(small).replace('"inputs":[0]', '"inputs":[9]'),
    ],
  ])('%s', (_, text) => {
    const read = readRecord(text);
    expect(read.ok ? null : read.failure.code).toBe('not-a-model');
  });
});
