import { expect, test } from 'vitest';
import { BadDownload } from '../../../src/application/ports/image-downloads.js';
import { someone } from '../../support/builders/ids.js';
import { GenerationWorld, truncatedPicture, wholePicture } from './generation-world.js';

const settled = ['grant 100', 'hold -5', 'release 5', 'capture -5'];

test.each([
  ['a truncated file', truncatedPicture],
  ['something else than a picture', async () => Buffer.from('<html>')],
  ['a dead address', async () => new BadDownload('404', true)],
] as const)('%s is fetched again, and the image arrives', async (_, file) => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.badFiles.push(await file());
  await world.pass(15);
  expect(await world.state(id, 'submitted')).toMatchObject({ fetchFailures: 1 });
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(await world.entries()).toEqual(settled);
});

test('what cannot be taken in at all fails the job at once, in its own words, and is released', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.badFiles.push(new BadDownload('the file is larger than 100 bytes', false));
  await world.pass(15);
  expect(await world.state(id, 'failed')).toMatchObject({
    failure: { kind: 'unusable_result', detail: 'the file is larger than 100 bytes' },
  });
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test('files that stay unreadable fail the job after five tries, and the credits come back', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  for (let count = 0; count < 5; count += 1) world.badFiles.push(new BadDownload('404', true));
  for (let count = 0; count < 5; count += 1) await world.pass(60);
  expect(await world.state(id, 'failed')).toMatchObject({ failure: { kind: 'bad_result' } });
  expect(world.badFiles).toEqual([]);
  expect(world.metrics.failures).toEqual(['bad_result']);
  expect(await world.entries()).toEqual(['grant 100', 'hold -5', 'release 5']);
});

test('a file that is late is not counted as a timeout', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  world.clock.advance(700);
  world.badFiles.push(new BadDownload('404', true));
  await world.pass(0);
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(world.metrics.failures).toEqual([]);
});

/** A file that comes in pieces, with something happening between them. */
async function* slowFile(pieces: readonly Uint8Array[], between: () => Promise<unknown>) {
  for (const piece of pieces) {
    yield piece;
    await between();
  }
}

test('a download may last longer than a lease: nobody else begins it', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  const file = await wholePicture();
  const pieces = [file.subarray(0, 100), file.subarray(100, 200), file.subarray(200)];
  world.slowFiles.push(
    slowFile(pieces, async () => {
      world.clock.advance(40);
      await world.sweep.execute();
      await world.stepsOf('worker-2').collect.execute(id);
    }),
  );
  await world.stepsOf('worker-1').collect.execute(id);
  await world.run();
  await world.state(id, 'delivered');
  expect(world.generator.checks).toBe(1);
  expect(world.downloaded).toBe(1);
});

test('images of a job that is called off while they come are not kept', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted({ overrides: { count: 2 } });
  world.generator.finish(ticket);
  const file = await wholePicture();
  world.slowFiles.push(slowFile([file], () => world.cancelling.execute({ id }, { owner: someone })));
  await world.pass(15);
  await world.state(id, 'cancelled');
  expect([...world.media.files.keys()]).toEqual([]);
});

test('images of a job that fails for its other images are not kept', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted({ overrides: { count: 2 } });
  world.generator.finish(ticket);
  const file = await wholePicture();
  for (let count = 0; count < 5; count += 1) world.badFiles.push(new BadDownload('404', true), file);
  for (let count = 0; count < 5; count += 1) await world.pass(16);
  await world.state(id, 'failed');
  expect([...world.media.files.keys()]).toEqual([]);
});

test('images that another process has written down meanwhile are left alone', async () => {
  const world = new GenerationWorld();
  world.database.beginsSteps = false;
  const { id, ticket } = await world.submitted();
  world.generator.finish(ticket);
  const file = await wholePicture();
  world.slowFiles.push(
    slowFile([file], async () => {
      await world.stores.generations.dropLeases(['worker-1']);
      await world.stepsOf('worker-2').collect.execute(id);
    }),
  );
  await world.pass(15);
  await world.state(id, 'delivered');
  const [image] = await world.stores.images.ofGeneration(id);
  expect([...world.media.files.keys()].sort()).toEqual([image?.mediaKey, image?.thumbnailKey].sort());
});

test('a try that failed is over before it is said to have failed', async () => {
  const world = new GenerationWorld();
  const { id, ticket } = await world.submitted({ overrides: { count: 2 } });
  world.generator.finish(ticket);
  const file = await wholePicture();
  let fetchFailures: number | null = null;
  world.badFiles.push(new BadDownload('404', true));
  world.slowFiles.push(
    slowFile([file], async () => {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      fetchFailures = (await world.state(id, 'submitted')).fetchFailures;
    }),
  );
  await world.stepsOf().collect.execute(id);
  expect(fetchFailures).toBe(0);
  expect(await world.state(id, 'submitted')).toMatchObject({ fetchFailures: 1 });
});

test('images of another process are left alone, though ours failed beside them', async () => {
  const world = new GenerationWorld();
  world.database.beginsSteps = false;
  const { id, ticket } = await world.submitted({ overrides: { count: 2 } });
  world.generator.finish(ticket);
  const file = await wholePicture();
  world.badFiles.push(new BadDownload('404', true));
  world.slowFiles.push(
    slowFile([file], async () => {
      await world.stores.generations.dropLeases(['worker-1']);
      await world.stepsOf('worker-2').collect.execute(id);
    }),
  );
  await world.pass(15);
  await world.state(id, 'delivered');
  expect(world.media.files.size).toBe(4);
});
