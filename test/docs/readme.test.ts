/**
 * The README and the pages on the gate, on audits and on pruning are executed. `sh` blocks run and must succeed; `console` blocks run and must print what
 * they show, seconds aside; `ts` blocks run against the built package as a user's import finds it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtProgram } from '../cli/built.ts';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = path.join(root, 'reports/tmp');

/** Not run here because .ci/run runs each of them itself, and they would install or test recursively. */
const excluded = /^npm (ci|test|run (demo|bench|check|setup:native))\b/;

/** PLAINPROOF_WRITE_PAGES=1 replaces the outputs that have changed; whether that is right, a person says. */
const rewriting = process.env.PLAINPROOF_WRITE_PAGES === '1';

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocks(markdown: string): readonly Block[] {
  const fences = markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return Array.from(fences, ([, language, text]) => ({ language, text }));
}

interface Entry {
  readonly command: string;
  readonly output: string;
}

/** A transcript's commands, each with what it printed. */
function transcript(text: string): readonly Entry[] {
  const entries = text.split(/^\$ /m).slice(1);
  return entries.map((entry) => {
    const end = entry.indexOf('\n');
    return { command: entry.slice(0, end), output: entry.slice(end + 1) };
  });
}

/** Without how far it was after so many seconds, which depends on the machine. */
function shown(text: string): string {
  return text.replace(/^plainproof: \d+ of \d+ cases.*\n/gm, '').trimEnd();
}

/** Without what differs between two runs of the same command: seconds, and how wide a column of them is. */
function steady(text: string): string {
  return shown(text)
    .replace(/ *\d+\.\d+ s\b/g, ' # s')
    .replace(/ +time$/gm, ' time');
}

/** Puts what a command prints now in the place of what the page shows. */
function rewrite(file: string, { command, output }: Entry, text: string): void {
  const at = path.join(root, file);
  const old = `$ ${command}\n${output.trimEnd()}\n`;
  // A function, for in a string $ would have a meaning.
  const page = readFileSync(at, 'utf8').replace(old, () => `$ ${command}\n${shown(text)}\n`);
  writeFileSync(at, page);
}

interface Page {
  readonly file: string;
  readonly of: (language: string) => readonly string[];
  readonly commands: readonly string[];
}

function page(file: string): Page {
  const all = blocks(readFileSync(path.join(root, file), 'utf8'));
  const of = (language: string): readonly string[] =>
    all.filter((block) => block.language === language).map((block) => block.text);
  const commands = of('sh')
    .flatMap((text) => text.split('\n'))
    .map((line) => line.replace(/\s+#.*/, '').trim())
    .flatMap((line) => line.split(' && '))
    .filter((line) => line !== '' && !excluded.test(line));
  return { file, of, commands };
}

const pages = ['README.md', 'docs/gate.md', 'docs/audit.md', 'docs/pruning.md'].map(page);

beforeAll(() => {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  builtProgram();
});

function run(command: string): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${command} 2>&1`], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  return { status, text: stdout + stderr };
}

/** The command as npx would run it, without the most of a second that npx takes to find what it is. */
function direct(command: string): string {
  return command.replace(/^npx plainproof(?= )/, `${process.execPath} ${builtProgram()}`);
}

test('npx finds the program', () => {
  expect(run('npx plainproof --version')).toEqual(run(direct('npx plainproof --version')));
});

test('the README has something to run of every kind', () => {
  for (const language of ['sh', 'console', 'ts']) {
    expect(pages[0].of(language).length).toBeGreaterThan(0);
  }
});

/** Blocks build on each other (convert, then verify), so they run in the order of the page. */
describe.each(pages)('$file', ({ file, of, commands }) => {
  test.each(of('console').flatMap(transcript))('$command', (entry) => {
    const { text } = run(direct(entry.command));
    const same = steady(text) === steady(entry.output);
    if (rewriting && !same) rewrite(file, entry, text);
    else expect(steady(text)).toBe(steady(entry.output));
  });

  if (commands.length > 0) {
    test.each(commands)('%s', (command) => {
      expect(run(direct(command))).toMatchObject({ status: 0 });
    });
  }

  test.each(of('ts').map((text, i) => [i, text] as const))('TypeScript block %d', (i, text) => {
    const script = path.join(scratch, `${path.basename(file, '.md')}-${i}.ts`);
    writeFileSync(script, text);
    expect(run(`node --import tsx ${script}`)).toMatchObject({ status: 0 });
  });
});
