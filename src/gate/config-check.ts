/**
 * Looks at a configuration field by field and notes every mistake, one line each, by its place in the file.
 *
 * By hand rather than by a schema: functions are values here, and a mistake should say what is missing in
 * the words of the reader's file.
 */
export class Checked {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #place: string;
  readonly #mistakes: string[];
  readonly #known = new Set<string>();

  /** `place` is the path from the root, empty for the root itself; mistakes are added to the list. */
  constructor(value: unknown, place: string, mistakes: string[]) {
    this.#place = place;
    this.#mistakes = mistakes;
    this.#value = isRecord(value) ? value : {};
    if (!isRecord(value)) this.note('', `must be an object, not ${told(value)}`);
  }

  note(field: string, what: string): void {
    const place = [this.#place, field].filter((part) => part !== '').join('.');
    this.#mistakes.push(place === '' ? what : `${place}: ${what}`);
  }

  /** The field's value, undefined where it is left out. */
  get(field: string): unknown {
    this.#known.add(field);
    return this.#value[field];
  }

  has(field: string): boolean {
    return this.get(field) !== undefined;
  }

  number(field: string, usual: number, range: { min: number; max?: number; whole?: true }): number {
    const value = this.get(field);
    if (value === undefined) return usual;
    const { min, max = Infinity, whole = false } = range;
    const kind = whole ? 'a whole number' : 'a number';
    const bounds = max === Infinity ? `at least ${min}` : `from ${min} to ${max}`;
    const fits =
      typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
    if (fits && (!whole || Number.isSafeInteger(value))) return value;
    this.note(field, `must be ${kind}, ${bounds}, not ${told(value)}`);
    return usual;
  }

  text(field: string): string {
    const value = this.get(field);
    if (typeof value === 'string' && value !== '') return value;
    this.note(field, value === undefined ? 'is missing' : `must be a text, not ${told(value)}`);
    return '';
  }

  /** A list, empty where it is left out. */
  list(field: string): readonly unknown[] {
    const value = this.get(field);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.note(field, `must be a list, not ${told(value)}`);
    return [];
  }

  texts(field: string): readonly string[] {
    return this.list(field).flatMap((item, k) => {
      if (typeof item === 'string' && item !== '') return [item];
      this.note(`${field}[${k}]`, `must be a text, not ${told(item)}`);
      return [];
    });
  }

  /** To be called last: fields nobody asked for are mistakes, most often of spelling. */
  finish(): void {
    for (const field of Object.keys(this.#value)) {
      if (this.#known.has(field)) continue;
      const known = [...this.#known].join(', ');
      this.note(field, `there is no such setting; there are ${known}`);
    }
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects are not looked into: nesting has no limit, and a program's objects may hold anything. */
function told(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
