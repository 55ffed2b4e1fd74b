/**
 * Layers that treat every pixel alone, as formulas in t, the value at the pixel, and o, its channel.
 *
 * The letters are those of src/model/layer.ts, shortened: gamma, beta, mu, sigma2 and eps of a batch norm are
 * its scale, offset, mean, variance and epsilon; l and h are a clip's bounds.
 */
import { formula } from './language.ts';

export const batchNorm = formula('gamma(o) / sqrt(sigma2(o) + eps) * (t - mu(o)) + beta(o)');
export const multiplied = formula('t * a(o)');
export const divided = formula('t / a(o)');
export const translated = formula('t + b(o)');

export const relu = formula('max(t, 0)');
export const clip = formula('min(max(t, l(o)), h(o))');
export const leakyRelu = formula('t >= 0 ? t : a * t');
export const prelu = formula('t >= 0 ? t : a(o) * t');

export const hardSigmoid = formula('min(max(alpha * t + beta, 0), 1)');
export const hardSwish = formula('t * min(max(alpha * t + beta, 0), 1)');
export const sigmoid = formula('1 / (1 + exp(-t))');
export const silu = formula('t / (1 + exp(-t))');
export const tanh = formula('tanh(t)');
export const elu = formula('t >= 0 ? t : alpha * expm1(t)');
export const gelu = formula('t / 2 * (1 + erf(t / sqrt(2)))');
/** With Hendrycks and Gimpel's constant, arXiv 1606.08415. */
export const geluTanh = formula('t / 2 * (1 + tanh(sqrt(2 / pi) * (t + 0.044715 * t * t * t)))');
