/**
 * What constants of a convolution's input channels become: one constant for each output channel, and patches
 * where padding cuts them off.
 *
 * Nearly every network has a few constant channels (a batch norm whose scale is 0), and each meets every
 * weight of its column, so sums are plain numbers; only few terms keep an exact form.
 */
import { patchSize } from '../border.ts';
import {
  exactSum,
  measured,
  namedSum,
  nothing,
  scaled,
  sum,
  type Constant,
  type ExactTerm,
} from '../constant.ts';
import { Factors, textOf } from '../factors.ts';
import { noPatches, type Border, type Patches, type Rows } from '../form.ts';
import { addsExactly, exactly, multipliesExactly, one } from '../scale.ts';
import { isEmpty, sameRect, wholeOf, type Domain, type Rect } from '../shift.ts';
import { roundoff } from '../ulps.ts';

/** Sums of more products than this keep no exact form. */
const fewProducts = 6;

/** A constant input channel of a group, by its place among the group's input channels. */
export interface ConstantInput {
  readonly index: number;
  readonly constant: Constant;
}

/** Numbers that nobody else is given, and whether copies of channels are looked for at all. */
export interface Names {
  readonly asked: boolean;
  readonly fresh: () => number;
}

interface Tap {
  readonly place: number;
  /** Its rectangle's number in the border; −1 where all pixels of the result see it. */
  readonly rect: number;
}

/** mid, magnitude, error and yardstick, as in a border; whether the sum had no rounding error. */
interface Total {
  mid: number;
  magnitude: number;
  yardstick: number;
  error: number;
  exact: boolean;
  products: number;
}

function zeroTotal(): Total {
  return { mid: 0, magnitude: 0, yardstick: 0, error: 0, exact: true, products: 0 };
}

/** The constants of the output channels of one convolution. */
export class ConstantInputs {
  readonly #weights: Float32Array;
  readonly #length: number;
  readonly #tapCount: number;
  readonly #taps: readonly Tap[];
  readonly #border: Border;
  readonly #here: Total = zeroTotal();
  /** Names of the long sums so far, by what was added up; null where nobody asks whether two are the same. */
  readonly #names: Map<string, Factors> | null;
  readonly #fresh: () => number;

  /** `supports`: for each tap the output positions at which it reads inside the input's domain. */
  constructor(
    { rows, count, names }: { readonly rows: Rows; readonly count: number; readonly names: Names },
    supports: readonly Rect[],
    to: Domain,
  ) {
    this.#names = names.asked ? new Map() : null;
    this.#fresh = names.fresh;
    const whole = wholeOf(to);
    const rects: Rect[] = [];
    const taps: Tap[] = [];
    for (const [place, support] of supports.entries()) {
      if (isEmpty(support)) continue;
      const rect = sameRect(support, whole) ? -1 : rects.push(support) - 1;
      taps.push({ place, rect });
    }
    this.#weights = rows.weights;
    this.#length = rows.length;
    this.#tapCount = supports.length;
    this.#taps = taps;
    const numbers = new Float64Array(count * rects.length * patchSize);
    this.#border = { rects, numbers, madeOf: rows };
  }

  /** What the constants add to one output channel. */
  of(
    row: number,
    inputs: readonly ConstantInput[],
  ): { readonly constant: Constant; readonly patches: readonly Patches[] } {
    const { rects, numbers } = this.#border;
    const here = this.#here;
    const total = zeroTotal();
    let patched = false;
    for (const { place, rect } of this.#taps) {
      this.#addUp(row * this.#length + place, inputs);
      if (here.magnitude === 0) continue;
      if (rect < 0) {
        total.exact &&= here.exact && addsExactly(total.mid, here.mid);
        total.mid += here.mid;
        total.magnitude += here.magnitude;
        total.yardstick += here.yardstick;
        total.error += here.error;
        total.products += here.products;
        continue;
      }
      const at = (row * rects.length + rect) * patchSize;
      numbers[at] = here.mid;
      numbers[at + 1] = here.magnitude;
      numbers[at + 2] = here.error;
      numbers[at + 3] = here.yardstick;
      patched = true;
    }
    const patches = patched ? [{ border: this.#border, channel: row, scale: one }] : noPatches;
    return { constant: this.#constant(row, inputs, total), patches };
  }

  /** Σ over the constant inputs of weight times constant, at one tap, into `#here`. */
  #addUp(start: number, inputs: readonly ConstantInput[]): void {
    const weights = this.#weights;
    const step = this.#tapCount;
    let mid = 0;
    let magnitude = 0;
    let yardstick = 0;
    let error = 0;
    let exact = true;
    let products = 0;
    for (const { index, constant } of inputs) {
      const weight = weights[start + index * step];
      if (weight === 0) continue;
      const product = weight * constant.mid;
      exact &&=
        constant.error === 0 &&
        multipliesExactly(weight, constant.mid) &&
        addsExactly(mid, product);
      mid += product;
      magnitude += Math.abs(weight) * constant.magnitude;
      yardstick += Math.abs(weight) * constant.yardstick;
      error += Math.abs(weight) * constant.error;
      products += 1;
    }
    const here = this.#here;
    here.mid = mid;
    here.magnitude = magnitude;
    here.yardstick = yardstick;
    here.error = exact ? 0 : error + (products + 2) * roundoff * magnitude;
    here.exact = exact;
    here.products = products;
  }

  #constant(row: number, inputs: readonly ConstantInput[], total: Total): Constant {
    const { mid, magnitude, yardstick, error, exact, products } = total;
    if (exact) return exactSum(mid, magnitude, yardstick);
    if (products > fewProducts) {
      const rounding = this.#taps.length * roundoff * magnitude;
      const own = measured(mid, magnitude, error + rounding, yardstick);
      const key = this.#nameOf(row, inputs);
      return key === null ? own : namedSum(own, key);
    }
    let constant = nothing;
    for (const { place, rect } of this.#taps) {
      if (rect >= 0) continue;
      for (const { index, constant: own } of inputs) {
        const weight = this.#weights[row * this.#length + index * this.#tapCount + place];
        if (weight !== 0) constant = sum(constant, scaled(own, exactly(weight)));
      }
    }
    return constant;
  }

  /** The name of a row's sum over the taps that all pixels see: rows that are multiples of one another share it. */
  #nameOf(row: number, inputs: readonly ConstantInput[]): Factors | null {
    const names = this.#names;
    if (names === null) return null;
    const said: string[] = [];
    // Sign and power of two are the number's to say, so that multiples of one row have one name.
    let unit = 0;
    for (const { place, rect } of this.#taps) {
      if (rect >= 0) continue;
      for (const { index, constant } of inputs) {
        const weight = this.#weights[row * this.#length + index * this.#tapCount + place];
        if (weight === 0) continue;
        if (constant.terms === null) return null;
        if (unit === 0) unit = Math.sign(weight) * 2 ** Math.floor(Math.log2(Math.abs(weight)));
        said.push(`${weight / unit}·${spelled(constant.terms)}`);
      }
    }
    const text = said.join('+');
    const known = names.get(text) ?? new Factors({ kind: 'named', name: this.#fresh() });
    names.set(text, known);
    return known;
  }
}

function spelled(terms: readonly ExactTerm[]): string {
  return terms.map(({ mid, key }) => `${mid}{${textOf(key)}}`).join(';');
}
