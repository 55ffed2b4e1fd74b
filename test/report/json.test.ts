import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { verdictJson, verdictJsonText } from '../../src/report/json.ts';
import { exact, refuted, rounded, undecided } from './records.ts';

const schema: object = JSON.parse(
  readFileSync(new URL('../../schemas/verdict.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv({ strict: true, allErrors: true, strictTypes: false }).compile(schema);

describe.each(Object.entries({ exact, rounded, refuted, undecided }))('%s', (_, record) => {
  test('follows the schema', () => {
    validate(JSON.parse(verdictJsonText(record)));
    expect(validate.errors).toBeNull();
  });

  test('reads back as the object it was written from', () => {
    expect(JSON.parse(verdictJsonText(record))).toEqual(
      JSON.parse(JSON.stringify(verdictJson(record))),
    );
  });
});

test('arrays of numbers stay on one line and read back to the same float32', () => {
  const text = verdictJsonText(refuted);
  expect(text).toContain('[0.10000000149011612,-2,3,4,5]');
});

test.each([
  ['a verdict of another name', { verdict: 'passed' }],
  ['a proof without a grade', { grade: null }],
  ['a proof with a counterexample', { counterexample: {} }],
  ['a field nobody knows', { confidence: 0.99 }],
])('the schema rejects %s', (_, change) => {
  expect(validate({ ...verdictJson(exact), ...change })).toBe(false);
});
