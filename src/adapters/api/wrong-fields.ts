import type { z } from '@hono/zod-openapi';
import type { Problem } from '../../domain/errors.js';
import { cut, shown } from '../../domain/text/cut-text.js';

type Issue = z.core.$ZodIssue;

/** Kinds of values, where the schema's own word is none that people say. */
const kindNames: Readonly<Record<string, string>> = {
  array: 'a list',
  int: 'a whole number',
  object: 'a JSON object',
};

/** What a schema finds wrong, in our words, and the fields that it is about. */
export function problemsOf(issues: readonly Issue[], sent: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOfOne(issue, sent));
}

/** What is left of a body without its wrong fields: the use case says what is wrong with the rest. */
export function withoutWrong(issues: readonly Issue[], sent: unknown): Record<string, unknown> {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return {};
  const wrong = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String),
    ),
  );
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !wrong.has(name)));
}

function problemsOfOne(issue: Issue, sent: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: cut(key, 40), code: 'unknown_value' }));
  const value = issue.path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    sent,
  );
  const field = issue.path.length === 0 ? 'body' : issue.path.join('.');
  if (value === undefined) return [{ field, code: 'required', ...allowedBy(issue) }];
  return [{ field, code: codeOf(issue), received: shown(value, 60), ...allowedBy(issue) }];
}

function codeOf(issue: Issue): Problem['code'] {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' ? 'too_short' : 'out_of_range';
    case 'too_big':
      return issue.origin === 'string' ? 'too_long' : 'out_of_range';
    case 'invalid_value':
      return 'unknown_value';
    default:
      return 'malformed';
  }
}

function allowedBy(issue: Issue): { allowed?: string } {
  switch (issue.code) {
    case 'invalid_type':
      return { allowed: kindNames[issue.expected] ?? `a ${issue.expected}` };
    case 'invalid_value':
      return { allowed: issue.values.map(String).join(', ') };
    case 'too_small':
      return { allowed: `at least ${issue.minimum}` };
    case 'too_big':
      return { allowed: `at most ${issue.maximum}` };
    default:
      return {};
  }
}
