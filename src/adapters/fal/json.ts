/** Reading JSON that came from outside: its shape is a hope until it was looked at. */

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
