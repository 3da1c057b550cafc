import { afterEach, expect, it } from 'vitest';
import { GenerationWorld } from '../../../application/generation/generation-world.js';
import { aBucket } from '../../../support/s3/a-bucket.js';
import { S3Fault } from '../../../support/s3/s3-fault.js';

let bucket: Awaited<ReturnType<typeof aBucket>>;
afterEach(() => bucket.close());

it.each([
  ['is down', () => new S3Fault(503, 'ServiceUnavailable')],
  ['drops every line', () => 'drop' as const],
  ['is full', () => new S3Fault(507, 'XMinioStorageFull')],
  ['refuses the keys', () => new S3Fault(403, 'AccessDenied')],
  ['is gone', () => new S3Fault(404, 'NoSuchBucket')],
])(
  'a picture that was bought while the bucket %s is kept once the bucket is well, and charged once',
  async (_, trouble) => {
    bucket = await aBucket();
    const { server, store, leftovers } = bucket;
    const world = new GenerationWorld();
    world.media.saveImage = (...picture) => store.saveImage(...picture);
    const { id, ticket } = await world.submitted();
    world.generator.finish(ticket);
    server.trouble = trouble;
    for (let pass = 0; pass < 20; pass += 1) await world.pass(3);
    expect(await world.state(id, 'submitted')).toMatchObject({ fetchFailures: 0 });
    expect([server.store.objects.size, await leftovers()]).toEqual([0, []]);
    server.trouble = () => null;
    await world.pass(3);
    await world.state(id, 'delivered');
    expect(server.store.objects.size).toBe(2);
    expect(world.generator.bought).toHaveLength(1);
    expect(await world.credits()).toEqual({ balance: 95, held: 0 });
  },
);
