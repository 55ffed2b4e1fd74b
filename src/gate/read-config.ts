/**
 * A configuration file to the settings of a run: loads it, checks it, fills in the defaults.
 *
 * TypeScript and modules go through jiti, which Node 20 needs for the former; `plainproof` in them is this
 * very program, wherever it is installed. JSON is read as JSON.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importFile } from '../formats/code-file.ts';
import {
  families as allFamilies,
  usualSizes,
  type Family,
  type Sizes,
} from '../networks/choice.ts';
import { Checked } from './config-check.ts';
import type { PreparedConverter, Settings } from './settings.ts';
import { splitWords } from './words.ts';

export type ConfigResult =
  | { readonly ok: true; readonly value: Settings }
  /** One line for each mistake, without the file's name. */
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** In the order they are looked for. */
export const configNames = [
  'plainproof.config.ts',
  'plainproof.config.mjs',
  'plainproof.config.json',
];

/** What is taken where the configuration says nothing; milliseconds. */
export const usual = { timeLimit: 60_000, networks: 200, seed: 1 };
/** The largest timer that Node can set. */
const longest = 2 ** 31 - 1;

/** Reads and checks the configuration; a mistake is a line that begins with its place in the file. */
export async function readConfig(file: string): Promise<ConfigResult> {
  const absolute = path.resolve(file);
  let content: unknown;
  try {
    content = await load(absolute);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, mistakes: [`cannot be loaded: ${reason.split('\n')[0]}`] };
  }
  const mistakes: string[] = [];
  const settings = check(content, absolute, mistakes);
  return mistakes.length === 0 ? { ok: true, value: settings } : { ok: false, mistakes };
}

async function load(file: string): Promise<unknown> {
  if (path.extname(file) === '.json') return JSON.parse(await readFile(file, 'utf8'));
  const api = await import('../index.ts');
  return importFile(file, { plainproof: api });
}

function check(content: unknown, file: string, mistakes: string[]): Settings {
  const root = new Checked(content, '', mistakes);
  const converters = root.list('converters').map((item, k) => {
    return converter(new Checked(item, `converters[${k}]`, mistakes));
  });
  if (!root.has('converters')) root.note('converters', 'is missing');
  else if (converters.length === 0) root.note('converters', 'one at least is needed');
  const names = converters.map(({ name }) => name);
  names.forEach((name, k) => {
    if (names.indexOf(name) < k) root.note(`converters[${k}].name`, `'${name}' is taken`);
  });
  const models = root.texts('models');
  const families = familyList(root, models.length > 0);
  const settings = {
    file,
    converters,
    families,
    sizes: sizes(root, mistakes),
    models,
    inputRange: inputRange(root, mistakes),
    maxUlps: root.has('maxUlps') ? root.number('maxUlps', 0, { min: 0 }) : null,
    undecidedAllowed: root.number('undecidedAllowed', 0, { min: 0, max: 1 }),
    networks: root.number('networks', families.length === 0 ? 0 : usual.networks, {
      min: 0,
      max: 1_000_000,
      whole: true,
    }),
    seed: root.number('seed', usual.seed, { min: 0, max: 2 ** 32 - 1, whole: true }),
  };
  if (settings.networks === 0 && models.length === 0) {
    root.note('networks', 'there is nothing to convert: neither networks nor models');
  }
  if (settings.networks > 0 && families.length === 0) {
    root.note('families', 'networks are to be drawn, of no family');
  }
  root.finish();
  return settings;
}

function familyList(root: Checked, haveModels: boolean): readonly Family[] {
  if (!root.has('families')) return haveModels && !root.has('networks') ? [] : allFamilies;
  const chosen = root.texts('families').flatMap((name, k) => {
    const family = allFamilies.find((known) => known === name);
    if (family !== undefined) return [family];
    root.note(`families[${k}]`, `'${name}' is none of ${allFamilies.join(', ')}`);
    return [];
  });
  // In the catalogue's order, so that the order in the file decides nothing.
  return allFamilies.filter((family) => chosen.includes(family));
}

function sizes(root: Checked, mistakes: string[]): Sizes {
  const given = root.get('sizes');
  if (given === undefined) return usualSizes;
  const fields = new Checked(given, 'sizes', mistakes);
  const sizes = {
    channels: fields.number('channels', usualSizes.channels, { min: 1, max: 64, whole: true }),
    blocks: fields.number('blocks', usualSizes.blocks, { min: 1, max: 32, whole: true }),
    image: fields.number('image', usualSizes.image, { min: 3, max: 64, whole: true }),
  };
  fields.finish();
  return sizes;
}

function inputRange(root: Checked, mistakes: string[]): Settings['inputRange'] {
  const given = root.get('inputRange');
  if (given === undefined || given === null) return null;
  const fields = new Checked(given, 'inputRange', mistakes);
  const [lower, upper] = ['lower', 'upper'].map((side) => {
    if (!fields.has(side)) fields.note(side, 'is missing');
    return fields.number(side, 0, { min: -Number.MAX_VALUE, max: Number.MAX_VALUE });
  });
  if (lower > upper) root.note('inputRange', `${lower} is above ${upper}`);
  fields.finish();
  return { lower, upper };
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === 'function';
}

function converter(fields: Checked): PreparedConverter {
  const ways = ['command', 'convert', 'convertFile'].filter((way) => fields.has(way));
  const rest = {
    name: fields.text('name'),
    timeLimit: fields.number('timeLimit', usual.timeLimit, { min: 1, max: longest }),
  };
  if (ways.length !== 1) {
    fields.note('', 'needs one of command, convert and convertFile');
  }
  const { convert, convertFile } = {
    convert: fields.get('convert'),
    convertFile: fields.get('convertFile'),
  };
  for (const [way, value] of Object.entries({ convert, convertFile })) {
    if (value !== undefined && !isFunction(value)) fields.note(way, 'must be a function');
  }
  if (isFunction(convert)) {
    fields.finish();
    return { kind: 'model', ...rest, convert };
  }
  if (isFunction(convertFile)) {
    fields.finish();
    return { kind: 'file', ...rest, convertFile };
  }
  const words = ways.includes('command') ? commandWords(fields) : [];
  const cwd = fields.has('cwd') ? fields.text('cwd') : '.';
  const env = environment(fields);
  fields.finish();
  return { kind: 'command', ...rest, words, cwd, env };
}

function commandWords(fields: Checked): readonly string[] {
  const given = fields.get('command');
  let words: readonly string[] | null;
  if (typeof given === 'string') words = splitWords(given);
  else words = fields.texts('command');
  if (words === null) {
    fields.note('command', 'has a quote that is not closed');
    return [];
  }
  for (const placeholder of ['{input}', '{output}']) {
    if (words.some((word) => word.includes(placeholder))) continue;
    fields.note('command', `has no ${placeholder}`);
  }
  return words;
}

function environment(fields: Checked): Readonly<Record<string, string>> {
  const given = fields.get('env');
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    fields.note('env', 'must be an object of texts');
    return {};
  }
  const pairs = Object.entries(given).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') fields.note(`env.${name}`, 'must be a text');
    return [name, String(value)];
  });
  return Object.fromEntries(pairs);
}
