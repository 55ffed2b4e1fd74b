/** The command line of audits: exit codes, the line of a mistake, what is written. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { plainproof, scratchFolder } from './command.ts';

const folder = scratchFolder();

function blockFile(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** In TypeScript, with types that have to be taken out. */
const removable = blockFile(
  'removable.ts',
  `import { block, type Value } from 'plainproof';
interface Wide {
  readonly channels: string;
}
const wide: Wide = { channels: '2*C' };

export default block('two taps', ({ x, conv, batchNorm, add }) => {
  const large: Value = batchNorm(conv(x, { kernel: 5 }));
  return add(large, batchNorm(conv(x, { kernel: 3 })));
});
`,
);

test('a block that can be removed', async () => {
  const [json, page] = ['found.json', 'found.md'].map((name) => path.join(folder, name));
  const run = await plainproof('audit', removable, '--json', json, '--markdown', page);
  expect(run.stderr).toBe('');
  expect(run.stdout).toContain('two taps: removable');
  expect(run.code).toBe(0);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
    block: 'two taps',
    verdict: 'removable',
    additions: [{ name: 'add1', line: 9, kind: 'parallel', strategies: [{ status: 'proved' }] }],
  });
  expect(readFileSync(page, 'utf8')).toContain('# two taps: removable');
});

test('one that cannot, and the layer in the way', async () => {
  const file = blockFile(
    'gated.mjs',
    `import { block } from 'plainproof';
export default block('gated', ({ x, conv, sigmoid, add }) =>
  add(x, conv(sigmoid(conv(x, { kernel: 3 })))),
);
`,
  );
  const run = await plainproof('audit', file);
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('in the way: sigmoid1 (line 3)');
});

test('one that is not understood is undecided', async () => {
  const file = blockFile(
    'grouped.mjs',
    `import { block } from 'plainproof';
export default block('grouped', ({ x, conv, add }) =>
  add(conv(x, { kernel: 5 }), conv(x, { kernel: 3, groups: 'g' })),
);
`,
  );
  const run = await plainproof('audit', file);
  expect(run.code).toBe(2);
  expect(run.stdout).toContain('undecided: no theorem here is about');
});

test('a mistake in TypeScript points at its own line', async () => {
  const file = blockFile(
    'mistaken.ts',
    `import { block } from 'plainproof';
interface Nothing {
  readonly here: number;
}

export default block('mistaken', ({ x, conv, add }) => {
  const wide = conv(x, { channels: 'M' });
  return add(x, wide);
});
`,
  );
  const run = await plainproof('audit', file);
  expect(run.code).toBe(65);
  expect(run.stderr).toContain('line 8');
  expect(run.stderr).toContain('an add of C and of M channels: x and conv1');
});

test.each([
  ['no block', 'export default 3;\n', 'its default export is no block'],
  ['not even code', 'export default block(;\n', 'cannot be loaded'],
])('%s', async (name, text, reason) => {
  const run = await plainproof('audit', blockFile(`${name.replaceAll(' ', '-')}.ts`, text));
  expect(run.code).toBe(65);
  expect(run.stderr).toContain(reason);
});

test('a file that is not there, and no file at all', async () => {
  expect((await plainproof('audit', path.join(folder, 'none.ts'))).code).toBe(65);
  expect((await plainproof('audit')).code).toBe(64);
});
