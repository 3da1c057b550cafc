import type { Context } from 'hono';
import type { KeptAnswer } from '../../application/ports/stores/api/api-request-store.js';
import type { ApiEnv, ApiServices } from './api-services.js';
import { ApiProblem } from './problems.js';

const form = /^[\x21-\x7e]{8,128}$/;
const soonSeconds = '1';

/**
 * Answers a request that spends something: it is done once for each `Idempotency-Key` of the key's owner, and answered
 * the same for a day.
 * @param work gets the request key for the use case
 */
export async function once(
  { answerOnce, secretDigest }: Pick<ApiServices, 'answerOnce' | 'secretDigest'>,
  context: Context<ApiEnv>,
  work: (requestKey: string) => Promise<KeptAnswer>,
): Promise<Response> {
  const { req } = context;
  const value = req.header('idempotency-key') ?? '';
  if (!form.test(value))
    throw new ApiProblem(
      'idempotency_key_required',
      'Send Idempotency-Key: 8-128 visible ASCII characters, new for each order and the same when you send it again.',
    );
  const digest = secretDigest.of(`${req.method} ${req.path}\n${await req.text()}`);
  const done = await answerOnce.execute({ value, digest }, context.var.key, work);
  switch (done.kind) {
    case 'answered':
      if (done.isRepeated) context.header('idempotent-replayed', 'true');
      return context.body(JSON.stringify(done.answer.body), done.answer.status as 200, {
        'content-type': 'application/json',
      });
    case 'running':
      throw new ApiProblem('idempotency_key_in_use', 'The first one is not answered yet.', {
        'retry-after': soonSeconds,
      });
    case 'different':
      throw new ApiProblem('idempotency_key_reused', 'Take a new key for another request.');
    default:
      return done satisfies never;
  }
}
