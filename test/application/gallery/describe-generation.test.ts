import { expect, it } from 'vitest';
import { DescribeGeneration } from '../../../src/application/gallery/describe-generation.js';
import { generationId } from '../../../src/domain/ids.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { givenGeneration } from '../../support/builders/given.js';
import { longAgo, nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';

it('tells a job with all it brought and what is left of it, to its owner alone', async () => {
  const database = new InMemoryDatabase();
  const { images, gallery } = database.stores;
  const describeGeneration = new DescribeGeneration({ database });
  const job = await givenGeneration(database.stores, { status: 'delivered' });
  const rows = [2, 0, 1].map((position) => anImageRow({ generation: job.id, position }));
  await images.add(rows);
  await gallery.remove(someone, [rows[1]?.id ?? ''], longAgo);
  const described = await describeGeneration.execute({ id: job.id }, { owner: someone });
  expect(described.generation).toEqual(job);
  expect(described.brought).toHaveLength(3);
  expect(described.images.map(({ position }) => position)).toEqual([1, 2]);
  for (const [owner, id] of [
    [somebodyElse, job.id],
    [someone, generationId(nextUuid())],
  ] as const)
    await expect(describeGeneration.execute({ id }, { owner })).rejects.toMatchObject({ code: 'not_found' });
});
