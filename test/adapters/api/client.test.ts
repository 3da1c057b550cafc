import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAvatar } from '../../../src/adapters/api/avatars/avatar-routes.js';
import { keepPhoto } from '../../../src/adapters/api/avatars/photo-routes.js';
import { sendPhotos, trainAvatar } from '../../../src/adapters/api/avatars/training-routes.js';
import {
  createGeneration,
  followGeneration,
  readGeneration,
} from '../../../src/adapters/api/generations/generation-routes.js';
import { listImages, readImage } from '../../../src/adapters/api/images/image-routes.js';
import { ApiClient } from '../../support/api-client.js';
import { photograph } from '../../support/photographs.js';
import { apiWorld, eventsOf } from './api-world.js';

async function aClient(given: Parameters<typeof apiWorld>[0] = {}) {
  const world = await apiWorld(given);
  const { key } = await world.program();
  return { world, client: new ApiClient((path, request) => world.api.request(path, request), key) };
}

it('goes from a key to a picture', async () => {
  const { world, client } = await aClient();
  const { id, credits } = await client.ask(createGeneration, {
    body: { prompt: 'in medieval armor', aspect_ratio: '3:4' },
    headers: { 'idempotency-key': 'order-2027-0001' },
  });
  expect(credits).toBe(5);
  const events = client.send(followGeneration, { params: { id } }).then(eventsOf);
  await world.work();
  expect((await events).at(-1)).toMatchObject({ event: 'done', data: { id, status: 'done' } });
  const { images } = await client.ask(readGeneration, { params: { id }, query: { wait: 1 } });
  const [picture] = images;
  const response = await client.send(readImage, { params: { id: picture?.id ?? '' } });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
  const page = await client.ask(listImages, { query: { limit: 5 } });
  expect(page.images.map((image) => image.id)).toEqual([picture?.id]);
});

it('goes from photos to a training', async () => {
  const { client } = await aClient({ credits: 500 });
  const { id } = await client.ask(createAvatar, { body: { type: 'artistic' } });
  const photos = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const bytes = new Uint8Array(await photograph(800, 800, { seed: index }));
      return new File([bytes], `${index}.jpg`);
    }),
  );
  const { files } = await client.ask(sendPhotos, { params: { id }, files: { photos } });
  expect(files.map(({ name }) => name)).toEqual(photos.map(({ name }) => name));
  for (const { photo, status } of files)
    if (status === 'warned') await client.ask(keepPhoto, { params: { id, photo: photo ?? '' } });
  const training = await client.ask(trainAvatar, {
    params: { id },
    body: { subject: 'style', adults: true },
    headers: { 'idempotency-key': 'training-2027-0001' },
  });
  expect(training).toMatchObject({ avatar: id, status: 'queued' });
});

it('does not compile when it asks for what the API does not have, or does not say what it must', async () => {
  const { client } = await aClient();
  const never = async () => {
    // @ts-expect-error: an order has a prompt
    await client.ask(createGeneration, { body: { avatar: 'Ada' } });
    // @ts-expect-error: its count is a number
    await client.ask(createGeneration, { body: { prompt: 'x', count: 'two' } });
    // @ts-expect-error: a form has its fields, and they take files
    await client.ask(sendPhotos, { params: { id: 'x' }, files: { pictures: [] } });
    // @ts-expect-error: nothing names the picture
    await client.send(readImage, {});
    const job = await client.ask(readGeneration, { params: { id: 'x' } });
    // @ts-expect-error: there is no such field in the answer
    expect(job.pictures).toBeDefined();
    // @ts-expect-error: there is no such status
    expect(job.status === 'finished').toBe(false);
  };
  expect(never).toBeTypeOf('function');
});
