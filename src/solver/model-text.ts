/** The constants of a model as z3 prints it: name → value, as SMT-LIB text. Functions are left out. */
export function constantsOf(model: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const definition of model.split('(define-fun ').slice(1)) {
    const head = /^(\S+) \(\) (?:\([^()]*\)|\S+)\s/.exec(definition);
    if (head === null) continue;
    // The definition's own closing parenthesis ends it.
    const value = definition.slice(head[0].length).trim().replace(/\)$/, '');
    values.set(head[1], value.replaceAll(/\s+/g, ' ').trim());
  }
  return values;
}
