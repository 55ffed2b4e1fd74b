/** What the command line says about itself and about being called wrongly. */
import { describe, expect, test } from 'vitest';
import { plainproof } from './command.ts';

describe.concurrent('wrong usage ends with 64, a word on stderr and nothing on stdout', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['disprove']],
    ['an unknown option', ['verify', 'a', 'b', '--fast']],
    ['a missing argument', ['verify', 'a']],
    ['a third argument', ['verify', 'a', 'b', 'c']],
    ['convert without -o', ['convert', 'a']],
    ['a strategy nobody knows', ['convert', 'a', '-o', 'b', '--strategy', 'magic']],
    ['a range of one number', ['verify', 'a', 'b', '--input-range', '1']],
    ['a range of words', ['verify', 'a', 'b', '--input-range', 'low,high']],
    ['an empty bound', ['verify', 'a', 'b', '--input-range', ',1']],
    ['a range the wrong way round', ['verify', 'a', 'b', '--input-range', '1,0']],
    ['an infinite range', ['verify', 'a', 'b', '--input-range', '0,Infinity']],
    ['negative units', ['verify', 'a', 'b', '--max-ulps', '-1']],
    ['half a resource', ['verify', 'a', 'b', '--rlimit', '0.5']],
    ['a kernel nobody has', ['verify', 'a', 'b', '--kernels', 'wasm,cuda']],
  ])('%s', async (_, args) => {
    const run = await plainproof(...args);
    expect(run).toMatchObject({ code: 64, stdout: '' });
    expect(run.stderr).not.toBe('');
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });
});

describe.concurrent('what is asked for goes to stdout and ends with 0', () => {
  test.each([
    ['--help', /convert[\s\S]*verify[\s\S]*inspect/],
    ['--version', /^\d+\.\d+\.\d+\n$/],
  ])('%s', async (flag, expected) => {
    const run = await plainproof(flag);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(expected);
  });

  test('the help of verify states the exit codes', async () => {
    const run = await plainproof('verify', '--help');
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('0 proved, 1 refuted, 2 undecided, 64 wrong usage, 65');
  });
});
