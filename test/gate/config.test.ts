/** A configuration that is right fills in the rest; one that is not says so, a line for each mistake. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/gate/read-config.ts';
import { overridden, settingsDigest, type Settings } from '../../src/gate/settings.ts';
import { configTemplate } from '../../src/gate/template.ts';
import { families } from '../../src/networks/choice.ts';
import { scratchFolder } from '../cli/command.ts';

function file(name: string, text: string): string {
  const target = path.join(scratchFolder(), name);
  writeFileSync(target, text);
  return target;
}

async function settingsOf(content: object): Promise<Settings> {
  const read = await readConfig(file('plainproof.config.json', JSON.stringify(content)));
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  return read.value;
}

async function mistakesOf(content: unknown): Promise<readonly string[]> {
  const read = await readConfig(file('plainproof.config.json', JSON.stringify(content)));
  return read.ok ? [] : read.mistakes;
}

const converters = [{ name: 'one', command: 'convert {input} {output}' }];

test('the least that has to be said', async () => {
  expect(await settingsOf({ converters })).toMatchObject({
    converters: [
      {
        kind: 'command',
        name: 'one',
        words: ['convert', '{input}', '{output}'],
        timeLimit: 60_000,
      },
    ],
    families,
    models: [],
    inputRange: null,
    undecidedAllowed: 0,
    networks: 200,
    seed: 1,
  });
});

test('models alone draw no networks', async () => {
  expect(await settingsOf({ converters, models: ['a.onnx'] })).toMatchObject({
    families: [],
    networks: 0,
    models: ['a.onnx'],
  });
});

test('TypeScript, with functions, and plainproof itself wherever it is installed', async () => {
  const read = await readConfig(
    file(
      'plainproof.config.ts',
      `import { defineConfig, type Model } from 'plainproof';
       const same = (model: Model): Model => model;
       export default defineConfig({
         converters: [
           { name: 'same', convert: same },
           { name: 'files', convertFile: async () => {} },
         ],
       });`,
    ),
  );
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  expect(read.value.converters.map(({ kind, name }) => [kind, name])).toEqual([
    ['model', 'same'],
    ['file', 'files'],
  ]);
});

test.each(['.ts', '.mjs', '.json'])('what init writes as %s is understood', async (extension) => {
  const read = await readConfig(file(`config${extension}`, configTemplate(extension) ?? ''));
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  expect(read.value).toMatchObject({ families, networks: 200, undecidedAllowed: 0 });
});

test.each<[string, unknown, readonly string[]]>([
  ['no object', [], ['must be an object, not []', 'converters: is missing']],
  ['no converter', { converters: [] }, ['converters: one at least is needed']],
  [
    'a setting nobody knows',
    { converters, network: 5 },
    [expect.stringContaining('network: there is no such setting; there are ')],
  ],
  [
    'an unknown family',
    { converters, families: ['basic', 'vgg'] },
    [expect.stringContaining("families[1]: 'vgg' is none of basic, bottleneck, ")],
  ],
  [
    'numbers out of range',
    { converters, undecidedAllowed: 1.5, networks: 2.5, seed: -1 },
    [
      'undecidedAllowed: must be a number, from 0 to 1, not 1.5',
      'networks: must be a whole number, from 0 to 1000000, not 2.5',
      'seed: must be a whole number, from 0 to 4294967295, not -1',
    ],
  ],
  [
    'a range the wrong way round',
    { converters, inputRange: { lower: 1, upper: 0 } },
    ['inputRange: 1 is above 0'],
  ],
  [
    'half a range',
    { converters, inputRange: { lower: 1 } },
    expect.arrayContaining(['inputRange.upper: is missing']),
  ],
  [
    'a command without its placeholders',
    { converters: [{ name: 'one', command: 'convert' }] },
    ['converters[0].command: has no {input}', 'converters[0].command: has no {output}'],
  ],
  [
    'a command with an open quote',
    { converters: [{ name: 'one', command: 'convert "{input} {output}' }] },
    ['converters[0].command: has a quote that is not closed'],
  ],
  [
    'no way to convert',
    { converters: [{ name: 'one' }] },
    ['converters[0]: needs one of command, convert and convertFile'],
  ],
  [
    'two of a name',
    { converters: [converters[0], converters[0]] },
    ["converters[1].name: 'one' is taken"],
  ],
  ['nothing to convert', { converters, networks: 0 }, [expect.stringContaining('networks: ')]],
])('%s', async (_, content, mistakes) => {
  expect(await mistakesOf(content)).toEqual(mistakes);
});

test('a file that is not there, and one that cannot be read', async () => {
  const [missing, broken] = await Promise.all([
    readConfig(path.join(scratchFolder(), 'plainproof.config.json')),
    readConfig(file('plainproof.config.mjs', 'export default {')),
  ]);
  for (const read of [missing, broken]) {
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? [] : read.mistakes).toEqual([expect.stringMatching(/^cannot be loaded: ./)]);
  }
});

test('the digest tells settings apart, and not where the file lies', async () => {
  const digests = await Promise.all(
    [
      { converters },
      { converters },
      { converters, seed: 2 },
      { converters, families: ['basic'] },
      { converters, maxUlps: 16 },
      { converters: [{ ...converters[0], env: { A: '1' } }] },
    ].map(async (content) => settingsDigest(await settingsOf(content))),
  );
  expect(digests[0]).toBe(digests[1]);
  expect(new Set(digests).size).toBe(5);
});

test('the command line narrows what is configured', async () => {
  const settings = await settingsOf({ converters, networks: 7 });
  expect(overridden(settings, { converters: ['two'] })).toEqual({ unknown: 'two' });
  expect(overridden(settings, { models: ['/m.onnx'], seed: 3 })).toMatchObject({
    settings: { models: ['/m.onnx'], networks: 0, seed: 3 },
  });
});
