import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { DomainError, type Problem, type Refusal } from '../../domain/errors.js';
import { ApiProblem, kindOf, type ProblemCode } from './problems.js';
import { inApiNames } from './wire-names.js';

/** RFC 9457. Some codes have more members, which say how much, how many or until when. */
export const problemSchema = z
  .looseObject({
    type: z.string().openapi({ example: 'urn:aisha:problem:invalid_input' }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable; decide by it.', example: 'invalid_input' }),
    detail: z.string().openapi({ description: 'For a person to read.' }),
    errors: z
      .array(
        z.object({
          field: z.string(),
          code: z.string(),
          received: z.string().optional(),
          allowed: z.string().optional(),
        }),
      )
      .openapi({ description: 'Every wrong field at once.' }),
  })
  .openapi('Problem');

interface Said {
  readonly detail: string;
  readonly errors?: readonly Problem[];
  readonly more?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to what was thrown; `null` for a fault of ours that nobody is to be told of. */
export function problemAnswer(context: Context, error: unknown): Response | null {
  if (error instanceof DomainError) return answer(context, error.code, saidOf(error));
  if (error instanceof ApiProblem)
    return answer(context, error.code, { detail: error.message, headers: error.headers });
  if (!(error instanceof HTTPException)) return null;
  // What the router and the validators throw by themselves.
  if (error.status === 415)
    return answer(context, 'media_type_not_supported', { detail: 'Send application/json.' });
  return answer(context, 'malformed_request', { detail: error.message });
}

function saidOf({ refusal, message }: DomainError): Said {
  const { code: _, ...data } = refusal;
  const headers: Readonly<Record<string, string>> =
    'seconds' in refusal ? { 'retry-after': String(refusal.seconds) } : {};
  if (refusal.code === 'invalid_input') return { detail: inApiNames(message), errors: refusal.problems };
  return { detail: message, errors: errorsOf(refusal), more: data, headers };
}

/** Where a refusal is about one field. */
function errorsOf(refusal: Refusal): Problem[] {
  switch (refusal.code) {
    case 'avatar_not_found':
      return [{ field: 'avatar', code: 'unknown_value', received: refusal.avatar }];
    case 'avatar_ambiguous':
      return [{ field: 'avatar', code: 'ambiguous', received: refusal.avatar }];
    case 'preset_not_available':
      return [
        {
          field: 'preset',
          code: 'not_supported',
          received: refusal.preset,
          allowed: refusal.available.join(', '),
        },
      ];
    default:
      return [];
  }
}

export function answer(
  context: Context,
  code: ProblemCode,
  { detail, errors = [], more = {}, headers = {} }: Said,
): Response {
  const { status, title } = kindOf(code);
  const named = errors.map((each) => ({ ...each, field: inApiNames(each.field) }));
  const problem = { ...more, type: `urn:aisha:problem:${code}`, title, status, code, detail, errors: named };
  return context.body(JSON.stringify(problem), status, {
    ...headers,
    'content-type': 'application/problem+json',
  });
}
