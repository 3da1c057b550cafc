import { DomainError } from '../../domain/errors.js';

/**
 * What is taken over from an error besides its message. Only these: vendors hang requests, payloads and whole
 * database rows on their errors.
 */
const telling = [
  'code',
  'status',
  'statusCode',
  'error_code',
  'errno',
  'syscall',
  'address',
  'port',
  'method',
  'severity',
  'table',
  'constraint',
  'trouble',
  'retryAfter',
] as const;

/** Name, message, telling facts, stack, cause and the errors that are gathered in it. */
export function loggableError(error: Error, inner: (part: unknown) => unknown): Record<string, unknown> {
  const message = messageOf(error);
  const stack = error.stack?.replace(error.message, () => message);
  const facts = telling.flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    return isPlain(value) ? [[key, inner(value)]] : [];
  });
  return {
    type: error.name,
    message: inner(message),
    ...Object.fromEntries(facts),
    ...(stack === undefined ? {} : { stack: inner(stack) }),
    ...('cause' in error && error.cause !== undefined ? { cause: inner(error.cause) } : {}),
    ...(error instanceof AggregateError ? { errors: inner(error.errors) } : {}),
  };
}

/** A refusal's sentence quotes what the user wrote, a prompt for one. */
function messageOf(error: Error): string {
  if (!(error instanceof DomainError)) return error.message;
  const { refusal } = error;
  if (refusal.code !== 'invalid_input') return refusal.code;
  return `invalid_input: ${refusal.problems.map(({ field, code }) => `${field} ${code}`).join(', ')}`;
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
