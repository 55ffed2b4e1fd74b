/**
 * `npm run bench`: what a proof costs, next to what people do today instead.
 *
 * 1. The ratio of `plainproof verify` to loading both files with onnxruntime and comparing one random
 *    input, on ResNet-34 and its converted, folded twin: whole processes, interleaved, medians.
 * 2. Peak memory of `verify` against the size of both files.
 * 3. The exponent of time against parameters, fitted over ResNet-18 to ResNet-152 and over CIFAR
 *    ResNets of 110 to 1,202 layers.
 *
 * ResNets from 50 on are compared with a twin that only has its batch norms folded: a converted
 * bottleneck network is eleven times as large, beyond what one ONNX file holds. Exits with 1 when the
 * ratio exceeds 0.5 or the memory three times the files. Needs dist/, which `npm run bench` builds.
 */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import Table from 'cli-table3';
import { cifarResnet } from '../src/blocks/cifar-resnet.ts';
import { resnet, type ResnetDepth } from '../src/blocks/resnet.ts';
import { convert } from '../src/convert/convert.ts';
import type { Result } from '../src/model/failure.ts';
import type { Model } from '../src/model/model.ts';
import { statistics } from '../src/model/statistics.ts';
import { bytes, scaled } from '../src/report/number.ts';
import { foldedTwin } from './bench/folded-twin.ts';
import { fittedExponent, measure, median, type Measurement } from './bench/process.ts';
import { must, save } from './demo/case.ts';

const folder = path.resolve(import.meta.dirname, '../.cache/bench');
const main = path.resolve(import.meta.dirname, '../dist/cli/main.js');
const today = path.resolve(import.meta.dirname, 'bench/onnxruntime-compare.mjs');

const repeats = 5;
const allowedRatio = 0.5;
const allowedMemory = 3;

interface Pair {
  readonly name: string;
  readonly files: readonly string[];
  /** Of both models together. */
  readonly parameters: number;
  readonly bytes: number;
}

type Twin = (model: Model) => Result<Model>;

const converted: Twin = (model) => {
  const options = { strategy: 'auto', inputRange: null, foldBatchNorm: true, fuse: false } as const;
  const conversion = convert(model, options);
  return conversion.ok ? { ok: true, value: conversion.value.model } : conversion;
};

async function makePair(name: string, original: Result<Model>, twin: Twin): Promise<Pair> {
  const model = must(name, original);
  const other = must(name, twin(model));
  const files = ['original', 'twin'].map((part) => path.join(folder, `${name}-${part}.onnx`));
  await save(files[0], original);
  await save(files[1], { ok: true, value: other });
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return {
    name,
    files,
    parameters: statistics(model).parameters + statistics(other).parameters,
    bytes: sizes[0] + sizes[1],
  };
}

function verifyOnce(pair: Pair): Promise<Measurement> {
  return measure([main, 'verify', ...pair.files], folder);
}

function compareOnce(pair: Pair): Promise<Measurement> {
  return measure([today, ...pair.files], folder);
}

/** Interleaved, so that a machine that slows down slows down both; the first round warms the disk cache. */
async function againstToday(pair: Pair): Promise<boolean> {
  const ours: Measurement[] = [];
  const theirs: Measurement[] = [];
  for (let round = 0; round <= repeats; round++) {
    const [a, b] = [await verifyOnce(pair), await compareOnce(pair)];
    if (round === 0) continue;
    ours.push(a);
    theirs.push(b);
  }
  const seconds = [ours, theirs].map((runs) => median(runs.map((run) => run.seconds)));
  const peaks = [ours, theirs].map((runs) => Math.max(...runs.map((run) => run.peakBytes)));
  const ratio = seconds[0] / seconds[1];
  const memory = peaks[0] / pair.bytes;
  const table = new Table({
    head: [pair.name, 'seconds', 'peak memory', 'peak / files'],
    style: { head: [], border: [] },
  });
  for (const [i, name] of ['plainproof verify', 'onnxruntime, one input'].entries()) {
    const relative = (peaks[i] / pair.bytes).toFixed(2);
    table.push([name, seconds[i].toFixed(2), bytes(peaks[i]), relative]);
  }
  console.log(table.toString());
  console.log(
    `time ratio ${ratio.toFixed(2)} (allowed ${allowedRatio}), ` +
      `memory ${memory.toFixed(2)} × both files of ${bytes(pair.bytes)} (allowed ${allowedMemory})\n`,
  );
  return ratio <= allowedRatio && memory <= allowedMemory;
}

async function growth(title: string, pairs: readonly Pair[]): Promise<void> {
  const table = new Table({
    head: [title, 'parameters', 'files', 'seconds', 'peak / files'],
    style: { head: [], border: [] },
  });
  const points: [number, number][] = [];
  for (const pair of pairs) {
    const runs: Measurement[] = [];
    for (let round = 0; round < 3; round++) runs.push(await verifyOnce(pair));
    const seconds = median(runs.map((run) => run.seconds));
    const peak = Math.max(...runs.map((run) => run.peakBytes));
    points.push([pair.parameters, seconds]);
    table.push([
      pair.name,
      scaled(pair.parameters),
      bytes(pair.bytes),
      seconds.toFixed(2),
      (peak / pair.bytes).toFixed(2),
    ]);
  }
  console.log(table.toString());
  console.log(`seconds grow as parameters to the ${fittedExponent(points).toFixed(2)}\n`);
}

await mkdir(folder, { recursive: true });
const seed = 1;
const good = await againstToday(await makePair('resnet34', resnet(34, { seed }), converted));

const depths: readonly ResnetDepth[] = [18, 34, 50, 101, 152];
const resnets: Pair[] = [];
for (const depth of depths) {
  resnets.push(await makePair(`resnet${depth}-folded`, resnet(depth, { seed }), foldedTwin));
}
await growth('batch norms folded', resnets);

const cifar: Pair[] = [];
for (const depth of [110, 218, 434, 866, 1202]) {
  cifar.push(await makePair(`cifar${depth}`, cifarResnet({ depth, seed }), converted));
}
await growth('converted and folded', cifar);
process.exit(good ? 0 : 1);
