/** Whether a case left its mark on what all code shares: prototypes, globals, and a function that waits to be called. */
const shared: Readonly<Record<string, object>> = {
  'Object.prototype': Object.prototype,
  'Array.prototype': Array.prototype,
  'Function.prototype': Function.prototype,
  'String.prototype': String.prototype,
  'Number.prototype': Number.prototype,
  'Map.prototype': Map.prototype,
  'Promise.prototype': Promise.prototype,
  Object,
  Array,
  Function,
  JSON,
  Math,
};

type Snapshot = ReadonlyMap<string, ReadonlyMap<PropertyKey, unknown>>;

function snapshot(): Snapshot {
  return new Map(
    Object.entries(shared).map(([name, object]) => {
      const own = Reflect.ownKeys(object).map((key): [PropertyKey, unknown] => {
        const property = Reflect.getOwnPropertyDescriptor(object, key);
        return [key, property?.get ?? property?.value];
      });
      return [name, new Map(own)];
    }),
  );
}

export class Intrinsics {
  readonly #before = snapshot();
  #calls = 0;

  /** Puts `ran` where text that is taken for code finds it. */
  constructor() {
    const ran = (): number => (this.#calls += 1);
    Object.defineProperty(globalThis, 'ran', { value: ran, configurable: true });
  }

  /** What changed since the start. */
  changes(): readonly string[] {
    const changes: string[] = [];
    for (const [name, after] of snapshot()) {
      const before = this.#before.get(name);
      for (const [key, value] of after) {
        if (before?.has(key) !== true) changes.push(`${name}.${String(key)} is new`);
        else if (!Object.is(before.get(key), value)) changes.push(`${name}.${String(key)} changed`);
      }
      if (before !== undefined && after.size < before.size) changes.push(`${name} lost a property`);
    }
    if (this.#calls > 0) changes.push('text was run as code');
    this.#calls = 0;
    return changes;
  }
}
