import { createRoute, z } from '@hono/zod-openapi';
import type { AccountToday } from '../../../application/payments/describe-account.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { answers, json } from '../route-parts.js';

const accountSchema = z
  .object({
    balance: z.int().openapi({ description: 'Credits that can be spent.' }),
    held: z.int().openapi({ description: 'Set aside for jobs that are not over.' }),
    pictures_today: z
      .object({ limit: z.int(), left: z.int(), until: z.iso.datetime() })
      .nullable()
      .openapi({ description: 'What may be ordered in a day (UTC); null: there is no limit.' }),
    expiring: z
      .array(z.object({ credits: z.int(), at: z.iso.datetime() }))
      .openapi({ description: 'Of the balance, what goes with a paid month; the next to go first.' }),
  })
  .openapi('Account');

export const readAccount = createRoute({
  method: 'get',
  path: '/v1/account',
  summary: 'Your credits, and what you may order today',
  middleware: [needs('read')] as const,
  responses: answers({ 200: json(accountSchema, 'As it is now.') }),
});

/** What `/balance` tells in the chat. */
export function addAccount(api: Api, { describeAccount }: ApiServices): void {
  api.openapi(readAccount, async (context) =>
    context.json(accountView(await describeAccount.execute(context.var.key.owner)), 200),
  );
}

const accountView = ({ balance, held, pictures, expiring }: AccountToday): z.infer<typeof accountSchema> => ({
  ...{ balance, held },
  pictures_today: pictures === null ? null : { ...pictures, until: pictures.until.toISOString() },
  expiring: expiring.map(({ credits, at }) => ({ credits, at: at.toISOString() })),
});
