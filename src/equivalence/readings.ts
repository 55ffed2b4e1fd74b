/**
 * Named readings of one value: the value at a shift, and its mean over the domain.
 *
 * Equal readings are found by number, without a fingerprint.
 */
import { nothing } from './constant.ts';
import { noPatches, type Form, type Part, type ValueId } from './form.ts';
import type { Ranges } from './ranges.ts';
import { readsIn } from './regions.ts';
import { one, reciprocal } from './scale.ts';
import { wholeOf, type Domain, type ShiftId } from './shift.ts';
import type { Place, Table } from './table.ts';
import type { Origin } from './value.ts';

const pixel = { y: 1, x: 1 };

export class Readings {
  readonly #table: Table;
  readonly #ranges: Ranges;
  readonly #known = new Map<string, ValueId>();

  constructor(table: Table, ranges: Ranges) {
    this.#table = table;
    this.#ranges = ranges;
  }

  /** One value read at a shift: a channel moved, cropped or subsampled. */
  at(value: ValueId, shift: ShiftId, place: Place): ValueId {
    const { height, width } = place.domain;
    const key = `${value} ${shift} ${height}×${width}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const part: Part = { kind: 'value', value, shift, scale: one };
    const form: Form = { parts: [part], constant: nothing, patches: noPatches };
    const reading = { value, shift };
    const definition = { kind: 'linear', form: () => form, reading, meanOf: null } as const;
    const id = this.#table.add(definition, place);
    this.#known.set(key, id);
    const from = this.#table.get(value).domain;
    const whole = wholeOf(place.domain);
    if (readsIn(whole, this.#table.shifts.get(shift), from) === 'inside') {
      this.#ranges.follow(id, value);
    }
    return id;
  }

  /** Mean of a value over its domain; a named form, spelled out pixel by pixel when expanded. */
  mean(value: ValueId, from: Domain, to: Domain, origin: Origin): ValueId {
    const key = `mean ${value}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { shifts } = this.#table;
    const weight = reciprocal(from.height * from.width);
    const own = this.#table.get(value);
    const taps = (): readonly Part[] => {
      const parts: Part[] = [];
      for (let y = 0; y < from.height; y++) {
        for (let x = 0; x < from.width; x++) {
          const shift = shifts.intern({ stride: pixel, offset: { y, x }, guard: null }, from, to);
          parts.push({ kind: 'value', value, shift, scale: weight });
        }
      }
      return parts;
    };
    let form: Form | null = null;
    const spelled = (): Form => (form ??= { parts: taps(), constant: nothing, patches: noPatches });
    const place: Place = { domain: to, stride: own.stride, origin };
    const id = this.#table.add(
      { kind: 'linear', form: spelled, reading: null, meanOf: value },
      place,
    );
    this.#known.set(key, id);
    this.#ranges.learn(id, this.#ranges.of(value), true);
    return id;
  }
}
