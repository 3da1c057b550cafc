import { createRoute, z } from '@hono/zod-openapi';
import type { FileVerdict } from '../../../application/avatars/photos/send-photos.js';
import { FairSemaphore } from '../../../application/policy/fair-semaphore.js';
import { consentSubjects } from '../../../domain/avatar/avatar-draft.js';
import { DomainError } from '../../../domain/errors.js';
import { avatarId } from '../../../domain/ids.js';
import { trainingSpeeds } from '../../../domain/training/training-order.js';
import { askedBy } from '../api-origin.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { jsonBody } from '../json-body.js';
import { idIn } from '../named-id.js';
import { once } from '../once.js';
import { plainBody } from '../plain-body.js';
import { refusedBody } from '../refused-body.js';
import { answers, idempotencyHeader, idParam, json, jsonRequest, mostCredits } from '../route-parts.js';
import { sentFiles } from './sent-files.js';
import { trainingSchema, trainingView } from './training-view.js';

/** Bodies that are in memory at once, of all and of one person, who may send slowly. The others wait on their connections. */
const uploadsRead = { atOnce: 2, each: 1 } as const;

const photosSchema = z
  .object({
    files: z.array(
      z.object({
        name: z.string().nullable(),
        status: z.enum(['kept', 'warned', 'refused']),
        photo: z.uuid().nullable(),
        reasons: z.array(z.string()).openapi({ example: ['too_small'] }),
      }),
    ),
    kept: z.int(),
    warned: z.int(),
    enough: z.boolean().openapi({ description: 'It can be trained.' }),
  })
  .openapi('SentPhotos');

const trainingBody = z
  .strictObject({
    subject: z.string().openapi({ description: `Whose pictures they are: ${consentSubjects.join(', ')}` }),
    adults: z.boolean().openapi({ description: 'true: everybody in them is of age.' }),
    speed: z
      .string()
      .optional()
      .openapi({ description: trainingSpeeds.join(', ') }),
    max_credits: mostCredits,
  })
  .openapi('TrainingRequest');

const file = { schema: { type: 'string', format: 'binary' } } as const;

export const sendPhotos = createRoute({
  method: 'put',
  path: '/v1/avatars/{id}/photos',
  summary: 'Send photos',
  middleware: [needs('avatars'), plainBody] as const,
  request: {
    params: idParam,
    body: {
      required: true,
      // No schema of ours: it would read the body before its turn has come.
      content: {
        'image/*': file,
        'application/zip': file,
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: { photos: { type: 'array', items: { type: 'string', format: 'binary' } } },
          },
        },
      },
    },
  },
  responses: answers({ 200: json(photosSchema, 'What became of each.') }),
});

export const trainAvatar = createRoute({
  method: 'post',
  path: '/v1/avatars/{id}/train',
  summary: 'Train it',
  middleware: [needs('avatars'), jsonBody] as const,
  request: {
    params: idParam,
    headers: idempotencyHeader,
    ...jsonRequest(trainingBody),
  },
  responses: answers({ 202: json(trainingSchema, 'Accepted, its price is set aside.') }),
});

const cancelTraining = createRoute({
  method: 'delete',
  path: '/v1/avatars/{id}/train',
  summary: 'Call its training off',
  middleware: [needs('avatars')] as const,
  request: { params: idParam },
  responses: answers({
    200: json(trainingSchema, 'The latest one: called off, and what was set aside is back; or over before.'),
  }),
});

/** From photos to a model. */
export function addTrainings(api: Api, services: ApiServices): void {
  const uploads = new FairSemaphore(uploadsRead);

  api.openapi(sendPhotos, (context) => {
    const { owner } = context.var.key;
    return uploads.run(owner, async () => {
      const avatar = avatarId(idIn(context.req.valid('param').id, 'avatar'));
      const files = await sentFiles(context);
      const { verdicts, set } = await services.sendPhotos.execute({ avatar, files }, { owner });
      const { kept, warned, isEnough } = set;
      return context.json({ files: verdicts.map(fileView), kept, warned, enough: isEnough }, 200);
    });
  });

  api.openapi(
    trainAvatar,
    async (context) => {
      const avatar = idIn(context.req.valid('param').id, 'avatar');
      const { max_credits: agreed, ...order } = context.req.valid('json');
      const by = { ...askedBy(context.var.key), agreed };
      const answer = await once(services, context, async (requestKey) => {
        const training = await services.orderTraining.execute({ avatar, ...order }, { ...by, requestKey });
        return { status: 202, body: trainingView(training) };
      });
      return answer as never;
    },
    refusedBody(({ max_credits: _, ...rest }, problems, key, context) =>
      services.orderTraining.execute(
        { ...rest, avatar: context.req.param('id') },
        { ...askedBy(key), problems },
      ),
    ),
  );

  api.openapi(cancelTraining, async (context) => {
    const { owner } = context.var.key;
    const avatar = avatarId(idIn(context.req.valid('param').id, 'avatar'));
    const [latest] = await services.database.stores.trainings.ofAvatar(avatar);
    if (latest === undefined) throw new DomainError({ code: 'not_found', what: 'training' });
    const training = await services.cancelTraining.execute({ id: latest.id }, { owner });
    return context.json(trainingView(training), 200);
  });
}

const fileView = (verdict: FileVerdict): z.infer<typeof photosSchema>['files'][number] => ({
  name: verdict.name,
  status: verdict.status,
  photo: verdict.status === 'refused' ? null : verdict.photo.id,
  reasons:
    verdict.status === 'refused' ? [verdict.reason] : verdict.status === 'warned' ? [...verdict.reasons] : [],
});
