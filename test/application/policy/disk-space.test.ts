import { describe, expect, it } from 'vitest';
import { DiskSpace } from '../../../src/application/policy/disk-space.js';
import { NoRoom } from '../../../src/application/ports/media-store.js';
import { userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { FakeDisk } from '../../fakes/fake-disk.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { GenerationWorld, wholePicture } from '../generation/generation-world.js';

const floor = 1_000_000;

describe('free disk space', () => {
  const aSpace = (floorBytes = floor) => {
    const [disk, clock, log] = [new FakeDisk(), new FakeClock(), new RecordingLogger()];
    return { disk, clock, log, space: new DiskSpace({ disk, floorBytes, clock, log }) };
  };

  it('is short below the floor, is told of once, and is looked at once a second', async () => {
    const { disk, clock, log, space } = aSpace();
    expect([await space.isShort(), await space.complaint()]).toEqual([false, null]);
    disk.free = floor - 1;
    expect(await space.isShort()).toBe(false);
    clock.advance(1);
    expect(await space.isShort()).toBe(true);
    expect(await space.complaint()).toBe(
      'the disk is nearly full, 0 MB are free: nothing is bought below 1 MB',
    );
    disk.free = floor;
    clock.advance(1);
    expect([await space.isShort(), await space.complaint()]).toEqual([false, null]);
    expect(log.at('error')).toHaveLength(1);
    expect(log.at('info')).toHaveLength(1);
  });

  it('that nobody can tell keeps the service from being ready, and nothing from being bought', async () => {
    const { disk, space } = aSpace();
    disk.free = null;
    expect(await space.isShort()).toBe(false);
    expect(await space.complaint()).toBe('the disk of the data folder cannot be looked at');
  });

  it('never falls short where the operator does not mind', async () => {
    const { disk, space } = aSpace(0);
    disk.free = 0;
    expect([await space.isShort(), await space.complaint()]).toEqual([false, null]);
  });
});

describe('pictures on a disk that is nearly full', () => {
  it('are not bought, and all that may begin do so within seconds of there being room', async () => {
    const world = new GenerationWorld();
    const ids = [await world.accepted()];
    for (const name of ['2', '3', '4', '5']) {
      const owner = userId(name);
      await givenUser(world.stores, { id: owner, credits: 100 });
      await givenAvatar(world.stores, { owner, isMain: true });
      ids.push((await world.request({ owner })).id);
    }
    world.disk.free = floor - 1;
    world.clock.advance(2);
    for (let second = 0; second < 600; second += 2) await world.pass(2);
    expect(world.generator.bought).toEqual([]);
    for (const id of ids) await world.state(id, 'accepted');
    world.disk.free = floor;
    await world.pass(2);
    for (const id of ids) await world.state(id, 'submitted');
    expect(await world.credits()).toEqual({ balance: 95, held: 5 });
  });

  it('that were bought already are fetched again and again until there is room, and none is lost', async () => {
    const world = new GenerationWorld();
    const { id, ticket } = await world.submitted();
    world.generator.finish(ticket);
    world.media.isFull = true;
    for (let second = 0; second < 3600; second += 3) await world.pass(3);
    expect(await world.state(id, 'submitted')).toMatchObject({ fetchFailures: 0 });
    world.media.isFull = false;
    await world.pass(3);
    await world.state(id, 'delivered');
    expect(await world.credits()).toEqual({ balance: 95, held: 0 });
  });

  it('that are there, and find no room in the database, are written down seconds after there is some', async () => {
    const world = new GenerationWorld();
    const { id, ticket } = await world.submitted();
    world.generator.finish(ticket);
    const picture = await wholePicture();
    world.slowFiles.push(
      (async function* () {
        yield picture;
        world.database.goAway(1, new NoRoom());
      })(),
    );
    world.clock.advance(15);
    await world.sweep.execute();
    await world.run();
    expect(await world.state(id, 'submitted')).toMatchObject({ fetchFailures: 0 });
    await world.pass(3);
    await world.state(id, 'delivered');
  });
});
