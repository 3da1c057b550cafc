import { z } from '@hono/zod-openapi';
import type { ReadStores } from '../../../application/ports/stores/way-in-database.js';
import type { AvatarId } from '../../../domain/ids.js';
import type { ProofCell, TrainingIn } from '../../../domain/training/training.js';

export const proofSchema = z
  .object({
    status: z.enum(['none', 'rendering', 'composed']),
    training: z.uuid().nullable(),
    pictures: z.array(
      z.object({
        number: z.int().openapi({ description: 'As on the sheet, from 1.' }),
        strength: z.number().openapi({ description: 'It was made with.' }),
        prompt: z.string(),
        image: z
          .uuid()
          .nullable()
          .openapi({ description: 'Read it at /v1/images/{id}; null: it is not there.' }),
      }),
    ),
  })
  .openapi('Proof');

type ProofView = z.infer<typeof proofSchema>;

/** The proof of an avatar is that of the latest training that ended well. */
export async function latestReady(
  { trainings }: Pick<ReadStores, 'trainings'>,
  avatar: AvatarId,
): Promise<TrainingIn<'ready'> | undefined> {
  const all = await trainings.ofAvatar(avatar);
  return all.find((each): each is TrainingIn<'ready'> => each.status === 'ready');
}

export async function proofView(
  stores: Pick<ReadStores, 'images' | 'trainings'>,
  avatar: AvatarId,
): Promise<ProofView> {
  const latest = await latestReady(stores, avatar);
  if (latest === undefined) return { status: 'none', training: null, pictures: [] };
  const { id, proof } = latest;
  const cells = proof.status === 'composed' ? proof.sheet.cells : [];
  const imageOf = async ({ generation }: ProofCell) =>
    generation === null ? null : ((await stores.images.ofGeneration(generation))[0]?.id ?? null);
  const pictures = await Promise.all(
    cells.map(async (cell) => ({
      number: cell.number,
      strength: cell.scale,
      prompt: cell.prompt,
      image: await imageOf(cell),
    })),
  );
  return { status: proof.status, training: id, pictures };
}
