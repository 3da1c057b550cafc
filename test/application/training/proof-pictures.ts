import type { Generation } from '../../../src/domain/generation/generation.js';
import { submitted, submitting } from '../../../src/domain/generation/generation-transitions.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import type { TrainingWorld } from './training-world.js';

/** Has a picture of a proof sheet begun at fal. */
export async function sendPicture(
  { stores, clock }: TrainingWorld,
  generation: Generation,
): Promise<Generation> {
  if (generation.status !== 'accepted') throw new Error(`it is ${generation.status}`);
  const { next } = submitted(submitting(generation, clock.now()), 't', clock.now());
  await stores.generations.save(next, { status: 'accepted' }, { checkAfter: clock.now() });
  return next;
}

/** Ends a picture of a proof sheet as the image pipeline would: with its file, unless it failed. */
export async function endPicture(
  { stores, clock, media }: TrainingWorld,
  generation: Generation,
  status: 'collected' | 'failed' = 'collected',
): Promise<void> {
  const { notBefore: _, ...basics } = { notBefore: null, ...generation };
  const now = clock.now();
  const ended = { ...basics, ticket: 't', submittedAt: now };
  const next = (
    status === 'collected'
      ? { ...ended, status, collectedAt: now, imageCount: 1, flagged: 0, seed: 1n }
      : {
          ...ended,
          status,
          endedAt: now,
          announcedAt: null,
          failure: { kind: 'timeout', detail: '' },
        }
  ) as Generation;
  await stores.generations.save(next, { status: generation.status }, { checkAfter: now });
  if (status === 'failed') return;
  const image = anImageRow({ generation: generation.id, mediaKey: `images/${generation.id}.jpg` });
  media.files.set(image.mediaKey, Buffer.from(generation.id));
  await stores.images.add([image]);
}
