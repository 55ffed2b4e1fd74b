/**
 * Looking into JSON that nobody vouches for: each function says what a value is, or that it is not.
 *
 * Readers use these instead of casts, so that a file of the right syntax and the wrong shape ends as a
 * failure with a name in it and never as a TypeError.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The property of that name; never something inherited. */
export function property(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** A list of whole numbers ≥ 0, or null. */
export function countList(value: unknown): readonly number[] | null {
  return isList(value) && value.every(isCount) ? value : null;
}

/** How a value is quoted in a failure: short, on one line. */
export function quote(value: unknown): string {
  // Nesting has no limit in a file, and printing it recurses.
  if (isList(value) && value.some((entry) => isList(entry) || isObject(entry)))
    return 'a nested list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
