/** Whole processes under measurement: wall-clock seconds from spawn to exit, and the peak resident set. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

export interface Measurement {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly stdout: string;
}

const preload = path.resolve(import.meta.dirname, 'peak-memory.mjs');

/** Runs `node ...args`; an exit code other than 0 is an error: a bench must not time a failure. */
export function measure(args: readonly string[], scratch: string): Promise<Measurement> {
  const peakFile = path.join(scratch, 'peak.txt');
  rmSync(peakFile, { force: true });
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, ['--import', preload, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PLAINPROOF_PEAK_FILE: peakFile },
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1000;
      if (code !== 0) {
        reject(new Error(`node ${args.join(' ')} ended with ${code}\n${stdout}`));
        return;
      }
      resolve({ seconds, peakBytes: Number(readFileSync(peakFile, 'utf8')), stdout });
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Least-squares slope of log y against log x: the exponent b of y ≈ a·x^b. */
export function fittedExponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1): number =>
    logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const variance = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return covariance / variance;
}
