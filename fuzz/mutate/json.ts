/**
 * One change to the structure of a JSON text: a node dropped, repeated, moved, or given another value.
 *
 * On a tree of its own rather than on JavaScript's objects, which cannot hold a key twice or `__proto__`.
 */
import type { Draw } from '../draw.ts';
import { keys, real, texts, whole, words } from './dictionary.ts';

export type Json =
  | { readonly kind: 'list'; readonly items: Json[] }
  | { readonly kind: 'object'; readonly entries: [string, Json][] }
  /** A number, a text, true, false, null: as it is written. */
  | { readonly kind: 'leaf'; readonly text: string };

function fromValue(value: unknown): Json {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(fromValue) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]): [string, Json] => [
      key,
      fromValue(inner),
    ]);
    return { kind: 'object', entries };
  }
  return { kind: 'leaf', text: JSON.stringify(value) };
}

/** Null for what is no JSON, or nested too deeply to be changed. */
export function parseJson(text: string): Json | null {
  try {
    return fromValue(JSON.parse(text));
  } catch {
    return null;
  }
}

export function jsonText(json: Json): string {
  switch (json.kind) {
    case 'leaf':
      return json.text;
    case 'list':
      return `[${json.items.map(jsonText).join(',')}]`;
    case 'object': {
      const entries = json.entries.map(
        ([key, value]) => `${JSON.stringify(key)}:${jsonText(value)}`,
      );
      return `{${entries.join(',')}}`;
    }
  }
}

/** A place in a tree, and how to put something else there; with no argument, nothing. */
export interface Place {
  readonly value: Json;
  readonly put: (...values: readonly Json[]) => void;
  /** Where it is an entry of an object. */
  readonly entry: [string, Json] | null;
}

export function placesOf(root: { value: Json }): readonly Place[] {
  const places: Place[] = [];
  const visit = (json: Json): void => {
    if (json.kind === 'list') {
      for (const item of json.items) {
        const put = (...values: readonly Json[]): void => {
          const at = json.items.indexOf(item);
          if (at >= 0) json.items.splice(at, 1, ...values);
        };
        places.push({ value: item, put, entry: null });
        visit(item);
      }
    } else if (json.kind === 'object') {
      for (const entry of json.entries) {
        const put = (...values: readonly Json[]): void => {
          const at = json.entries.indexOf(entry);
          const news = values.map((value): [string, Json] => [entry[0], value]);
          if (at >= 0) json.entries.splice(at, 1, ...news);
        };
        places.push({ value: entry[1], put, entry });
        visit(entry[1]);
      }
    }
  };
  places.push({
    value: root.value,
    put: (value) => {
      if (value !== undefined) root.value = value;
    },
    entry: null,
  });
  visit(root.value);
  return places;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? 'null' : `${value < 0 ? '-' : ''}1e999`;
}

/** Another value of the same type: schemas let nothing else through. */
function alike(text: string, draw: Draw): Json {
  if (text.startsWith('"')) {
    const word = draw.chance(0.7) ? draw.pick(texts) : draw.pick(words);
    const put = draw.chance(0.3) ? JSON.parse(text) + word : word;
    return { kind: 'leaf', text: JSON.stringify(put) };
  }
  if (text === 'true' || text === 'false') {
    return { kind: 'leaf', text: text === 'true' ? 'false' : 'true' };
  }
  const number = draw.chance(0.7) ? Math.abs(draw.pick(whole)) : draw.pick(real);
  return { kind: 'leaf', text: numberText(number) };
}

/** A number beside another: what is counted one more or less, what is scaled twice or by a negative factor. */
function beside(x: number, draw: Draw): number {
  return draw.pick([x + 1, x - 1, x + 2, 0, 1, -x, 2 * x, x / 2, 1.001 * x]);
}

/**
 * A value the text has already where one of that type may stand, under the same key if there is one: names refer to
 * other names, and what refers to nothing is refused before it is looked at. Null where there is none.
 */
function akin(place: Place, text: string, places: readonly Place[], draw: Draw): Json | null {
  const number = Number(text);
  if (text !== '' && Number.isFinite(number) && draw.chance(0.5)) {
    return { kind: 'leaf', text: numberText(beside(number, draw)) };
  }
  const alikes = places.filter(({ value }) => value.kind === 'leaf' && value.text[0] === text[0]);
  const key = place.entry?.[0];
  const sameKey = key === undefined ? [] : alikes.filter(({ entry }) => entry?.[0] === key);
  const candidates = sameKey.length > 1 && draw.chance(0.8) ? sameKey : alikes;
  return candidates.length === 0 ? null : draw.pick(candidates).value;
}

/** Text that is JSON, a text's among it: half a surrogate pair is written as it stands. */
function leaf(draw: Draw): Json {
  const ways: readonly (() => string)[] = [
    () => numberText(draw.pick(whole)),
    () => numberText(draw.pick(whole)),
    () => numberText(draw.pick(real)),
    () => JSON.stringify(draw.pick(texts)),
    () => JSON.stringify(draw.pick(words)),
    () => JSON.stringify('x'.repeat(draw.amount(2 ** 16))),
    () => draw.pick(['null', 'true', 'false', '""', '[]', '{}']),
    () => String(draw.below(100)),
  ];
  return { kind: 'leaf', text: draw.pick(ways)() };
}

function nested(draw: Draw): Json {
  const depth = draw.amount(2 ** 16);
  const [open, close] = draw.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"name":[', ']}'],
  ]);
  return { kind: 'leaf', text: `${open.repeat(depth)}0${close.repeat(depth)}` };
}

function change(places: readonly Place[], others: readonly Place[], draw: Draw): void {
  if (draw.chance(0.4)) {
    const leaves = places.filter((place) => place.value.kind === 'leaf');
    const leaf = leaves.length === 0 ? null : draw.pick(leaves);
    if (leaf?.value.kind !== 'leaf') return;
    leaf.put(alike(leaf.value.text, draw));
    return;
  }
  const { value, put, entry } = draw.pick(places);
  switch (draw.below(10)) {
    case 0:
      put();
      return;
    case 1:
      put(...Array.from({ length: draw.amount(300) }, () => value));
      return;
    case 2:
    case 3:
      put(draw.pick(others).value);
      return;
    case 4:
      if (entry === null) put(value, draw.pick(others).value);
      else entry[0] = draw.chance(0.5) ? draw.pick(keys) : (draw.pick(others).entry?.[0] ?? 'x');
      return;
    case 5: {
      const added: [string, Json] = [draw.pick(keys), draw.pick(others).value];
      put({ kind: 'object', entries: [...(value.kind === 'object' ? value.entries : []), added] });
      return;
    }
    case 6:
      put({ kind: 'list', items: value.kind === 'list' ? value.items.toReversed() : [value] });
      return;
    case 7:
      put(draw.chance(0.2) ? nested(draw) : leaf(draw));
      return;
    default:
      put(leaf(draw));
  }
}

/** Another value in a text that most likely can still be read; null where there is none. */
export function nudgeJson(text: string, draw: Draw): string | null {
  const value = parseJson(text);
  if (value === null) return null;
  const root = { value };
  try {
    const leaves = placesOf(root).filter((place) => place.value.kind === 'leaf');
    const leaf = leaves.length === 0 ? null : draw.pick(leaves);
    if (leaf?.value.kind !== 'leaf') return null;
    const next = akin(leaf, leaf.value.text, leaves, draw);
    if (next !== null) leaf.put(next);
    return jsonText(root.value);
  } catch (error) {
    // Nested too deeply.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Null where the text is no JSON to begin with, or has no end any more. `other`: another text of the corpus, to take parts from. */
export function mutateJson(text: string, other: string | null, draw: Draw): string | null {
  const value = parseJson(text);
  if (value === null) return null;
  const root = { value };
  try {
    const places = placesOf(root);
    const donor = other === null || draw.chance(0.6) ? null : parseJson(other);
    change(places, donor === null ? places : placesOf({ value: donor }), draw);
    return jsonText(root.value);
  } catch (error) {
    // Nested too deeply, or parts put into parts of themselves.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
