import { createRoute } from '@hono/zod-openapi';
import { Turns } from '../../../application/policy/turns.js';
import { DomainError } from '../../../domain/errors.js';
import { avatarId } from '../../../domain/ids.js';
import type { Api, ApiServices } from '../api-services.js';
import { needs } from '../authentication.js';
import { fileHeaders, fileResponses, jpegAnswer, unlessGone } from '../images/file-answer.js';
import { idIn } from '../named-id.js';
import { answers, idParam, json } from '../route-parts.js';
import { latestReady, proofSchema, proofView } from './proof-view.js';

/** Sheets that are put together at once. */
const composedAtOnce = 2;

const readProof = createRoute({
  method: 'get',
  path: '/v1/avatars/{id}/proof',
  summary: 'Its proof sheet',
  middleware: [needs('read')] as const,
  request: { params: idParam },
  responses: answers({ 200: json(proofSchema, 'Pictures of its latest training at several strengths.') }),
});

const readProofSheet = createRoute({
  method: 'get',
  path: '/v1/avatars/{id}/proof/sheet',
  summary: 'Its proof sheet as one picture',
  middleware: [needs('read')] as const,
  request: { params: idParam, headers: fileHeaders },
  responses: answers(
    fileResponses(
      'All of them with their numbers, beside one of the photos as long as that is there. Its bytes.',
      ['image/jpeg'],
    ),
  ),
});

/** What a training brought, at several strengths. */
export function addProofs(api: Api, { database, showProof }: ApiServices): void {
  const { stores } = database;
  const composing = new Turns(composedAtOnce);

  // Whose avatar it is was asked before, as for all that is below one.
  api.openapi(readProof, async (context) => {
    const id = avatarId(idIn(context.req.valid('param').id, 'avatar'));
    return context.json(await proofView(stores, id), 200);
  });

  api.openapi(readProofSheet, async (context) => {
    const id = avatarId(idIn(context.req.valid('param').id, 'avatar'));
    const proof = (await latestReady(stores, id))?.proof;
    if (proof?.status !== 'composed') throw new DomainError({ code: 'not_found', what: 'proof sheet' });
    const { picture } = await unlessGone(
      composing.take(() => showProof.sheet(proof.sheet)),
      'proof sheet',
    );
    return (await jpegAnswer(context, picture, `${id}-proof`)) as never;
  });
}
