/** Code units. No column, index or message of ours needs a longer text. */
export const longestText = 65_536;
/** JSON that is nested deeper came from nobody who meant it, and PostgreSQL's own parser has an end too. */
const deepest = 100;

/** PostgreSQL keeps no NUL, and half a surrogate pair is no letter in UTF-8. */
const unstorable = /[\0\p{Cs}]/gu;
const halfAtTheEnd = /[\ud800-\udbff]$/;

/**
 * Text from outside as a column, a JSON document and a log can hold it. A character that nobody can keep becomes `�`,
 * which is as long, so that offsets into the text stay true; what is longer than `longestText` is cut.
 */
export function storable(text: string): string {
  const kept = text.length > longestText ? text.slice(0, longestText).replace(halfAtTheEnd, '') : text;
  return kept.replace(unstorable, '\uFFFD');
}

/** The same for everything in a JSON value, names included. What is nested too deep is `null`. */
export function storableData<Value>(value: Value): Value {
  // A copy of the same shape: only texts differ.
  return copied(value, 0) as Value;
}

/** What JSON, a caller or a row of a database hands over; a `Date` among it stays what it is. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

function copied(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value) && !isPlain(value)) return value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.map((item: unknown) => copied(item, depth + 1));
  const fields = Object.entries(value)
    // Whoever assigned this field to an object would change its prototype.
    .filter(([name]) => name !== '__proto__')
    .map(([name, content]) => [storable(name), copied(content, depth + 1)]);
  return Object.fromEntries(fields);
}
