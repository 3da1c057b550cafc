import type { ErrorDetail } from '../fal-error.js';

type Location = readonly (string | number)[];
/** Says what is wrong with one value; nothing when it is fine. Types and wording follow Pydantic, as at fal. */
export type Check = (value: unknown, loc: Location) => ErrorDetail[];

export interface Field {
  readonly check: Check;
  readonly required: boolean;
}

export const required = (check: Check): Field => ({ check, required: true });
export const optional = (check: Check): Field => ({ check, required: false });

/** Fields that are not in the shape are ignored without a word: fal does so too. */
export function checkInput(shape: Readonly<Record<string, Field>>, input: unknown): ErrorDetail[] {
  if (!isObject(input)) {
    return [detail('model_attributes_type', ['body'], 'Input should be a valid dictionary', input)];
  }
  return Object.entries(shape).flatMap(([name, field]) => {
    const loc = ['body', name];
    if (input[name] === undefined) {
      return field.required ? [detail('missing', loc, 'Field required', input)] : [];
    }
    // A null for an optional field is the same as leaving it out.
    return input[name] === null && !field.required ? [] : field.check(input[name], loc);
  });
}

export const text: Check = (value, loc) =>
  typeof value === 'string' ? [] : [detail('string_type', loc, 'Input should be a valid string', value)];

export const filledText: Check = (value, loc) =>
  typeof value === 'string' && value.length === 0
    ? [detail('string_too_short', loc, 'String should have at least 1 character', value, { min_length: 1 })]
    : text(value, loc);

export const flag: Check = (value, loc) =>
  typeof value === 'boolean' ? [] : [detail('bool_type', loc, 'Input should be a valid boolean', value)];

export function number(least: number, most: number): Check {
  return (value, loc) => {
    if (typeof value !== 'number') {
      return [detail('float_type', loc, 'Input should be a valid number', value)];
    }
    if (value < least) {
      const msg = `Input should be greater than or equal to ${least}`;
      return [detail('greater_than_equal', loc, msg, value, { ge: least })];
    }
    if (value > most) {
      const msg = `Input should be less than or equal to ${most}`;
      return [detail('less_than_equal', loc, msg, value, { le: most })];
    }
    return [];
  };
}

export function integer(least = -Number.MAX_VALUE, most = Number.MAX_VALUE): Check {
  return (value, loc) =>
    Number.isInteger(value)
      ? number(least, most)(value, loc)
      : [detail('int_type', loc, 'Input should be a valid integer', value)];
}

export function oneOf(...allowed: readonly string[]): Check {
  const expected = allowed.map((one) => `'${one}'`).join(', ');
  return (value, loc) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : [detail('literal_error', loc, `Input should be ${expected}`, value, { expected })];
}

/** An http(s) address, or a data URI where fal takes files. */
export const fileUrl: Check = (value, loc) => {
  if (typeof value !== 'string') return text(value, loc);
  return URL.canParse(value) && /^(https?|data):/.test(value)
    ? []
    : [detail('url_parsing', loc, 'Input should be a valid URL', value)];
};

export function listOf(check: Check): Check {
  return (value, loc) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) => check(item, [...loc, index]))
      : [detail('list_type', loc, 'Input should be a valid list', value)];
}

export function objectOf(shape: Readonly<Record<string, Field>>): Check {
  return (value, loc) =>
    checkInput(shape, value).map((found) => ({ ...found, loc: [...loc, ...found.loc.slice(1)] }));
}

/** `16:9` and the like; no side more than four times the other; `auto` where the model may choose. */
export const ratio: Check = (value, loc) => {
  const [, wide, high] = /^(\d{1,3}):(\d{1,3})$/.exec(String(value)) ?? [];
  const isRatio = Number(wide) <= 4 * Number(high) && Number(high) <= 4 * Number(wide) && Number(wide) > 0;
  return isRatio || value === 'auto'
    ? []
    : [detail('literal_error', loc, "Input should be 'auto' or a ratio such as '16:9'", value)];
};

/** One of the names, or `{ width, height }` in pixels. */
export function nameOrPixels(names: readonly string[], most: number): Check {
  const pixels = objectOf({ width: required(integer(1, most)), height: required(integer(1, most)) });
  return (value, loc) => (isObject(value) ? pixels(value, loc) : oneOf(...names)(value, loc));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function detail(
  type: string,
  loc: Location,
  msg: string,
  input: unknown,
  ctx?: Record<string, unknown>,
): ErrorDetail {
  return { loc, msg, type, input, ...(ctx === undefined ? {} : { ctx }) };
}
