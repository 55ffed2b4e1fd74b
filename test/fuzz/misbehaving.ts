/** A subject that does what its case names: for the test of whether the fuzzer notices. */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { demand, type Subject } from '../../fuzz/subject.ts';

const kept: Uint8Array[] = [];

const ways: Readonly<Record<string, (folder: string) => Promise<unknown> | void>> = {
  nothing: () => undefined,
  throws: () => {
    throw new TypeError('not a function');
  },
  'breaks a promise': () => demand(false, 'what was written cannot be read'),
  'rejects later': () => {
    void Promise.reject(new RangeError('later'));
  },
  hangs: () => {
    for (;;);
  },
  'waits for ever': () => new Promise(() => {}),
  'takes memory': () => {
    for (let k = 0; k < 60; k++) kept.push(new Uint8Array(2 ** 23).fill(1));
  },
  'reads outside': (folder) => readFile(path.join(folder, '../secret.bin')),
  'follows a link': (folder) => {
    readFileSync(path.join(folder, 'link.bin'));
  },
  'writes outside': (folder) => writeFile(path.join(folder, 'link/new.bin'), 'x'),
  'starts a program': () => {
    spawn('true');
  },
  'starts a thread': () => new Worker('0', { eval: true }).terminate(),
  connects: () => {
    connect({ port: 9, host: '127.0.0.1' }).on('error', () => {});
  },
  pollutes: () => {
    const prototype: unknown = JSON.parse('{"__proto__":{}}')['constructor']['prototype'];
    if (typeof prototype === 'object' && prototype !== null) {
      Object.defineProperty(prototype, 'polluted', { value: 1, configurable: true });
    }
  },
  'runs text': () => {
    Reflect.apply(Function('ran()'), null, []);
  },
  ends: () => {
    process.exit(3);
  },
};

const subject: Subject = async (folder) => {
  const way = readFileSync(path.join(folder, 'way.txt'), 'utf8');
  await ways[way](folder);
  return 'done';
};

export default subject;
