import { cut } from '../../domain/text/cut-text.js';
import { loggableError } from './loggable-error.js';

const deepest = 6;
const longestText = 4000;
const longestList = 50;

/** The user's own words, and the final prompt inside an order: never in a log, whoever puts it into the facts. */
const wordsKey = /^(?:(?:final|user)?_?prompt|text|caption)$/i;
const secretKey = /(?:token|secret|password|passwd|authorization|api_?key|fal_?key|credentials?|cookie)$/i;

type Mask = (text: string) => string;

/**
 * A plain value for JSON in which every text was masked and named secrets and prompts are withheld. Never throws:
 * what cannot be read says so.
 */
export function loggable(value: unknown, mask: Mask): unknown {
  return convert(value, mask, []);
}

function convert(value: unknown, mask: Mask, above: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
      // Masked before it is cut: half a secret would not be recognised.
      return shortened(mask(value));
    case 'bigint':
    case 'symbol':
      return String(value);
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : convertObject(value, mask, above);
    default:
      return value;
  }
}

function convertObject(value: object, mask: Mask, above: readonly object[]): unknown {
  if (above.includes(value)) return '[circular]';
  if (above.length >= deepest) return '[deeper]';
  const path = [...above, value];
  const inner = (part: unknown) => convert(part, mask, path);
  if (value instanceof Error) return loggableError(value, inner);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return inner(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Set) return inner([...value]);
  if (value instanceof Map) return inner(Object.fromEntries(value));
  if (Array.isArray(value)) return list(value, inner);
  return Object.fromEntries(Object.keys(value).map((key) => [key, field(value, key, inner)]));
}

function list(values: readonly unknown[], inner: (part: unknown) => unknown): unknown[] {
  const shown = values.slice(0, longestList).map(inner);
  return values.length > longestList ? [...shown, `[${values.length - longestList} more]`] : shown;
}

function field(holder: object, key: string, inner: (part: unknown) => unknown): unknown {
  if (wordsKey.test(key) || secretKey.test(key)) return '[withheld]';
  try {
    return inner(Reflect.get(holder, key));
  } catch {
    // A getter that throws: the rest of the entry is still worth having.
    return '[unreadable]';
  }
}

function shortened(text: string): string {
  return text.length > longestText ? `${cut(text, longestText + 1)} [${text.length} characters]` : text;
}
