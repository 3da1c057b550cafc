import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiKey } from '../../domain/api-key.js';
import { invalidInput, type Problem } from '../../domain/errors.js';
import type { ApiEnv } from './api-services.js';
import { problemsOf, withoutWrong } from './wrong-fields.js';

/**
 * Asks the use case about what its schema found right, so that one answer names everything. It is told the problems
 * found before, and must refuse because of them.
 */
type Judge = (
  rest: Readonly<Record<string, unknown>>,
  problems: readonly Problem[],
  key: ApiKey,
  context: Context<ApiEnv>,
) => Promise<unknown>;

interface Checked {
  readonly success: boolean;
  readonly target: string;
  readonly error?: { readonly issues: readonly z.core.$ZodIssue[] };
}

/**
 * For a route with a body: says all that is wrong with it at once, what its schema sees and what the use case says.
 * @param judge left out where the schema sees everything
 */
export const refusedBody =
  (judge: Judge = async () => undefined) =>
  (checked: Checked, context: Context<ApiEnv>): Promise<never> | undefined =>
    checked.success ? undefined : refuse(judge, checked, context);

async function refuse(judge: Judge, { target, error }: Checked, context: Context<ApiEnv>): Promise<never> {
  const issues = error?.issues ?? [];
  if (target !== 'json') throw invalidInput(problemsOf(issues, undefined));
  const sent: unknown = await context.req.json();
  const problems = problemsOf(issues, sent);
  await judge(withoutWrong(issues, sent), problems, context.var.key, context);
  throw invalidInput(problems);
}
