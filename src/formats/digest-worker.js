/**
 * Digests of large files in a thread of its own, while the models they hold are already being compared; plain
 * JavaScript, because it is started as it stands, from src/ and from dist/.
 *
 * Messages in: { id, files }, a file being { bytes, floats } and `floats` stretches as file-bytes.ts describes
 * them, by ascending position. Messages out: { id, sha256, finite }, the digest over the files as they were read
 * and whether every float32 in the stretches is a finite number.
 */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** Hashed and then checked at a time, while it is in the cache. */
const slice = 2 ** 18;

/** A float64 sum of float32 numbers cannot overflow, so it is finite exactly where all of them are. */
function allFinite(values) {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (let i = whole; i < values.length; i++) a += values[i];
  return Number.isFinite(a + b + c + d);
}

function digest(files) {
  const hash = createHash('sha256');
  let finite = true;
  const pass = (bytes, from, to, use) => {
    for (let at = from; at < to; at += slice) {
      const length = Math.min(slice, to - at);
      if (use !== 'check') hash.update(bytes.subarray(at, at + length));
      if (use === 'hash') continue;
      const values = new Float32Array(bytes.buffer, bytes.byteOffset + at, length / 4);
      finite = allFinite(values) && finite;
    }
  };
  for (const { bytes, floats } of files) {
    let done = 0;
    for (const { at, length, overwritten } of floats) {
      if (at < done) {
        // The same stretch of a file of weights, claimed by two tensors.
        pass(bytes, at, at + length, 'check');
        continue;
      }
      pass(bytes, done, at, 'hash');
      hash.update(overwritten);
      pass(bytes, at, at + length, 'both');
      done = at + overwritten.length + length;
    }
    pass(bytes, done, bytes.length, 'hash');
  }
  return { sha256: hash.digest('hex'), finite };
}

parentPort.on('message', ({ id, files }) => {
  parentPort.postMessage({ id, ...digest(files) });
});
