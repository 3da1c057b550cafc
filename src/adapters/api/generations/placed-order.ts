import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { estimateDuration } from '../../../application/generation/estimate-duration.js';
import { type Generation, heldFor } from '../../../domain/generation/generation.js';
import type { ApiEnv, ApiServices } from '../api-services.js';
import { once } from '../once.js';
import { answers, json } from '../route-parts.js';

const acceptedSchema = z
  .object({
    id: z.uuid(),
    status: z.literal('queued'),
    credits: z.int().openapi({ description: 'Set aside for it.' }),
    estimate_seconds: z.int(),
  })
  .openapi('AcceptedGeneration');

/** What every route answers that orders pictures. */
export const placedOrder = answers({
  202: json(acceptedSchema, 'Accepted and paid for; nothing else has happened yet.'),
});

/** Places an order once for each `Idempotency-Key`, and says what it costs and how long such orders take. */
export const placedOnce = (
  services: Pick<ApiServices, 'answerOnce' | 'secretDigest' | 'database'>,
  context: Context<ApiEnv>,
  place: (requestKey: string) => Promise<Generation>,
): Promise<Response> =>
  once(services, context, async (requestKey) => {
    const job = await place(requestKey);
    const { typical } = await estimateDuration(services.database.stores, job.preset);
    return {
      status: 202,
      body: { id: job.id, status: 'queued', credits: heldFor(job), estimate_seconds: Math.ceil(typical) },
    };
  });
