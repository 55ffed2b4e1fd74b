/** A converter's program ends in one of four ways, and leaves nothing behind. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lastWords, runCommand, type CommandEnd } from '../../src/gate/command.ts';
import { scratchFolder } from '../cli/command.ts';

function shell(script: string, timeLimit = 20_000): Promise<CommandEnd> {
  const words = ['sh', '-c', script];
  return runCommand({ words, cwd: scratchFolder(), env: { GREETING: 'hello' }, timeLimit });
}

test('it ends well, sees its environment, and is heard on both streams', async () => {
  expect(await shell('echo $GREETING; echo there >&2')).toMatchObject({ kind: 'ended', code: 0 });
  const end = await shell('echo $GREETING; sleep 0.1; echo there >&2');
  expect(end.kind === 'ended' ? end.said : '').toBe('hello\nthere\n');
});

test('it fails', async () => {
  expect(await shell('exit 3')).toMatchObject({ kind: 'ended', code: 3 });
});

test('it is killed', async () => {
  expect(await shell('kill -TERM $$')).toMatchObject({ kind: 'killed', signal: 'SIGTERM' });
});

test('it is not there', async () => {
  const words = ['plainproof-no-such-program'];
  const end = await runCommand({ words, cwd: '.', env: {}, timeLimit: 1000 });
  expect(end).toMatchObject({ kind: 'notStarted', reason: expect.stringContaining('ENOENT') });
});

test('it takes too long, and what it started is ended with it', async () => {
  const pidFile = path.join(scratchFolder(), 'pid');
  const end = await shell(`sleep 60 & echo $! > ${pidFile}; echo waiting; wait`, 1000);
  expect(end).toEqual({ kind: 'timedOut', said: 'waiting\n' });
  const pid = readFileSync(pidFile, 'utf8').trim();
  // A zombie whose parent is gone may take a moment to be collected.
  for (let tries = 0; tries < 50 && runs(pid); tries++) await sleep(20);
  expect(runs(pid)).toBe(false);
});

test('what it leaves running does not keep anyone waiting', async () => {
  const start = performance.now();
  expect(await shell('sleep 30 & exit 0')).toMatchObject({ kind: 'ended', code: 0 });
  expect(performance.now() - start).toBeLessThan(15_000);
});

function runs(pid: string): boolean {
  const status = `/proc/${pid}/status`;
  if (existsSync('/proc/self/status')) {
    return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  }
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

test('the last lines that say something', () => {
  expect(lastWords('one\n\ntwo\nthree\r\nfour\nfive\n\n')).toBe('two\nthree\nfour\nfive');
});
