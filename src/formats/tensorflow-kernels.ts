/**
 * Weights from TensorFlow's axis orders to the model's: output channels first, one row per channel.
 *
 * A kernel of H×W×I×O is a matrix of H·W·I rows and O columns; so are the other two, and the one loop
 * here is a matrix transpose in tiles, since a plain one misses the cache on every write.
 */
const tile = 32;

/** Rows are walked as `outer` blocks of `inner` rows; the result has the two swapped: column, inner, outer. */
function columnsFirst(
  values: Float32Array,
  size: { readonly outer: number; readonly inner: number; readonly columns: number },
): Float32Array {
  const { outer, inner, columns } = size;
  const result = new Float32Array(values.length);
  for (let c0 = 0; c0 < columns; c0 += tile) {
    const c1 = Math.min(columns, c0 + tile);
    for (let i = 0; i < inner; i++) {
      for (let o = 0; o < outer; o++) {
        const from = (o * inner + i) * columns;
        const to = i * outer + o;
        for (let c = c0; c < c1; c++) result[c * inner * outer + to] = values[from + c];
      }
    }
  }
  return result;
}

/** H×W×I×O to O×I×H×W. */
export function convolutionKernel(values: Float32Array, shape: readonly number[]): Float32Array {
  const [height, width, inner, columns] = shape;
  return columnsFirst(values, { outer: height * width, inner, columns });
}

/** H×W×C×M to (C·M)×1×H×W: output channel c·M + m reads input channel c. */
export function depthwiseKernel(values: Float32Array, shape: readonly number[]): Float32Array {
  const [height, width, channels, multiplier] = shape;
  return columnsFirst(values, { outer: height * width, inner: 1, columns: channels * multiplier });
}

/** I×O to O×I. */
export function denseKernel(values: Float32Array, shape: readonly number[]): Float32Array {
  const [inner, columns] = shape;
  return columnsFirst(values, { outer: 1, inner, columns });
}
