/** The fuzzer notices each way of misbehaving that it promises to notice, and goes on with the next case. */
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WatchedProcess } from '../../fuzz/watched-process.ts';

const process = new WatchedProcess(path.join(import.meta.dirname, 'misbehaving.ts'), {
  milliseconds: 800,
  bytes: 400 * 2 ** 20,
});
afterAll(() => process.close());

test.each([
  ['throws', 'crash', 'not a function'],
  ['nothing', null, ''],
  ['breaks a promise', 'wrong', 'what was written'],
  ['rejects later', 'crash', 'later'],
  ['hangs', 'hang', 'no answer in '],
  ['waits for ever', 'hang', 'no answer in '],
  ['takes memory', 'memory', 'MiB'],
  ['nothing', null, ''],
  ['reads outside', 'access', 'readFile '],
  ['follows a link', 'access', 'secret.bin'],
  ['writes outside', 'access', 'outside/new.bin'],
  ['starts a program', 'access', 'spawn true'],
  ['starts a thread', 'access', 'Worker'],
  ['connects', 'access', 'connect'],
  ['pollutes', 'pollution', 'Object.prototype.polluted'],
  ['runs text', 'pollution', 'code'],
  ['ends', 'ended', 'ended with 3'],
  ['nothing', null, ''],
])('%s', async (way, kind, message) => {
  const { finding, ending } = await process.run(new Map([['way.txt', Buffer.from(way)]]));
  if (kind === null) {
    expect(finding).toBeNull();
    expect(ending).toBe('done');
  } else {
    expect(finding?.kind).toBe(kind);
    expect(finding?.message).toContain(message);
  }
});
