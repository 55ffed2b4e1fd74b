/**
 * Layers that look at more than one pixel, or at another one, as formulas in o, p and q: the channel, row and
 * column of the result.
 *
 * x(c, row, column) is the input, zero outside its H × W domain; where a layer has several inputs, x takes the
 * number of the input first. k, s, d and p with the axis as index are size, stride, dilation and padding of
 * a window. The taps of a window that are inside the domain are a run along each axis: `rows(p)` of them
 * from `top(p)` on, and `columns(q)` from `left(q)` on.
 */
import { formula } from './language.ts';

/** group(o, c): the c-th of the input channels that output o reads. */
export const convolution = formula(
  'sum(c, C, sum(i, k_y, sum(j, k_x, w(o, c, i, j) * x(group(o, c), p * s_y + i * d_y - p_y, q * s_x + j * d_x - p_x))))',
);
export const biasedConvolution = formula(`${convolution.text} + b(o)`);
export const dense = formula('sum(c, C, w(o, c) * x(c, p, q))');
export const biasedDense = formula(`${dense.text} + b(o)`);

/** Of the pixels inside the domain alone. */
export const maxPool = formula(
  'largest(i, rows(p), largest(j, columns(q), x(o, p * s_y + (top(p) + i) * d_y - p_y, q * s_x + (left(q) + j) * d_x - p_x)))',
);
const windowSum = 'sum(i, k_y, sum(j, k_x, x(o, p * s_y + i - p_y, q * s_x + j - p_x)))';
/** Padding counts in the divisor. */
export const averagePool = formula(`${windowSum} / (k_y * k_x)`);
/** Padding does not count. */
export const averagePoolInside = formula(`${windowSum} / (rows(p) * columns(q))`);
export const globalAveragePool = formula('sum(i, H, sum(j, W, x(o, i, j))) / (H * W)');

/** An axis of extent 1 of an input is read everywhere; x does so. */
export const sum = formula('x(0, o, p, q) + x(1, o, p, q)');
export const difference = formula('x(0, o, p, q) - x(1, o, p, q)');
export const product = formula('x(0, o, p, q) * x(1, o, p, q)');

/** part(o): the input that channel o is of; start(k): the first channel of input k. */
export const concat = formula('x(part(o), o - start(part(o)), p, q)');
export const select = formula('x(channel(o), p, q)');
export const pad = formula(
  'within(p - p_y, H) and within(q - p_x, W) ? x(o, p - p_y, q - p_x) : v',
);
export const flattenRowMajor = formula('x(div(o, H * W), div(mod(o, H * W), W), mod(o, W))');
export const flattenChannelLast = formula('x(mod(o, C), div(div(o, C), W), mod(div(o, C), W))');

/** e^{x(o)} / Σ_c e^{x(c)}, written so that nothing overflows to a quotient of infinities. */
export const softmax = formula('1 / sum(c, C, exp(x(c, p, q) - x(o, p, q)))');
