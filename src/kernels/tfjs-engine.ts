/**
 * The one TensorFlow.js engine of this process and its three backends.
 *
 * tfjs keeps the active backend in a global, so backends take turns: `onBackend` runs one task after the
 * other. Production mode switches off tfjs's checks for NaN and its advice on stderr. The wasm backend
 * runs single-threaded: its summation order is then the same in every run, and no worker stays behind.
 */
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { failed, success, type Result } from '../model/failure.ts';

export type TfjsBackend = 'wasm' | 'cpu' | 'tensorflow';

/** Optional, so only named in a variable: the compiler must not insist on finding it. */
const nativePackage: string = '@tensorflow/tfjs-node';

async function loadNative(): Promise<Result<null>> {
  // tfjs-node 4.22 calls this for every operation; Node 23 removed it.
  if (!('isNullOrUndefined' in util)) {
    Object.assign(util, {
      isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    });
  }
  try {
    await import(nativePackage);
    return success(null);
  } catch (error) {
    const cause = String(error instanceof Error ? error.message : error).split('\n')[0];
    return failed(
      'missing-data',
      'tensorflow',
      `${nativePackage} does not load; \`npm run setup:native\` installs it (${cause})`,
    );
  }
}

/** Makes the backend ready. Errors: `missing-data` when it is not installed or does not start here. */
export async function startBackend(backend: TfjsBackend): Promise<Result<null>> {
  tf.enableProdMode();
  if (backend === 'wasm') tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (backend === 'tensorflow') {
    const loaded = await loadNative();
    if (!loaded.ok) return loaded;
  }
  return onBackend(backend, () => success(null));
}

let turn: Promise<unknown> = Promise.resolve();

/** Runs `task`, which must not wait for anything, with `backend` active. */
export function onBackend<T>(backend: TfjsBackend, task: () => Result<T>): Promise<Result<T>> {
  const mine = turn.then(async () => {
    if (!(await tf.setBackend(backend))) {
      return failed('missing-data', backend, 'the tfjs backend does not start');
    }
    return task();
  });
  turn = mine.catch(() => null);
  return mine;
}
