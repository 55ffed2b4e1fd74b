/**
 * The digest over the files of a model, and whether the weights in them are finite numbers.
 *
 * Small files are hashed at once, large ones in a thread (digest-worker.js). One thread serves a process; it
 * does not keep the process alive once it has nothing to do.
 */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { floatStretches, isShared } from './file-bytes.ts';

interface Digest {
  readonly sha256: string;
  /** Whether every stretch of float32 numbers (file-bytes.ts) of a large file is finite. */
  readonly finite: boolean;
}

let worker: Worker | null = null;
let asked = 0;

/** Starts the thread, which takes some hundredths of a second, for a file about to be read into `bytes`. */
export function prepareDigest(bytes: Uint8Array): void {
  if (isShared(bytes)) start();
}

function start(): Worker {
  // Flags of this process (a loader, a preloaded script) are not the thread's.
  worker ??= new Worker(new URL('./digest-worker.js', import.meta.url), { execArgv: [] });
  worker.unref();
  return worker;
}

function isReply(message: unknown, id: number): message is Digest {
  return typeof message === 'object' && message !== null && 'id' in message && message.id === id;
}

function inThread(files: readonly Uint8Array[]): Promise<Digest> {
  const thread = start();
  const id = asked++;
  const request = files.map((bytes) => ({ bytes, floats: floatStretches(bytes) }));
  return new Promise((resolve, reject) => {
    const end = (): void => {
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
      thread.unref();
    };
    const onMessage = (message: unknown): void => {
      if (!isReply(message, id)) return;
      end();
      resolve(message);
    };
    const onError = (error: Error): void => {
      worker = null;
      end();
      reject(error);
    };
    const onExit = (): void => onError(new Error('the thread that takes digests has ended'));
    thread.on('message', onMessage);
    thread.on('exit', onExit);
    thread.on('error', onError);
    thread.ref();
    thread.postMessage({ id, files: request });
  });
}

/**
 * How to digest files that have been read but not yet looked into: to be called before, the result after,
 * for looking into them may move bytes.
 */
export function digestOf(files: readonly Uint8Array[]): () => Promise<Digest> {
  if (files.some(isShared)) {
    // A small file among large ones may be changed by then.
    const kept = files.map((bytes) => (isShared(bytes) ? bytes : bytes.slice()));
    return () => inThread(kept);
  }
  const hash = createHash('sha256');
  for (const bytes of files) hash.update(bytes);
  const digest = Promise.resolve({ sha256: hash.digest('hex'), finite: true });
  return () => digest;
}
