/** The example converter in Python, as it should be and with its mistake. It takes a Python with the package `onnx`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseResult } from '../../src/gate/read-result.ts';
import { plainproof, scratchFolder } from '../cli/command.ts';
import { hasPython } from '../cli/python.ts';

/** Each of some fifty conversions starts a Python. */
const options = { timeout: 180_000 };

test.runIf(hasPython('onnx', 'the example converter in Python'))(
  'is proved as it should be, and refuted with its mistake',
  options,
  async () => {
    const folder = scratchFolder();
    const json = path.join(folder, 'gate.json');
    const run = await plainproof(
      ...['gate', 'examples/converters/python/plainproof.config.mjs', '--networks', '2'],
      ...['--json', json, '--failure', path.join(folder, 'failure')],
    );
    expect(run).toMatchObject({ code: 1 });
    const result = parseResult(readFileSync(json, 'utf8'));
    if (!result.ok) throw new Error(result.failure.reason);
    const of = (converter: string): readonly string[] =>
      result.value.cases
        .filter((one) => one.converter === converter)
        .map(({ outcome }) => outcome.kind);
    expect(of('careful')).toEqual(['proved', 'proved']);
    expect(of('careless')).toContain('refuted');
    // The mistake takes a convolution, a batch norm and a sum to be seen.
    const { failure } = result.value;
    expect(failure).toMatchObject({ converter: 'careless', outcome: { kind: 'refuted' } });
    expect(failure?.layers).toBeLessThanOrEqual(6);
    expect(failure?.channels).toBeLessThanOrEqual(4);
  },
);
