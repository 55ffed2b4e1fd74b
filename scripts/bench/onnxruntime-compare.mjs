/**
 * What people do today, and what `plainproof verify` is measured against: load both files with
 * onnxruntime, run one random input through both, print the largest difference.
 *
 * Usage: node onnxruntime-compare.mjs <original.onnx> <converted.onnx>
 */
import ort from 'onnxruntime-node';

const [original, converted] = process.argv.slice(2);

async function outputs(file, values) {
  const session = await ort.InferenceSession.create(file);
  const [input] = session.inputMetadata;
  const shape = input.shape.map((side) => (typeof side === 'number' ? side : 1));
  const size = shape.reduce((product, side) => product * side, 1);
  const data = values ?? Float32Array.from({ length: size }, () => Math.random());
  const feeds = { [session.inputNames[0]]: new ort.Tensor('float32', data, shape) };
  const results = await session.run(feeds);
  return { data, output: results[session.outputNames[0]].data };
}

const first = await outputs(original, null);
const second = await outputs(converted, first.data);
let gap = 0;
for (const [i, value] of first.output.entries()) {
  gap = Math.max(gap, Math.abs(value - second.output[i]));
}
console.log(`largest difference ${gap}`);
