/**
 * The form of a JSON value, itself JSON. A string names types: `string`, `number`, `boolean`, `null`, `true`, `any`,
 * with `|` between several. A list has the form of its items; an object has its fields, with `?` behind the name of one
 * that may be missing. A field that no shape names is a difference, too.
 */
export type Shape = string | readonly [Shape] | { readonly [field: string]: Shape };

/** Where a value is not as the shape says. Only types and names of fields are told, never values. */
export function differences(value: unknown, shape: Shape, at = 'answer'): string[] {
  if (typeof shape === 'string') {
    const allowed = shape.split('|');
    const isRight =
      allowed.includes('any') || allowed.includes(typeOf(value)) || allowed.includes(String(value));
    return isRight ? [] : [`${at} is ${typeOf(value)}, expected ${shape}`];
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${at} is ${typeOf(value)}, expected a list`];
    // Items of one list tell the same story.
    return [...new Set(value.flatMap((item) => differences(item, shape[0], `${at}[]`)))];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${at} is ${typeOf(value)}, expected an object`];
  return objectDifferences(value as Readonly<Record<string, unknown>>, shape, at);
}

function objectDifferences(
  value: Readonly<Record<string, unknown>>,
  shape: { readonly [field: string]: Shape },
  at: string,
): string[] {
  const known = Object.entries(shape).map(([name, form]) => ({
    ...{ name: name.replace(/\?$/, ''), form, isOptional: name.endsWith('?') },
  }));
  const names = new Set(known.map(({ name }) => name));
  return [
    ...known.flatMap(({ name, form, isOptional }) => {
      if (name in value) return differences(value[name], form, `${at}.${name}`);
      return isOptional ? [] : [`${at}.${name} is missing`];
    }),
    ...Object.keys(value)
      .filter((name) => !names.has(name))
      .map((name) => `${at}.${name} is not known`),
  ];
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
